"""What is kept of a talk: conversations, what came in, what was said, what goes out and stands on screens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.codes import CaseCode, ConversationId, MemberId, MessageId, OrganisationId
from bot.services.records import (
    Address,
    Conversation,
    Erasure,
    InboxKind,
    InboxRow,
    Message,
    NewOutbox,
    Observation,
    OnScreen,
    OutboxRow,
    OutboxState,
)


@dataclass(frozen=True)
class Leased:
    """A conversation whose turn this process may take until the lease ends, with everything that waits."""

    conversation: Conversation
    rows: tuple[InboxRow, ...]
    token: str


class ConversationRows(Protocol):
    """Conversations and their keys."""

    async def find(self, chat_hash: bytes) -> Conversation | None:
        """Find by the keyed hash of its chat."""

    async def get(self, conversation: ConversationId) -> Conversation | None:
        """Read one, locked until the transaction ends."""

    async def by_code(self, code: CaseCode) -> Conversation | None:
        """Find by the name staff use."""

    async def add(
        self, conversation: Conversation, chat_hash: bytes, organisation: OrganisationId, wrapped_key: bytes
    ) -> None:
        """Store a new conversation with its wrapped key."""

    async def save(self, conversation: Conversation) -> Conversation:
        """Write all fields if the stored version is still the one read; raises Stale. Gives it with the new version."""

    async def move(self, conversation: ConversationId, chat_hash: bytes, chat_sealed: bytes) -> None:
        """Let another chat be the way to this conversation: whoever comes back by six words has a new one."""

    async def wrapped_key(self, conversation: ConversationId, organisation: OrganisationId) -> bytes | None:
        """Give the conversation's private key as wrapped for an organisation, or all of theirs as one ring."""

    async def opened_to(
        self, organisation: OrganisationId, scopes: Collection[str], of: Collection[ConversationId]
    ) -> frozenset[ConversationId]:
        """Give those of which an organisation has a key, and a consent to it of one of the scopes."""

    async def wrapped_keys(
        self, conversation: ConversationId, organisation: OrganisationId
    ) -> Sequence[tuple[int, bytes]]:
        """Give each of the conversation's private keys as wrapped for an organisation, with its place, oldest first."""

    async def newest_key(self, conversation: ConversationId) -> int:
        """Give the place of the conversation's newest key."""

    async def readers(self, conversation: ConversationId) -> frozenset[OrganisationId]:
        """Give every organisation that has a key of it."""

    async def add_key(
        self, conversation: ConversationId, organisation: OrganisationId, epoch: int, wrapped: bytes
    ) -> None:
        """Store a wrapped key; what stands at this place for this organisation is replaced."""

    async def remove_keys(self, conversation: ConversationId, organisation: OrganisationId) -> None:
        """Delete every wrapped key of an organisation."""

    async def waiting(self) -> Sequence[Conversation]:
        """Give all in QUEUED or RESERVED, by level, front first, then waiting time."""

    async def held_by(self, member: MemberId) -> Sequence[Conversation]:
        """Give those that the member holds."""

    async def interpreted_by(self, member: MemberId) -> Sequence[Conversation]:
        """Give those in which the member interprets, or is asked to, the earliest first."""

    async def codes(self, of: Collection[ConversationId]) -> Mapping[str, CaseCode]:
        """Give the case codes of those that are still kept."""

    async def taken_by(self, member: MemberId, limit: int) -> Sequence[tuple[Conversation, datetime]]:
        """Give those that a member ever took over, with when they last did, the latest first."""

    async def in_states(self, states: Sequence[str], before: datetime) -> Sequence[Conversation]:
        """Give those in one of the states since before a time: what the clock acts on."""

    async def held_in(self, states: Sequence[str]) -> Sequence[tuple[MemberId, str, int]]:
        """Give how many each member holds in one of the states, by channel."""

    async def of_channel(self, channel: str, before: datetime) -> Sequence[Conversation]:
        """Give those of a channel that began before a time, or at it."""

    async def check_ins_due(self, now: datetime) -> Sequence[Conversation]:
        """Give those whose check-in is due."""

    async def quiet_since(self, before: datetime) -> Sequence[Conversation]:
        """Give those whose last message is older and whose `keep_until`, if any, has passed too."""

    async def erase(self, conversation: ConversationId) -> None:
        """Delete the conversation, its keys and everything that belongs to it; an `Erasure` stays."""

    async def erased(self, code: CaseCode) -> Erasure | None:
        """Tell whether and when the conversation of this code was erased."""


class InboxRows(Protocol):
    """The durable inbox."""

    async def add(
        self, address: Address, update: str, kind: InboxKind, conversation: ConversationId, payload: bytes, at: datetime
    ) -> bool:
        """Store one message; False when this update was stored before."""

    async def lease_next(self, now: datetime, until: datetime, token: str) -> Leased | None:
        """Lease a conversation that has waiting rows whose time has come and no other live lease."""

    async def renew(self, conversation: ConversationId, token: str, until: datetime) -> bool:
        """Keep the lease; False when it was lost."""

    async def release(self, conversation: ConversationId, token: str) -> None:
        """End the lease."""

    async def recover_leases(self) -> int:
        """End what a killed process had leased, where no other takes turns; elsewhere a lease runs out by itself."""

    async def commit(self, rows: Sequence[int], turn: int) -> None:
        """Mark as belonging to this turn and forget the payload. Raises Stale when one was committed already."""

    async def retry(self, rows: Sequence[int], at: datetime, *, counted: bool) -> None:
        """Let the rows wait until a time; `counted` adds a failed attempt."""

    async def counts(self) -> Mapping[str, int]:
        """Give how many rows are waiting and committed."""


class MessageRows(Protocol):
    """Messages and observations, sealed."""

    async def add(self, message: Message) -> Message:
        """Store at the end of the conversation and give it with its place."""

    async def after(
        self, conversation: ConversationId, seq: int, limit: int
    ) -> Sequence[tuple[Message, OutboxState | None, str]]:
        """Give messages after a place, oldest first, each with its delivery state and why it is held."""

    async def latest(
        self, conversation: ConversationId, limit: int
    ) -> Sequence[tuple[Message, OutboxState | None, str]]:
        """Give the last messages, oldest first, as `after` does."""

    async def erase_last(self, conversation: ConversationId) -> Message | None:
        """Delete the person's newest message with what was heard in it, and give what it was; None: there is none."""

    async def reword(self, conversation: ConversationId, outbox: int, sealed: bytes) -> None:
        """Write down that something else was said than what had been put on its way."""

    async def mark_read(self, message: MessageId) -> None:
        """The engine read it after all."""

    async def add_observations(self, observations: Sequence[Observation]) -> None:
        """Store what was heard."""

    async def observations(
        self, conversation: ConversationId, of: Collection[MessageId] | None = None
    ) -> Sequence[Observation]:
        """Give what was heard, oldest first: all of it, or in some messages."""

    async def places(self, conversation: ConversationId) -> Mapping[MessageId, int]:
        """Give the place of each message that an observation is about."""


class OutboxRows(Protocol):
    """The durable outbox."""

    async def add(self, row: NewOutbox) -> int:
        """Store one message and give its id."""

    async def due(self, now: datetime, limit: int) -> Sequence[OutboxRow]:
        """Give, for each chat and kind, its oldest undelivered row, if its time has come."""

    async def start(self, row: int) -> bool:
        """Mark as `sending`; False when it is no longer waiting. A row found in `sending` at start-up was cut."""

    async def delivered(self, row: int, remote: str, at: datetime) -> None:
        """Mark as delivered and forget the payload. A row without conversation is deleted."""

    async def wait(self, row: int, at: datetime, *, held: str = "", counted: bool = False) -> None:
        """Let it wait until a time; `held` says why; `counted` adds a failed attempt."""

    async def give_up(self, row: int, state: OutboxState, reason: str) -> None:
        """End it as `failed` or `expired`, and forget the payload."""

    async def recover_cut(self, now: datetime) -> int:
        """Put rows left in `sending` by a killed process back to `waiting`, counting the possible repeat."""

    async def wake(self, conversation: ConversationId, now: datetime) -> None:
        """Let held rows of a conversation be decided on again now."""

    async def with_buttons(self, conversation: ConversationId, before: int) -> Sequence[OutboxRow]:
        """Give delivered rows before this one whose buttons are still there."""

    async def retired(self, row: int) -> None:
        """The buttons of this row are gone."""

    async def counts(self) -> Mapping[str, int]:
        """Give how many rows are in each state, and `repeats`."""


class ScreenRows(Protocol):
    """The ledger of what stands in a messenger's chat: of both sides, by the messenger's numbers, without text."""

    async def add(self, rows: Sequence[OnScreen]) -> None:
        """Store that messages stand in a chat."""

    async def clear(self, conversation: ConversationId, due: datetime, only: Collection[str] | None = None) -> None:
        """Let all that stands there, or only some messages, be taken off at a time, or sooner where that was said."""

    async def clear_as_we_go(self, conversation: ConversationId, after: datetime | None, age: timedelta) -> None:
        """Give every message there its time, so long after it came; None for `after` takes the times off."""

    async def due(self, now: datetime, limit: int) -> Sequence[OnScreen]:
        """Give what is to be taken off now: the newest first, for it is what is seen."""

    async def end(self, row: OnScreen, state: str, at: datetime) -> None:
        """Write down that it is `gone` or `stays`; of an erased conversation nothing is kept."""

    async def wait(self, rows: Sequence[int], due: datetime) -> None:
        """Let them be tried again."""

    async def outlive(self, conversation: ConversationId, chat_sealed: bytes, due: datetime) -> None:
        """Let what stands there be taken off although its conversation is being erased."""

    async def counts(self, conversation: ConversationId) -> Mapping[str, int]:
        """Give how many messages of a conversation are `shown`, `gone`, and `stays`."""
