"""What is kept of the work on a conversation: consents, alerts, audit, promises, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.codes import CaseCode, ConversationId, MemberId, MessageId
from bot.domain.contacts import Review
from bot.services.records import Alert, AuditEntry, Consent, Promise, Statement


class CaseworkRows(Protocol):
    """Consents, alerts, audit and small facts of the installation."""

    async def add_consent(self, consent: Consent) -> None:
        """Store a consent."""

    async def consents(self, conversation: ConversationId) -> Sequence[Consent]:
        """Give what the person agreed to."""

    async def add_alert(
        self, conversation: ConversationId | None, code: CaseCode | None, kind: str, level: str, at: datetime
    ) -> None:
        """Store an alert; an unseen one of the same kind for the same conversation is not repeated."""

    async def alerts(self, limit: int) -> Sequence[Alert]:
        """Give unseen alerts first, then the newest."""

    async def unseen_of(self, level: str) -> Sequence[Alert]:
        """Give every unseen alert of a level, the oldest first."""

    async def alert(self, alert: int) -> Alert | None:
        """Give one alert."""

    async def see_alert(self, alert: int, member: MemberId, at: datetime) -> None:
        """Somebody answered it."""

    async def answer_alerts(self, conversation: ConversationId, kind: str, member: MemberId, at: datetime) -> None:
        """Somebody answered whatever of this kind is open about a conversation, by what they did."""

    async def add_audit(self, entry: AuditEntry) -> None:
        """Append to the hash chain."""

    async def audited(
        self, limit: int, before: int | None = None, conversation: str = "", actor: str = "", act: str = ""
    ) -> Sequence[tuple[int, AuditEntry]]:
        """Give rows of the audit with their numbers, newest first; an empty name asks for any."""

    async def sign(self, statement: Statement) -> None:
        """Store what a supervisor signed."""

    async def unsign(self, point: str, about: str) -> None:
        """Take back what was signed for one thing, whoever signed it."""

    async def signed(self) -> Sequence[Statement]:
        """Give everything that was signed, oldest first."""

    async def verify_audit(self) -> int | None:
        """Give the number of the first broken row, or None when the chain holds."""

    async def fact(self, name: str) -> str | None:
        """Give a fact of the installation, such as a channel's offset."""

    async def set_fact(self, name: str, value: str) -> None:
        """Store a fact of the installation."""

    async def add_way_back(self, phrase_hash: bytes, conversation: ConversationId, at: datetime) -> None:
        """Store a way back into a web chat; one per conversation, the newer replaces the older."""

    async def way_back(self, phrase_hash: bytes) -> ConversationId | None:
        """Find the conversation of a way back."""

    async def add_contact_review(self, review: Review) -> None:
        """Store that somebody tried a line; a later review of the same row stands above it."""

    async def contact_reviews(self) -> Sequence[Review]:
        """Give every review, oldest first, whether it still counts or not."""

    async def openings(self, conversation: ConversationId) -> int:
        """Count how often staff opened the conversation."""

    async def acts(self, conversation: ConversationId) -> frozenset[str]:
        """Give every kind of act that was ever done with the conversation."""

    async def add_attachment(
        self, conversation: ConversationId, message: MessageId, sealed: bytes, at: datetime
    ) -> None:
        """Store what a person wished to be kept, sealed to the conversation's public key."""

    async def attachments(self, conversation: ConversationId) -> Sequence[tuple[MessageId, bytes]]:
        """Give what was kept, oldest first, still sealed."""


class PromiseRows(Protocol):
    """By when a person was told that somebody aims to write."""

    async def add(self, conversation: ConversationId, made_at: datetime, due: datetime, breaks: int) -> None:
        """Store an open promise; `breaks` says how many to this person were broken before."""

    async def open(self) -> Sequence[Promise]:
        """Give all that are not settled, the earliest due first."""

    async def of(self, conversation: ConversationId) -> Sequence[Promise]:
        """Give every promise to one person, oldest first."""

    async def listed(self, settled: int) -> Sequence[tuple[Promise, CaseCode, str, str]]:
        """Give open ones, the earliest due first, then the newest settled, with case code, level and language."""

    async def escalate(self, promise: int) -> None:
        """Staff were called because it is nearly due."""

    async def settle(self, promise: int, outcome: str, at: datetime) -> None:
        """Write down what became of it; what was settled before stays."""


@dataclass(frozen=True)
class Note:
    """What a counsellor noted of a conversation, sealed to the conversation's public key."""

    conversation: ConversationId
    member: MemberId
    sealed: bytes
    at: datetime
    beside: int | None = None
    """Of an interpreter: the place of the message that it stands beside, or 0 for a line to be said to the person."""


@dataclass(frozen=True)
class LeftAlone:
    """A contact that was closed as abusive: until when only the program is there, and who decided it."""

    conversation: ConversationId
    closed_by: MemberId
    closed_at: datetime
    until: datetime
    asked_by: MemberId | None = None
    """Who asked for a longer time."""
    asked_at: datetime | None = None
    confirmed_by: MemberId | None = None
    """Who agreed to that, as a second member of staff."""
    confirmed_at: datetime | None = None
    lifted_by: MemberId | None = None


class LeftAloneRows(Protocol):
    """Contacts that were closed as abusive, the newest of each conversation."""

    async def put(self, it: LeftAlone) -> None:
        """Store the newest of a conversation; it takes the place of an earlier one."""

    async def of(self, conversation: ConversationId) -> LeftAlone | None:
        """Give that of one conversation."""

    async def listed(self, limit: int) -> Sequence[tuple[LeftAlone, CaseCode]]:
        """Give the newest with their case codes."""


class NoteRows(Protocol):
    """What counsellors note."""

    async def add(self, note: Note) -> None:
        """Store a note."""

    async def of(self, conversation: ConversationId) -> Sequence[Note]:
        """Give every note of a conversation, oldest first."""
