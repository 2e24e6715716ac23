"""When a member of staff counts as vetted: checked, code of conduct signed, in date, approved (design/handoff.md).

An approval is for one key pair: whoever makes new keys is approved anew, and the last approval needed grants the key.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.domain.codes import MemberId

Check = Literal["identity", "references", "record", "interview", "training", "circle", "secrecy"]
CHECKS: Final[tuple[Check, ...]] = ("identity", "references", "record", "interview", "training", "circle", "secrecy")
"""What can have been checked of a member; who they are is always among it."""
TO_INTERPRET: Final[frozenset[Check]] = frozenset({"circle", "secrecy"})
"""Nobody interprets who could be of the circle of an employer or agent, or has not signed that they keep it (H11)."""

Standing = Literal["unrecorded", "waits", "vetted", "expired"]
"""`waits`: recorded, and in want of an approval."""

LIVE_NEEDS: Final = 2
PRACTICE_NEEDS: Final = 1
"""In practice one approval is enough; going live asks for the second of everybody."""
LONGEST: Final = timedelta(days=3 * 366)
"""No vetting counts for longer than three years."""
ENDS_SOON: Final = timedelta(days=30)


class NotVetting(ValueError):
    """What was written down is no vetting; the message is the code of what is wrong."""


@dataclass(frozen=True)
class Vetting:
    """What stands of one member."""

    checked: tuple[str, ...] = ()
    by: MemberId | None = None
    """Who wrote down that it was checked."""
    at: datetime | None = None
    conduct_at: datetime | None = None
    """When they signed the code of conduct."""
    until: datetime | None = None
    """Counts before this moment only."""
    approved_by: tuple[str, ...] = ()
    """Supervisors who approved, in order, each once."""

    def standing(self, now: datetime, needed: int) -> Standing:
        """Tell whether it counts now; `needed` is how many approvals it takes."""
        if self.until is None:
            return "unrecorded"
        if now >= self.until:
            return "expired"
        return "vetted" if len(self.approved_by) >= needed else "waits"

    def ends_soon(self, now: datetime) -> bool:
        """Tell whether it is time to vet anew."""
        return self.until is not None and now < self.until <= now + ENDS_SOON


def approvals_needed(*, is_live: bool) -> int:
    """Give how many supervisors have to approve a member."""
    return LIVE_NEEDS if is_live else PRACTICE_NEEDS


def recorded(
    checked: Collection[str], by: MemberId, at: datetime, conduct_at: datetime | None, until: datetime | None
) -> Vetting:
    """Write a vetting down; it has no approval yet. Raises NotVetting: `checked`, `conduct`, `until`."""
    if "identity" not in checked or not set(checked) <= set(CHECKS):
        raise NotVetting("checked")
    if conduct_at is None or conduct_at > at:
        raise NotVetting("conduct")
    if until is None or not at < until <= at + LONGEST:
        raise NotVetting("until")
    return Vetting(tuple(check for check in CHECKS if check in checked), by, at, conduct_at, until)
