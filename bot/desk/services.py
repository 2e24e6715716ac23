"""What the desk works with; `bootstrap` makes it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.counsel import Counsel
from bot.services.ports import Clock, Signals, Vault
from bot.services.roster import Rosters
from bot.services.sign_in import Sessions, SignIn
from bot.services.staff import Staff
from bot.services.transfer import Transfers
from bot.services.vetting import Vettings
from bot.services.working_here import WorkingHere


@dataclass(frozen=True)
class Services:
    """The use cases that staff reach through the desk."""

    sign_in: SignIn
    sessions: Sessions
    staff: Staff
    rosters: Rosters
    vettings: Vettings
    working_here: WorkingHere
    counsel: Counsel
    transfers: Transfers
    vault: Vault
    clock: Clock
    signals: Signals
