"""What is kept of referrals, and of the organisations that can be referred to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.codes import CaseCode, ConversationId, MemberId, OrganisationId
from bot.domain.referral import Course, State
from bot.domain.routing import Partner


@dataclass(frozen=True)
class Referral:
    """One referral. What it tells of the person is sealed: to the conversation, and once sent to the receiver."""

    id: str
    conversation: ConversationId | None
    """None once the person erased everything: what another organisation had accepted by then stays with it."""
    code: CaseCode
    number: int
    """Its place among the referrals of the conversation, from 0."""
    sender: OrganisationId
    made_by: MemberId
    made_at: datetime
    language: str
    level: str
    course: Course
    epoch: int = 0
    """From which key of the conversation on the receiver may be given it, where it lets them read."""
    own_sealed: bytes | None = field(default=None, repr=False)
    """The whole form, sealed to the conversation's public key."""
    sent_sealed: bytes | None = field(default=None, repr=False)
    """What left, sealed to the receiver's public key."""
    accepted_by: MemberId | None = None
    version: int = 0

    @property
    def receiver(self) -> OrganisationId:
        """The organisation that it is for."""
        return self.course.receiver


class ReferralRows(Protocol):
    """Referrals and partners."""

    async def add(self, referral: Referral) -> None:
        """Store a draft; Stale when another of this number was stored meanwhile."""

    async def get(self, referral: str) -> Referral | None:
        """Read one, locked until the transaction ends."""

    async def save(self, referral: Referral) -> Referral:
        """Write if the version is the one read; raises Stale."""

    async def of(self, conversation: ConversationId) -> Sequence[Referral]:
        """Give every referral of a conversation, by number."""

    async def sent_by(self, organisation: OrganisationId, limit: int) -> Sequence[Referral]:
        """Give what an organisation drafted or sent, the newest first."""

    async def sent_to(self, organisation: OrganisationId, states: Collection[State], limit: int) -> Sequence[Referral]:
        """Give what came to an organisation and is in one of these states, the most urgent and oldest first."""

    async def partners(self) -> Sequence[Partner]:
        """Give every organisation that can be referred to, by name."""

    async def set_partner(self, partner: Partner, by: MemberId, at: datetime) -> None:
        """Write down what an organisation is and offers, and until when it is vetted."""
