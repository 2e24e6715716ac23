"""What is the hotline's own: figures, words, numbers, partners, the audit. Another organisation has no part in it."""

from __future__ import annotations

from bot.services.ports import Transaction
from bot.services.records import Member
from bot.services.sign_in import Session
from bot.services.staff import Refused


async def is_home(tx: Transaction, member: Member) -> bool:
    """Tell whether a member is of the organisation that runs the hotline."""
    home = await tx.staff.home()
    return home is not None and member.organisation == home.id


async def only_home(tx: Transaction, session: Session, action: str) -> None:
    """Let only those on who may do it for the organisation that runs the hotline. Raises Refused: `role`."""
    if not session.may(action) or not await is_home(tx, session.member):
        raise Refused("role")
