"""The side of the door for danger without consent: who decides on such a reading, and who reads.

Like the door itself: to whom it is denied it looks as if there were none. Only the home organisation has this side;
another that was shared with, reads what it was given and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.access import Access, is_grounded
from bot.domain.codes import ConversationId, MemberId
from bot.logs import get_logger
from bot.services.access.leads import lead_of
from bot.services.door import Door, NoSuchConversation
from bot.services.home import is_home
from bot.services.ports import Transaction
from bot.services.records import Conversation
from bot.services.sign_in import Session

logger = get_logger(__name__)


async def enter_beside(door: Door, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
    """Give the conversation, without its text, to who decides on reading it in danger; raises NoSuchConversation."""
    found = await tx.conversations.get(conversation)
    if found is None or not await _decides(tx, session, found, door.clock.now()):
        logger.warning("door_closed", reason="absent" if found is None else "denied")
        raise NoSuchConversation
    return found


async def enter_in_danger(door: Door, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
    """Give the conversation to the duty lead who reads it now without a yes; raises NoSuchConversation."""
    found = await enter_beside(door, tx, session, conversation)
    now = door.clock.now()
    accesses = await tx.accesses.of(found.id)
    lead = await lead_of(tx, session.member.organisation, now)
    leads = lead is not None and lead.member == session.member.id
    if not reads(found, accesses, session.member.id, now, leads=leads):
        raise NoSuchConversation
    return found


def reads(found: Conversation, accesses: Iterable[Access], member: MemberId, now: datetime, *, leads: bool) -> bool:
    """Tell whether a member reads: duty lead of the hour, danger marked, and a reading of theirs that still counts."""
    is_open = any(access.is_read_by(member, now) for access in accesses)
    return leads and is_open and is_grounded(found.level, found.own.state)


async def _decides(tx: Transaction, session: Session, found: Conversation, now: datetime) -> bool:
    """Tell whether a member decides: as duty lead, as a second one who is asked, or as supervisor who looks back."""
    if not await is_at_home(tx, session) or session.member.id in await tx.staff.blocked(found.id):
        return False
    if await tx.conversations.wrapped_key(found.id, session.member.organisation) is None:
        return False
    accesses = await tx.accesses.of(found.id)
    if not session.may("danger.open"):
        return any(access.waits(now) for access in accesses)
    if accesses:
        return True
    lead = await lead_of(tx, session.member.organisation, now)
    return lead is not None and lead.member == session.member.id and is_grounded(found.level, found.own.state)


async def is_at_home(tx: Transaction, session: Session) -> bool:
    """Tell whether a member decides for the home organisation at all, and holds its key."""
    may_decide = session.organisation_key is not None and session.may("danger.confirm")
    return may_decide and await is_home(tx, session.member)
