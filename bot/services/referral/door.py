"""Who may see a referral: who made it, their lead, and the organisation that it went to; to others there is none."""

from __future__ import annotations

from datetime import datetime

from bot.domain.codes import OrganisationId
from bot.domain.referral import RECEIVED, State
from bot.domain.roles import may
from bot.domain.routing import Partner
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.ports import Referral, Transaction
from bot.services.records import Member
from bot.services.sign_in import Session

SHOWN_TO_RECEIVER = (*RECEIVED, State.REFUSED, State.DONE, State.REVOKED)


async def as_sender(tx: Transaction, session: Session, referral: str) -> Referral:
    """Give a referral to who made it, or to a lead of the same organisation; raises NoSuchConversation."""
    found = await tx.referrals.get(referral)
    if found is None or not is_of_sender(session.member, found):
        raise NoSuchConversation
    return found


def is_of_sender(member: Member, it: Referral) -> bool:
    """Tell whether a member may look after this referral."""
    if it.sender != member.organisation or not may(member.roles, "refer.send"):
        return False
    return it.made_by == member.id or may(member.roles, "desk.lead")


async def as_receiver(tx: Transaction, session: Session, referral: str, now: datetime) -> Referral:
    """Give a referral to a member of the organisation that it came to.

    Raises NoSuchConversation, or NotAllowed where their organisation's vetting has ended, or the person's yes.
    """
    member = session.member
    found = await tx.referrals.get(referral)
    if found is None or found.receiver != member.organisation or not may(member.roles, "refer.receive"):
        raise NoSuchConversation
    if found.course.state not in SHOWN_TO_RECEIVER or found.course.sent_at is None:
        raise NoSuchConversation
    await ready(tx, found.receiver, now)
    if found.course.state in RECEIVED and not found.course.holds(now):
        raise NotAllowed("lapsed")
    return found


async def ready(tx: Transaction, organisation: OrganisationId, now: datetime) -> Partner:
    """Give an organisation that may receive now; raises NotAllowed with what it lacks."""
    partner = next((it for it in await tx.referrals.partners() if it.id == organisation), None)
    standing = "gone" if partner is None else partner.standing(now)
    if partner is None or standing != "ready":
        raise NotAllowed(f"partner_{standing}")
    return partner
