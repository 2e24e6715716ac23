"""Which organisation may read a talk beside the home organisation: by the person's yes that names it, and a key."""

from __future__ import annotations

from datetime import datetime

from bot.domain.referral import FACTS, OPEN_TO_RECEIVER, REVIEWS, Course, covers
from bot.domain.roles import may
from bot.services.ports import Transaction
from bot.services.records import Conversation, Member


async def is_covered(tx: Transaction, conversation: Conversation, course: Course, now: datetime) -> bool:
    """Tell whether the person's newest yes to the receiver covers it, and counts still."""
    if not course.holds(now):
        return False
    consents = await tx.casework.consents(conversation.id)
    return covers([one for one in consents if one.organisation == course.receiver], course)


async def is_shared_with(tx: Transaction, member: Member, conversation: Conversation, now: datetime) -> bool:
    """Tell whether a member's organisation may read the talk: accepted, still agreed to, and with a key."""
    if not may(member.roles, "refer.receive"):
        return False
    for it in await tx.referrals.of(conversation.id):
        is_theirs = it.receiver == member.organisation and it.course.what != FACTS
        if is_theirs and it.course.state in OPEN_TO_RECEIVER and await is_covered(tx, conversation, it.course, now):
            return await tx.conversations.wrapped_key(conversation.id, member.organisation) is not None
    return False


async def reviewed_since(tx: Transaction, member: Member, conversation: Conversation, now: datetime) -> datetime | None:
    """Give the moment from which on a member of another organisation may review what is told; None: they may not.

    Their organisation accepted it, the person still agrees, and it is vetted today. Nothing older is theirs.
    """
    for it in await tx.referrals.of(conversation.id):
        is_theirs = it.receiver == member.organisation and it.course.what == REVIEWS
        if is_theirs and it.course.state in OPEN_TO_RECEIVER and await is_covered(tx, conversation, it.course, now):
            partner = next((one for one in await tx.referrals.partners() if one.id == it.receiver), None)
            return it.course.agreed_at if partner is not None and partner.standing(now) == "ready" else None
    return None
