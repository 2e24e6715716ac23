"""The tables. What is sealed, and with which key, stands in docs/data-inventory.md.

Everything that belongs to a conversation hangs on it by a foreign key with ON DELETE CASCADE. Every question that is
asked while people talk is answered from an index on (conversation, id), so nothing slows down as a talk grows.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    String,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    literal_column,
    or_,
)

from bot.adapters.db.types import Codes, Moment, Serial
from bot.services.records import OutboxState

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_OF_CONVERSATION: Final = "conversations.id"


def _only(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Limit an index to the rows that its queries ask for."""
    return {"sqlite_where": condition, "postgresql_where": condition}


class _Conversations(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    code: Named[str] = Column(String(16), unique=True)
    chat_hash: Named[bytes] = Column(LargeBinary, unique=True)
    channel: Named[str] = Column(String(32))
    bot: Named[str] = Column(String(64))
    chat_sealed: Named[bytes] = Column(LargeBinary)
    language: Named[str] = Column(String(8))
    language_chosen: Named[bool] = Column(Boolean)
    public_key: Named[bytes] = Column(LargeBinary)
    state: Named[str] = Column(String(16))
    since: Named[datetime] = Column(Moment)
    counsellor: Named[str | None] = Column(String(64))
    receiver: Named[str | None] = Column(String(64))
    due: Named[datetime | None] = Column(Moment)
    front: Named[bool] = Column(Boolean)
    outcome: Named[str] = Column(String(64))
    told: Named[tuple[str, ...]] = Column(Codes)
    paused: Named[bool] = Column(Boolean)
    covered: Named[bool] = Column(Boolean)
    unreachable: Named[bool] = Column(Boolean)
    level: Named[str] = Column(String(2))
    turn: Named[int] = Column(Integer)
    version: Named[int] = Column(Integer)
    created_at: Named[datetime] = Column(Moment)
    last_inbound: Named[datetime | None] = Column(Moment)
    opened_at: Named[datetime | None] = Column(Moment)
    offered_at: Named[datetime | None] = Column(Moment)
    safety_declined_at: Named[datetime | None] = Column(Moment)
    trouble_said_at: Named[datetime | None] = Column(Moment)
    keep_until: Named[datetime | None] = Column(Moment)
    state_sealed: Named[bytes] = Column(LargeBinary)
    plan_may_write: Named[bool] = Column(Boolean)
    plan_parts: Named[tuple[str, ...]] = Column(Codes)
    plan_offset: Named[int | None] = Column(Integer)
    plan_until: Named[datetime | None] = Column(Moment)
    plan_check_ins: Named[bool] = Column(Boolean)
    plan_check_in_at: Named[datetime | None] = Column(Moment)
    plan_knocked_at: Named[datetime | None] = Column(Moment)
    remember_days: Named[int | None] = Column(Integer)
    remember_asked: Named[int] = Column(Integer)
    wish_language: Named[str] = Column(String(8))
    wish_gender: Named[str] = Column(String(8))
    covered_at: Named[datetime | None] = Column(Moment)
    clears: Named[bool] = Column(Boolean)
    last_seq: Named[int] = Column(Integer, default=0)
    lease_token: Named[str | None] = Column(String(64))
    lease_until: Named[datetime | None] = Column(Moment)


conversations: Final = Table("conversations", metadata, _Conversations)
Index(None, conversations.c.state, conversations.c.since)
Index(None, conversations.c.counsellor)
Index(None, conversations.c.last_inbound)
has_check_in: Final = conversations.c.plan_check_in_at.is_not(None)
Index("ix_conversations_check_in", conversations.c.plan_check_in_at, **_only(has_check_in))


class _ConversationKeys(TypedColumns):
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    organisation: Named[str] = Column(String(64), primary_key=True)
    wrapped: Named[bytes] = Column(LargeBinary)


conversation_keys: Final = Table("conversation_keys", metadata, _ConversationKeys)


class _Inbox(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    channel: Named[str] = Column(String(32))
    bot: Named[str] = Column(String(64))
    update_id: Named[str] = Column(String(128))
    kind: Named[str] = Column(String(16))
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    payload: Named[bytes | None] = Column(LargeBinary)
    received_at: Named[datetime] = Column(Moment)
    next_at: Named[datetime] = Column(Moment)
    attempts: Named[int] = Column(Integer, default=0)
    turn: Named[int | None] = Column(Integer)


inbox: Final = Table(
    "inbox", metadata, _Inbox, UniqueConstraint("channel", "bot", "update_id"), sqlite_autoincrement=True
)
Index(None, inbox.c.conversation, inbox.c.turn, inbox.c.id)
is_uncommitted: Final = inbox.c.turn.is_(None)
Index("ix_inbox_waiting", inbox.c.id, **_only(is_uncommitted))


class _Messages(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    seq: Named[int] = Column(Integer)
    turn: Named[int] = Column(Integer)
    author: Named[str] = Column(String(16))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)
    member: Named[str | None] = Column(String(64))
    read: Named[bool] = Column(Boolean)
    outbox: Named[int | None] = Column(BigInteger)
    covered: Named[bool] = Column(Boolean)
    remote: Named[str] = Column(String(64))


messages: Final = Table("messages", metadata, _Messages, UniqueConstraint("conversation", "seq"))


class _Observations(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    message: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)


observations: Final = Table("observations", metadata, _Observations)
Index(None, observations.c.conversation, observations.c.id)


class _Outbox(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str | None] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    kind: Named[str] = Column(String(16))
    channel: Named[str] = Column(String(32))
    bot: Named[str] = Column(String(64))
    chat_sealed: Named[bytes] = Column(LargeBinary)
    payload: Named[bytes | None] = Column(LargeBinary)
    has_buttons: Named[bool] = Column(Boolean)
    state: Named[str] = Column(String(16))
    created_at: Named[datetime] = Column(Moment)
    next_at: Named[datetime] = Column(Moment)
    attempts: Named[int] = Column(Integer, default=0)
    repeats: Named[int] = Column(Integer, default=0)
    held: Named[str] = Column(String(128), default="")
    remote: Named[str] = Column(String(128), default="")
    delivered_at: Named[datetime | None] = Column(Moment)


outbox: Final = Table("outbox", metadata, _Outbox, sqlite_autoincrement=True)
Index(None, outbox.c.conversation, outbox.c.state, outbox.c.has_buttons, outbox.c.id)


def _is_any(*states: OutboxState) -> ColumnElement[bool]:
    """Written out, never bound: a partial index is used only by a query that holds its very condition."""
    return or_(*[outbox.c.state == literal_column(f"'{state}'") for state in states])


is_waiting: Final = _is_any("waiting")
is_sending: Final = _is_any("sending")
is_open: Final = _is_any("waiting", "sending")
Index("ix_outbox_due", outbox.c.next_at, outbox.c.id, **_only(is_waiting))
Index("ix_outbox_sending", outbox.c.id, **_only(is_sending))


class _OnScreen(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str | None] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    channel: Named[str] = Column(String(32))
    bot: Named[str] = Column(String(64))
    chat_sealed: Named[bytes] = Column(LargeBinary)
    remote: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)
    due: Named[datetime | None] = Column(Moment)
    state: Named[str] = Column(String(8))
    attempts: Named[int] = Column(Integer)
    ended_at: Named[datetime | None] = Column(Moment)


on_screen: Final = Table("on_screen", metadata, _OnScreen)
"""The ledger of what stands in a messenger's chat: what was taken off it, and what could not be."""
is_shown: Final = on_screen.c.state == literal_column("'shown'")
Index(None, on_screen.c.conversation, on_screen.c.state, on_screen.c.remote)
Index("ix_on_screen_due", on_screen.c.due, on_screen.c.id, **_only(is_shown))


class _Organisations(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    name: Named[str] = Column(String(128), unique=True)
    home: Named[bool] = Column(Boolean)
    public_key: Named[bytes] = Column(LargeBinary)
    waiting_private: Named[bytes | None] = Column(LargeBinary)
    recovery_wrapped: Named[bytes | None] = Column(LargeBinary)


organisations: Final = Table("organisations", metadata, _Organisations)
is_home: Final = organisations.c.home.is_(True)
Index("uq_organisations_home", organisations.c.home, unique=True, **_only(is_home))


class _Members(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    organisation: Named[str] = Column(String(64), ForeignKey("organisations.id"))
    name: Named[str] = Column(String(128), unique=True)
    roles: Named[tuple[str, ...]] = Column(Codes)
    languages: Named[tuple[str, ...]] = Column(Codes)
    active: Named[bool] = Column(Boolean)
    created_at: Named[datetime] = Column(Moment)
    setup_hash: Named[bytes | None] = Column(LargeBinary, unique=True)
    setup_until: Named[datetime | None] = Column(Moment)
    public_key: Named[bytes | None] = Column(LargeBinary)
    private_sealed: Named[bytes | None] = Column(LargeBinary)
    totp_sealed: Named[bytes | None] = Column(LargeBinary)
    totp_last: Named[int] = Column(BigInteger)
    key_wrapped: Named[bytes | None] = Column(LargeBinary)
    granted_by: Named[str | None] = Column(String(64))
    granted_at: Named[datetime | None] = Column(Moment)
    failed: Named[int] = Column(Integer)
    locked_until: Named[datetime | None] = Column(Moment)
    present_until: Named[datetime | None] = Column(Moment)
    checked: Named[tuple[str, ...]] = Column(Codes)
    checked_by: Named[str | None] = Column(String(64))
    checked_at: Named[datetime | None] = Column(Moment)
    conduct_at: Named[datetime | None] = Column(Moment)
    vetted_until: Named[datetime | None] = Column(Moment)
    approved_by: Named[tuple[str, ...]] = Column(Codes)
    version: Named[int] = Column(Integer)


members: Final = Table("members", metadata, _Members)


class _Consents(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    scope: Named[str] = Column(String(64))
    organisation: Named[str] = Column(String(64))
    act: Named[str] = Column(String(64))
    turn: Named[int] = Column(Integer)
    at: Named[datetime] = Column(Moment)


consents: Final = Table("consents", metadata, _Consents)
Index(None, consents.c.conversation, consents.c.id)


class _Promises(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    made_at: Named[datetime] = Column(Moment)
    due: Named[datetime] = Column(Moment)
    breaks: Named[int] = Column(Integer)
    escalated: Named[bool] = Column(Boolean)
    outcome: Named[str] = Column(String(16))
    settled_at: Named[datetime | None] = Column(Moment)


promises: Final = Table("promises", metadata, _Promises)
is_promised: Final = promises.c.settled_at.is_(None)
Index(None, promises.c.conversation, promises.c.id)
Index("ix_promises_open", promises.c.due, promises.c.id, **_only(is_promised))


class _ContactReviews(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    row: Named[str] = Column(String(64))
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)
    until: Named[datetime] = Column(Moment)


contact_reviews: Final = Table("contact_reviews", metadata, _ContactReviews)
Index(None, contact_reviews.c.until)


class _Attachments(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    message: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)


attachments: Final = Table("attachments", metadata, _Attachments)
Index(None, attachments.c.conversation, attachments.c.id)


class _Alerts(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str | None] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"))
    code: Named[str | None] = Column(String(16))
    kind: Named[str] = Column(String(64))
    level: Named[str] = Column(String(2))
    at: Named[datetime] = Column(Moment)
    seen_at: Named[datetime | None] = Column(Moment)
    seen_by: Named[str | None] = Column(String(64))


alerts: Final = Table("alerts", metadata, _Alerts, sqlite_autoincrement=True)
is_unseen: Final = alerts.c.seen_at.is_(None)
Index(None, alerts.c.conversation, alerts.c.kind)
Index("ix_alerts_unseen", alerts.c.id, **_only(is_unseen))


class _Audit(TypedColumns):
    number: Named[int] = Column(Serial, primary_key=True, autoincrement=False)
    at: Named[datetime] = Column(Moment)
    actor: Named[str] = Column(String(64))
    act: Named[str] = Column(String(64))
    conversation: Named[str] = Column(String(64))
    detail: Named[str] = Column(Text)
    hash: Named[bytes] = Column(LargeBinary)


audit: Final = Table("audit", metadata, _Audit)
Index(None, audit.c.conversation, audit.c.act)
Index(None, audit.c.actor, audit.c.act)


class _AuditHead(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    number: Named[int] = Column(BigInteger)
    hash: Named[bytes] = Column(LargeBinary)


audit_head: Final = Table("audit_head", metadata, _AuditHead)


class _Facts(TypedColumns):
    name: Named[str] = Column(String(64), primary_key=True)
    value: Named[str] = Column(Text)


facts: Final = Table("facts", metadata, _Facts)


class _WaysBack(TypedColumns):
    conversation: Named[str] = Column(String(64), ForeignKey(_OF_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    phrase_hash: Named[bytes] = Column(LargeBinary, unique=True)
    at: Named[datetime] = Column(Moment)


ways_back: Final = Table("ways_back", metadata, _WaysBack)


class _Erasures(TypedColumns):
    code: Named[str] = Column(String(16), primary_key=True)
    state: Named[str] = Column(String(16))
    at: Named[datetime] = Column(Moment)


erasures: Final = Table("erasures", metadata, _Erasures)
Index(None, erasures.c.at)
