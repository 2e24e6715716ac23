"""The tables of what was agreed, promised and noted of a conversation."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Named, String, Table, TypedColumns

from bot.adapters.db.tables.base import OF_CONVERSATION, metadata, only
from bot.adapters.db.types import Moment, Serial


class _Consents(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    scope: Named[str] = Column(String(64))
    organisation: Named[str] = Column(String(64))
    act: Named[str] = Column(String(64))
    turn: Named[int] = Column(Integer)
    at: Named[datetime] = Column(Moment)


consents: Final = Table("consents", metadata, _Consents)
Index(None, consents.c.conversation, consents.c.id)


class _Promises(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    made_at: Named[datetime] = Column(Moment)
    due: Named[datetime] = Column(Moment)
    breaks: Named[int] = Column(Integer)
    escalated: Named[bool] = Column(Boolean)
    outcome: Named[str] = Column(String(16))
    settled_at: Named[datetime | None] = Column(Moment)


promises: Final = Table("promises", metadata, _Promises)

is_promised: Final = promises.c.settled_at.is_(None)
Index(None, promises.c.conversation, promises.c.id)
Index("ix_promises_open", promises.c.due, promises.c.id, **only(is_promised))


class _LeftAlone(TypedColumns):
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    closed_by: Named[str] = Column(String(64))
    closed_at: Named[datetime] = Column(Moment)
    until: Named[datetime] = Column(Moment)
    asked_by: Named[str | None] = Column(String(64))
    asked_at: Named[datetime | None] = Column(Moment)
    confirmed_by: Named[str | None] = Column(String(64))
    confirmed_at: Named[datetime | None] = Column(Moment)
    lifted_by: Named[str | None] = Column(String(64))


left_alone: Final = Table("left_alone", metadata, _LeftAlone)
"""Contacts that were closed as abusive."""
Index(None, left_alone.c.closed_at)


class _Notes(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey("conversations.id", ondelete="CASCADE"))
    member: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)
    beside: Named[int | None] = Column(Integer)


notes: Final = Table("notes", metadata, _Notes)
Index(None, notes.c.conversation)
