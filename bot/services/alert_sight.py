"""Which alerts a member of staff sees: of their organisation, never a complaint about themselves, their own calls."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.domain.calls import INTERPRETER_WANTED
from bot.domain.codes import MemberId
from bot.domain.roles import may
from bot.services.home import is_home
from bot.services.ports import Transaction
from bot.services.records import Alert, Member

COMPLAINT: Final = "complaint"


async def seen_by(tx: Transaction, member: Member, alerts: Iterable[Alert]) -> list[Alert]:
    """Give those that the member sees, in the order given."""
    of_home = await is_home(tx, member)
    return [alert for alert in alerts if await _sees(tx, member, alert, of_home=of_home)]


async def _sees(tx: Transaction, member: Member, alert: Alert, *, of_home: bool) -> bool:
    if alert.conversation is None:
        # Of the installation, or of what was erased.
        return of_home
    if alert.kind == COMPLAINT and not await _hears_complaint(tx, member, alert):
        return False
    if alert.kind == INTERPRETER_WANTED:
        return await wanted_interpreter(tx, alert) == member.id
    if not of_home and not may(member.roles, "conversation.counsel"):
        # A partner who may read a talk answers no alerts of it: the home organisation does.
        return False
    return of_home or await tx.conversations.wrapped_key(alert.conversation, member.organisation) is not None


async def wanted_interpreter(tx: Transaction, alert: Alert) -> MemberId | None:
    """Give whom the call for an interpreter is for; None: they are not asked any more."""
    about = None if alert.conversation is None else await tx.conversations.get(alert.conversation)
    asked = None if about is None else about.own.interpreting
    return None if asked is None else asked.member


async def _hears_complaint(tx: Transaction, member: Member, alert: Alert) -> bool:
    """Complaints go to supervisors, never to the one complained of: whoever wrote to that person."""
    if not may(member.roles, "complaint.see") or alert.conversation is None:
        return False
    return member.id not in await tx.staff.counselled(alert.conversation)
