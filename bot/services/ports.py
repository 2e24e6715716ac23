"""What the services need from outside. Each port says its promise and what it must not do.

A `Records` transaction is all or nothing; two transactions on one conversation never both succeed on the same
`version` (compare-and-set), which is what keeps one owner, one turn at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from bot.domain.codes import CaseCode, ConversationId, MemberId, MessageId, OrganisationId, Urgency
from bot.domain.contacts import Review
from bot.domain.reply import Reply
from bot.errors import SaphanError
from bot.services.call_ports import CallRows
from bot.services.desk_ports import NoteRows, RosterRows
from bot.services.records import (
    Address,
    Alert,
    AuditEntry,
    Consent,
    Conversation,
    Erasure,
    InboxKind,
    InboxRow,
    Member,
    Message,
    NewOutbox,
    Observation,
    OnScreen,
    Organisation,
    OutboxRow,
    OutboxState,
    Promise,
    Statement,
)


class Stale(SaphanError):
    """Somebody else changed the row since it was read: nothing was written, read again and decide anew."""


class Clock(Protocol):
    """The time; tests move it."""

    def now(self) -> datetime:
        """Give the aware time in UTC."""


class Signals(Protocol):
    """Wakes whoever waits for a topic (`inbox`, `outbox`, `queue`, `conversation:<id>`); carries nothing else."""

    def publish(self, topic: str) -> None:
        """Wake all who wait for the topic."""

    def count(self, topic: str) -> int:
        """Give how often the topic was published."""

    async def changed(self, topic: str, seen: int, timeout: float) -> int:
        """Return the count as soon as it differs from `seen`, or after `timeout` seconds."""


@dataclass(frozen=True)
class Indicator:
    """One code that a message says, with the smallest span that says it (code points of the text as given)."""

    code: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """What the engine understood of one message."""

    language: str
    script: str
    zawgyi: float
    intent: str
    intent_confidence: float
    indicators: tuple[Indicator, ...]
    urgency: Urgency
    urgency_maybe: Urgency


@dataclass(frozen=True)
class TurnAnswer:
    """What the engine answers to a turn, and the dialogue slots to give back with the next."""

    reply: Reply
    dialogue: Mapping[str, Any] = field(default_factory=dict)


class Engine(Protocol):
    """Reads messages and chooses the bot's next move. Keeps nothing, must not log a text.

    Both calls raise EngineFailure within 4 s when there is no usable answer.
    """

    async def read(self, text: str, hints: Mapping[str, Any]) -> Reading:
        """Read one message; `hints` are `languages`, `zawgyi`, `asked`."""

    async def turn(self, turn: str, intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        """Choose the answer; the same call made twice gives the same answer."""

    async def is_well(self) -> bool:
        """Tell whether the engine answers at all: then a failure is the message's, not the engine's."""


@dataclass(frozen=True)
class Outgoing:
    """One message for a messenger: text and rows of buttons (label, data)."""

    text: str = field(repr=False)
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    clears: bool = False
    """What the screen shows before this message is taken off, where a channel can do that at once."""
    theme: bool = False
    """A line of the theme: nothing around it may tell of anything else."""
    line: str = ""
    """Name of the line that it tells of (`bot.domain.contacts`), which has to count when the message leaves."""
    recording: str = ""
    """Name of the recording of this sentence, for who asked to hear it; it never starts by itself."""


class Messenger(Protocol):
    """One bot on one channel. Never logs what it sends; silent, without link previews.

    Raises TryLater, Blocked, Refused or plain ChannelFailure (network: try again).
    """

    channel: str
    bot: str

    async def send(self, chat: str, message: Outgoing) -> str:
        """Deliver and give the messenger's own id of the message (may be empty)."""

    async def retire_buttons(self, chat: str, remote: str) -> None:
        """Take the buttons off an earlier message; a message that is gone is no error."""


@runtime_checkable
class Fetches(Protocol):
    """A messenger that can also fetch what a person sent beside text. Keeps nothing and logs nothing of it."""

    async def fetch(self, name: str) -> bytes:
        """Fetch by the messenger's own name; raises ChannelFailure when it cannot be had, or is too big."""


@runtime_checkable
class ShowsTyping(Protocol):
    """A messenger that can show that somebody writes, for a moment and without a sound. Raises as `send` does."""

    async def show_typing(self, chat: str) -> None:
        """Show it; a chat that is not open anywhere is no error."""


@runtime_checkable
class LetsHear(Protocol):
    """A messenger on which a recording is a message of its own. Silent like all others; logs nothing of it."""

    async def send_voice(self, chat: str, sound: bytes) -> str:
        """Put Ogg/Opus into the chat and give the messenger's own id of it. Raises as `send` does."""


class Recordings(Protocol):
    """The recordings of the bot's sentences, each of one wording in one language."""

    def has_any(self, language: str) -> bool:
        """Tell whether anything is recorded in a language."""

    def find(self, language: str, sentence: str) -> str:
        """Give the name of the recording of exactly this sentence; empty: there is none."""

    async def sound(self, name: str) -> bytes | None:
        """Give the sound of a recording; None where the name means none."""


@runtime_checkable
class ClearsChat(Protocol):
    """A messenger that lets a bot take messages, of both sides, off the screen for a while. Never logs a number."""

    async def take_off(self, chat: str, remotes: Sequence[str]) -> None:
        """Take many off at once, as far as it goes: what is gone or too old is passed over and not told."""

    async def take_one_off(self, chat: str, remote: str) -> bool:
        """Take one off; True when it is gone, False when the messenger will never let us. Raises as `send` does."""


class Vault(Protocol):
    """Seals and opens with the server key, and makes keys. `open` raises CannotOpen."""

    def seal(self, purpose: str, data: bytes) -> bytes:
        """Seal with the server key; the purpose is bound in and must be given to open."""

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Open what `seal` sealed for the same purpose."""

    def hash_chat(self, address: Address) -> bytes:
        """Give the keyed hash (BLAKE2b) by which a chat is found."""

    def hash_token(self, token: str) -> bytes:
        """Give the keyed hash of a one-time token or a way-back phrase."""

    def new_key_pair(self) -> tuple[bytes, bytes]:
        """Make a key pair: public, private."""

    def seal_to(self, public: bytes, data: bytes) -> bytes:
        """Seal so that only the private half opens."""

    def open_with(self, private: bytes, sealed: bytes) -> bytes:
        """Open what `seal_to` sealed."""

    def lock_with_passphrase(self, passphrase: str, data: bytes) -> bytes:
        """Seal under Argon2id(passphrase); salt and parameters travel inside."""

    def unlock_with_passphrase(self, passphrase: str, sealed: bytes) -> bytes:
        """Open what `lock_with_passphrase` sealed."""

    def new_recovery_key(self) -> str:
        """Make a recovery key to be kept on paper."""

    def lock_with_recovery(self, recovery: str, data: bytes) -> bytes:
        """Seal under the recovery key."""

    def unlock_with_recovery(self, recovery: str, sealed: bytes) -> bytes:
        """Open what `lock_with_recovery` sealed; small typing differences (case, spaces, dashes) do not matter."""


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
        """Give the conversation's private key as wrapped for an organisation."""

    async def waiting(self) -> Sequence[Conversation]:
        """Give all in QUEUED or RESERVED, by level, front first, then waiting time."""

    async def held_by(self, member: MemberId) -> Sequence[Conversation]:
        """Give those that the member holds."""

    async def codes(self, of: Collection[ConversationId]) -> Mapping[str, CaseCode]:
        """Give the case codes of those that are still kept."""

    async def taken_by(self, member: MemberId, limit: int) -> Sequence[tuple[Conversation, datetime]]:
        """Give those that a member ever took over, with when they last did, the latest first."""

    async def in_states(self, states: Sequence[str], before: datetime) -> Sequence[Conversation]:
        """Give those in one of the states since before a time: what the clock acts on."""

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

    async def observations(self, conversation: ConversationId) -> Sequence[Observation]:
        """Give all that was heard, oldest first."""

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


class StaffRows(Protocol):
    """Organisations and members of staff."""

    async def home(self) -> Organisation | None:
        """Give the home organisation, or None before the first start."""

    async def add_organisation(self, organisation: Organisation) -> None:
        """Store an organisation."""

    async def save_organisation(self, organisation: Organisation) -> None:
        """Write name and keys."""

    async def organisation_named(self, name: str) -> Organisation | None:
        """Find by name."""

    async def add(self, member: Member) -> None:
        """Store a new member."""

    async def get(self, member: MemberId) -> Member | None:
        """Read one, locked until the transaction ends."""

    async def by_setup(self, setup_hash: bytes) -> Member | None:
        """Find by the hash of the one-time link."""

    async def by_name(self, name: str) -> Member | None:
        """Find by the name they sign in with."""

    async def all(self) -> Sequence[Member]:
        """Give everybody, by name."""

    async def save(self, member: Member) -> Member:
        """Write if the version is the one read; raises Stale."""

    async def block(self, member: MemberId, conversation: ConversationId, by: MemberId, at: datetime) -> None:
        """Store that the member must not be given this conversation; what stands already stays."""

    async def unblock(self, member: MemberId, conversation: ConversationId) -> None:
        """Take that back."""

    async def blocked(self, conversation: ConversationId) -> frozenset[MemberId]:
        """Give who must not be given this conversation."""

    async def blocks(self, member: MemberId) -> Sequence[tuple[CaseCode, datetime]]:
        """Give the conversations that a member must not be given, and since when."""

    async def counselled(self, conversation: ConversationId) -> frozenset[MemberId]:
        """Give who holds or ever wrote in this conversation."""


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

    async def alert(self, alert: int) -> Alert | None:
        """Give one alert."""

    async def see_alert(self, alert: int, member: MemberId, at: datetime) -> None:
        """Somebody answered it."""

    async def add_audit(self, entry: AuditEntry) -> None:
        """Append to the hash chain."""

    async def audited(
        self, limit: int, before: int | None = None, conversation: str = "", actor: str = "", act: str = ""
    ) -> Sequence[tuple[int, AuditEntry]]:
        """Give rows of the audit with their numbers, newest first; an empty name asks for any."""

    async def sign(self, statement: Statement) -> None:
        """Store what a supervisor signed."""

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


class Transaction(Protocol):
    """One transaction over all that is kept."""

    @property
    def conversations(self) -> ConversationRows:
        """Conversations and their keys."""

    @property
    def inbox(self) -> InboxRows:
        """What came in."""

    @property
    def messages(self) -> MessageRows:
        """What was said and heard."""

    @property
    def outbox(self) -> OutboxRows:
        """What goes out."""

    @property
    def staff(self) -> StaffRows:
        """Who works here."""

    @property
    def casework(self) -> CaseworkRows:
        """Consents, alerts, audit, facts."""

    @property
    def promises(self) -> PromiseRows:
        """By when somebody aims to write."""

    @property
    def screen(self) -> ScreenRows:
        """What stands in the messengers' chats."""

    @property
    def notes(self) -> NoteRows:
        """What counsellors note."""

    @property
    def roster(self) -> RosterRows:
        """Who works when."""

    @property
    def calls(self) -> CallRows:
        """Who is called for an alert."""


class Duty(Protocol):
    """Who of the vetted is on duty, now and later. Says nothing about persons; asked within an open transaction."""

    async def languages_now(self, tx: Transaction) -> frozenset[str]:
        """Give the languages in which somebody vetted is on duty now."""

    async def next_shift(self, tx: Transaction, language: str, after: datetime) -> datetime | None:
        """Give when the next shift of somebody vetted who speaks the language begins; None when none is planned."""


class Records(Protocol):
    """The database."""

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; leaving the block commits, an exception rolls everything back."""

    async def scrub(self) -> None:
        """After an erasure: leave no trace of deleted rows in the database's own files."""


LEASE: timedelta = timedelta(seconds=30)
