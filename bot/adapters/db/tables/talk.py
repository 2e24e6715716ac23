"""The tables of what people say: conversations, their keys and messages, and what the messages tell of."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Named,
    String,
    Table,
    TypedColumns,
    UniqueConstraint,
)

from bot.adapters.db.tables.base import OF_CONVERSATION, metadata, only
from bot.adapters.db.types import Codes, Moment, Serial


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
    interpreter: Named[str | None] = Column(String(64))
    interpreter_since: Named[datetime | None] = Column(Moment)
    interpreter_agreed: Named[bool] = Column(Boolean)
    interpreter_key: Named[bytes | None] = Column(LargeBinary)
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
Index(None, conversations.c.created_at)

has_interpreter: Final = conversations.c.interpreter.is_not(None)
Index("ix_conversations_interpreter", conversations.c.interpreter, **only(has_interpreter))

has_check_in: Final = conversations.c.plan_check_in_at.is_not(None)
Index("ix_conversations_check_in", conversations.c.plan_check_in_at, **only(has_check_in))


class _ConversationKeys(TypedColumns):
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    organisation: Named[str] = Column(String(64), primary_key=True)
    epoch: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    wrapped: Named[bytes] = Column(LargeBinary)


conversation_keys: Final = Table("conversation_keys", metadata, _ConversationKeys)


class _Messages(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
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
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    message: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)


observations: Final = Table("observations", metadata, _Observations)
Index(None, observations.c.conversation, observations.c.id)


class _Attachments(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    message: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)


attachments: Final = Table("attachments", metadata, _Attachments)
Index(None, attachments.c.conversation, attachments.c.id)


class _WaysBack(TypedColumns):
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    phrase_hash: Named[bytes] = Column(LargeBinary, unique=True)
    at: Named[datetime] = Column(Moment)


ways_back: Final = Table("ways_back", metadata, _WaysBack)


class _Erasures(TypedColumns):
    code: Named[str] = Column(String(16), primary_key=True)
    state: Named[str] = Column(String(16))
    at: Named[datetime] = Column(Moment)


erasures: Final = Table("erasures", metadata, _Erasures)
Index(None, erasures.c.at)
