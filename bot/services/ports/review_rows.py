"""What is kept of reviews: which cases are listed, what readers said and how they settled it, and signed weights."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.codes import CaseCode, ConversationId, MemberId, MessageId, OrganisationId


@dataclass(frozen=True)
class Flag:
    """How a case stands towards the published rules; its codes and rules are sealed for purpose `flag:<id>`."""

    conversation: ConversationId
    listed: bool
    sealed: bytes
    since: datetime
    """When it was first looked at."""
    changed_at: datetime


@dataclass(frozen=True)
class Listed:
    """One case as the list shows it; no text."""

    conversation: ConversationId
    code: CaseCode
    level: str
    language: str
    created_at: datetime
    last_inbound: datetime | None
    flag: Flag | None
    """None where another organisation was given the case: rules are the home organisation's."""


@dataclass(frozen=True)
class CaseReview:
    """One review of one case by two readers of one organisation."""

    id: int
    conversation: ConversationId
    organisation: OrganisationId
    upto: int
    """How many observations there were when it began."""
    began_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Reader:
    """What one reader says; the sheet is sealed for purpose `review:<conversation>`."""

    review: int
    member: MemberId
    place: int
    """1 or 2."""
    sealed: bytes
    began_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True)
class Settlement:
    """How one difference was settled: the mark sealed as a sheet is, the reason to the conversation's public key."""

    review: int
    member: MemberId
    sealed: bytes
    reason_sealed: bytes
    at: datetime


@dataclass(frozen=True)
class Carrier:
    """A message that carries evidence, still sealed."""

    id: MessageId
    seq: int
    author: str
    sealed: bytes
    at: datetime


@dataclass(frozen=True)
class WeightFile:
    """Weights of one set, as somebody typed them from the published list; they count once a second person signed."""

    set_name: str
    version: str
    source: str
    weights: str
    """Lines `code weight`, in order."""
    digest: str
    entered_by: MemberId
    entered_at: datetime
    signed_by: MemberId | None = None
    signed_at: datetime | None = None
    id: int = field(default=0)
    """Set by the records when stored."""


class ReviewRows(Protocol):
    """Flags and reviews. Whatever belongs to a conversation goes with it."""

    async def flag(self, conversation: ConversationId) -> Flag | None:
        """Give how a case stands; None: nobody looked yet."""

    async def set_flag(self, flag: Flag) -> None:
        """Write how it stands now; `since` stays as it was."""

    async def listed(self, limit: int, offset: int = 0) -> Sequence[Listed]:
        """Give listed cases, the most urgent first, then the newest change."""

    async def given_to(self, organisation: OrganisationId, limit: int, offset: int = 0) -> Sequence[Listed]:
        """Give cases whose key an organisation has, the same way, without flags."""

    async def given(
        self, conversations: Collection[ConversationId], organisation: OrganisationId
    ) -> frozenset[ConversationId]:
        """Give those that the person lets reviewers of an organisation read now, by the newest of what they said."""

    async def begin(self, review: CaseReview) -> CaseReview:
        """Store a new review and give it with its number."""

    async def newest(self, conversation: ConversationId, organisation: OrganisationId) -> CaseReview | None:
        """Give an organisation's newest review of a case."""

    async def newest_of(
        self, conversations: Collection[ConversationId], organisation: OrganisationId
    ) -> Sequence[CaseReview]:
        """Give an organisation's newest review of each of several cases that have one."""

    async def close(self, review: int, at: datetime) -> None:
        """Everything is agreed or settled."""

    async def readers(self, reviews: Collection[int]) -> Sequence[Reader]:
        """Give the readings of some reviews, by review and place."""

    async def save_reader(self, reader: Reader) -> None:
        """Write a reader's sheet; a later one takes the place of the earlier."""

    async def settle(self, settlement: Settlement) -> None:
        """Store how a difference was settled."""

    async def settlements(self, review: int) -> Sequence[Settlement]:
        """Give them, oldest first."""

    async def read_by_two(self, organisation: OrganisationId) -> Sequence[tuple[ConversationId, Reader, Reader]]:
        """Give the reviews of an organisation that both readers finished."""

    async def carriers(self, conversation: ConversationId, messages: Collection[MessageId]) -> Sequence[Carrier]:
        """Give some messages of a conversation, by place: only these have to be opened."""

    async def add_weights(self, file: WeightFile) -> WeightFile:
        """Store weights that one person entered."""

    async def weights(self) -> Sequence[WeightFile]:
        """Give every file of weights, the newest first."""

    async def sign_weights(self, file: int, member: MemberId, at: datetime) -> None:
        """A second person signed; what was signed before stays as it is."""
