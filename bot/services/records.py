"""What is kept, as the services see it. Sealed fields are bytes that only the vault opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.domain.codes import CaseCode, ConversationId, Level, MemberId, MessageId, OrganisationId
from bot.domain.ownership import Ownership
from bot.domain.plan import Plan
from bot.domain.safe_contact import Flags, Kind
from bot.domain.vetting import Vetting

Author = Literal["person", "bot", "counsellor"]
InboxKind = Literal["start", "text", "press", "edited", "other", "blocked"]
"""`other`: a picture, voice, sticker, location ... without words. `blocked`: the person left the chat."""


@dataclass(frozen=True)
class Address:
    """Where a person is met: the channel, our bot there, and the chat. The chat id is never logged or stored plain."""

    channel: str
    bot: str
    chat: str = field(repr=False)


@dataclass(frozen=True)
class Incoming:
    """One thing a person sent, as a channel hands it over. `update` is unique per channel and bot."""

    address: Address
    update: str
    kind: InboxKind
    text: str = field(default="", repr=False)
    """The message; for `press` the button's data; empty for the other kinds."""
    language_hint: str = ""
    """What the channel knows of their language (`?start=th`, the messenger's setting); may be empty or unknown."""
    sent: str = field(default="", repr=False)
    """What came beside text: `place`, or `what:name` (`voice:...`) by which the channel can fetch it after a yes."""
    remote: str = field(default="", repr=False)
    """The messenger's own number of the message, where a bot can take it off the screen."""


@dataclass(frozen=True)
class InboxRow:
    """A stored message that waits for its turn; `payload` is sealed with the server key."""

    id: int
    kind: InboxKind
    payload: bytes
    received_at: datetime
    attempts: int


@dataclass(frozen=True)
class Conversation:
    """One person's talk, as it was when read; `version` is what compare-and-set compares."""

    id: ConversationId
    code: CaseCode
    channel: str
    bot: str
    chat_sealed: bytes
    """The chat id, sealed with the server key for purpose `chat:<id>`."""
    language: str
    language_chosen: bool
    public_key: bytes
    own: Ownership
    flags: Flags
    level: Level
    turn: int
    version: int
    created_at: datetime
    last_inbound: datetime | None
    opened_at: datetime | None
    offered_at: datetime | None
    safety_declined_at: datetime | None
    trouble_said_at: datetime | None
    keep_until: datetime | None
    """Not erased before; None: 24 hours after the last message."""
    state_sealed: bytes
    """Dialogue slots, newest buttons, known codes and language counters, sealed for purpose `state:<id>`."""
    plan: Plan = field(default_factory=Plan)
    """What they allowed about being written to first."""
    remember_days: int | None = None
    """For how many days the talk is remembered; 0: they said no; None: they have not answered."""
    remember_asked: int = 0
    """How often they were asked that."""
    wish_language: str = ""
    """The language they wish a counsellor to write, where it is another than the talk's."""
    wish_gender: str = ""
    covered_at: datetime | None = None
    """Since when the screen is changed; None while it is not."""
    clears: bool = False
    """They asked us to take messages off the messenger's screen as we go."""
    """`woman`, `man`, or empty: whom they would rather talk with."""


@dataclass(frozen=True)
class Message:
    """One message of a conversation, sealed to the conversation's public key."""

    id: MessageId
    conversation: ConversationId
    turn: int
    author: Author
    sealed: bytes
    at: datetime
    member: MemberId | None = None
    read: bool = True
    """Read for danger by the engine; False is shown at the desk."""
    outbox: int | None = None
    seq: int = 0
    """Position in the conversation, set by the records when stored."""
    covered: bool = False
    """Written while the screen was changed: maybe by somebody else."""
    remote: str = ""
    """The messenger's own number of a message of the person, so that it can be taken off the screen with its text."""


@dataclass(frozen=True)
class Observation:
    """What the reader heard: code and place in one message, sealed for purpose `observation:<conversation>`."""

    conversation: ConversationId
    message: MessageId
    sealed: bytes
    at: datetime


OutboxState = Literal["waiting", "sending", "delivered", "failed", "expired"]


@dataclass(frozen=True)
class OutboxRow:
    """One message on its way out; `payload` is sealed with the server key and NULL once delivered."""

    id: int
    conversation: ConversationId | None
    """None for the last words of a conversation that is erased."""
    channel: str
    bot: str
    chat_sealed: bytes
    payload: bytes
    has_buttons: bool
    state: OutboxState
    created_at: datetime
    next_at: datetime
    attempts: int
    repeats: int
    """How often a delivery was cut in mid-request and may have arrived twice."""
    held: str = ""
    remote: str = ""
    kind: Kind = Kind.WORDS
    whole: int | None = None
    """The first part of the message that this one goes on with; None: it is whole, or the first."""


@dataclass(frozen=True)
class NewOutbox:
    """A message to be put on its way."""

    conversation: ConversationId | None
    channel: str
    bot: str
    chat_sealed: bytes
    payload: bytes
    has_buttons: bool
    created_at: datetime
    kind: Kind = Kind.WORDS
    whole: int | None = None


@dataclass(frozen=True)
class Promise:
    """An aim that was said to a person: by when somebody writes. Settled as `kept`, `broken` or `cancelled`."""

    id: int
    conversation: ConversationId
    made_at: datetime
    due: datetime
    breaks: int
    """How many promises to this person were broken before this one."""
    escalated: bool
    """Staff were called because it is nearly due."""
    outcome: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True)
class OnScreen:
    """One message, of either side, that stands in a messenger's chat."""

    conversation: ConversationId | None
    """None once the conversation is erased and only its screen is left to be cleared."""
    channel: str
    bot: str
    chat_sealed: bytes
    remote: str
    at: datetime
    due: datetime | None
    """When it is to be taken off; None: it stays."""
    id: int = 0
    """Set by the records when stored."""


@dataclass(frozen=True)
class Consent:
    """What the person agreed to, by which button, in which turn."""

    conversation: ConversationId
    scope: str
    organisation: OrganisationId
    act: str
    turn: int
    at: datetime


@dataclass(frozen=True)
class Erasure:
    """What is left of an erased conversation: that it was, when, and in which state."""

    code: CaseCode
    state: str
    at: datetime


@dataclass(frozen=True)
class Alert:
    """A call to staff, without text, name or language of the person."""

    id: int
    conversation: ConversationId | None
    code: CaseCode | None
    kind: str
    level: str
    at: datetime
    seen_at: datetime | None
    seen_by: MemberId | None


@dataclass(frozen=True)
class Organisation:
    """An organisation and its key pair; `waiting_private` exists only until the first supervisor finished set-up."""

    id: OrganisationId
    name: str
    home: bool
    public_key: bytes
    waiting_private: bytes | None
    recovery_wrapped: bytes | None


@dataclass(frozen=True)
class Member:
    """One member of staff. `key_wrapped` is the organisation's private key, wrapped for them: the grant."""

    id: MemberId
    organisation: OrganisationId
    name: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    active: bool
    created_at: datetime
    setup_hash: bytes | None = None
    setup_until: datetime | None = None
    public_key: bytes | None = None
    private_sealed: bytes | None = None
    """Private half under Argon2id(passphrase)."""
    totp_sealed: bytes | None = None
    """TOTP secret, sealed with the server key for purpose `totp:<id>`."""
    totp_last: int = 0
    """Last time step that was used: a code works once."""
    key_wrapped: bytes | None = None
    granted_by: MemberId | None = None
    granted_at: datetime | None = None
    failed: int = 0
    locked_until: datetime | None = None
    present_until: datetime | None = None
    """Signed in and seen lately; a vetted member with the key who is present is on duty."""
    checked: tuple[str, ...] = ()
    checked_by: MemberId | None = None
    checked_at: datetime | None = None
    conduct_at: datetime | None = None
    vetted_until: datetime | None = None
    approved_by: tuple[str, ...] = ()
    """The vetting, field by field: see `vetting`."""
    desk_language: str = ""
    """In which the desk speaks to them; empty: as their browser asks."""
    version: int = 0

    @property
    def vetting(self) -> Vetting:
        """What was checked of them, and who approved it."""
        return Vetting(
            self.checked, self.checked_by, self.checked_at, self.conduct_at, self.vetted_until, self.approved_by
        )

    @property
    def is_set_up(self) -> bool:
        """The one-time link was used and a key pair exists."""
        return self.public_key is not None

    @property
    def has_key(self) -> bool:
        """A supervisor granted the organisation's key."""
        return self.key_wrapped is not None


@dataclass(frozen=True)
class Statement:
    """What a supervisor signed: a point of the list for going live, and what it is about (a country, a language)."""

    point: str
    about: str
    member: MemberId
    at: datetime


@dataclass(frozen=True)
class AuditEntry:
    """One act, who, when and why, in codes; rows are chained by their hashes."""

    at: datetime
    actor: str
    """`person`, `program`, `operator` or a member's id."""
    act: str
    conversation: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    """Codes and numbers only, never words of a person."""
