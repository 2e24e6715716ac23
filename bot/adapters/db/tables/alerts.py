"""The tables of alerts, and of how staff are called for them outside the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
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
    literal_column,
)

from bot.adapters.db.tables.base import OF_CONVERSATION, OF_MEMBER, metadata, only
from bot.adapters.db.types import Moment, Serial


class _Alerts(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str | None] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    code: Named[str | None] = Column(String(16))
    kind: Named[str] = Column(String(64))
    level: Named[str] = Column(String(2))
    at: Named[datetime] = Column(Moment)
    seen_at: Named[datetime | None] = Column(Moment)
    seen_by: Named[str | None] = Column(String(64))


alerts: Final = Table("alerts", metadata, _Alerts, sqlite_autoincrement=True)

is_unseen: Final = alerts.c.seen_at.is_(None)
Index(None, alerts.c.conversation, alerts.c.kind)
Index("ix_alerts_unseen", alerts.c.id, **only(is_unseen))


class _Reach(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey(OF_MEMBER), primary_key=True)
    language: Named[str] = Column(String(8))
    telegram_sealed: Named[bytes | None] = Column(LargeBinary)
    mail_sealed: Named[bytes | None] = Column(LargeBinary)
    code_hash: Named[bytes | None] = Column(LargeBinary, unique=True)
    code_until: Named[datetime | None] = Column(Moment)
    mail_pending: Named[bytes | None] = Column(LargeBinary)
    mail_code: Named[bytes | None] = Column(LargeBinary)
    mail_code_until: Named[datetime | None] = Column(Moment)


reach: Final = Table("reach", metadata, _Reach)
"""How a member of staff is called outside the desk."""


class _Notices(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    alert: Named[int] = Column(Serial, ForeignKey("alerts.id", ondelete="CASCADE"))
    member: Named[str] = Column(String(64), ForeignKey(OF_MEMBER))
    way: Named[str] = Column(String(16))
    called_at: Named[datetime] = Column(Moment)
    next_at: Named[datetime] = Column(Moment)
    attempts: Named[int] = Column(Integer)
    state: Named[str] = Column(String(8))


notices: Final = Table("notices", metadata, _Notices, UniqueConstraint("alert", "member", "way"))
"""Who was called for an alert, by which way: each once."""

is_to_send: Final = notices.c.state == literal_column("'waiting'")
Index("ix_notices_due", notices.c.next_at, notices.c.id, **only(is_to_send))


class _Missed(TypedColumns):
    alert: Named[int] = Column(Serial, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True)
    at: Named[datetime] = Column(Moment)


missed: Final = Table("missed_alerts", metadata, _Missed)
"""Alerts that nobody answered while somebody was still to be called."""
