"""The tables of who works when, and of how staff are called outside the desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import (
    Column,
    Date,
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

from bot.adapters.db.types import Moment, Serial
from bot.adapters.db.vetting_tables import metadata

_OF_MEMBER: Final = "members.id"


class _Shifts(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey(_OF_MEMBER), primary_key=True)
    weekday: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    begins: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    ends: Named[int] = Column(Integer)


shifts: Final = Table("shifts", metadata, _Shifts)
"""Hours of every week, in minutes after midnight."""


class _ShiftDays(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey(_OF_MEMBER), primary_key=True)
    day: Named[date] = Column(Date, primary_key=True)
    begins: Named[int | None] = Column(Integer)
    ends: Named[int | None] = Column(Integer)


shift_days: Final = Table("shift_days", metadata, _ShiftDays)
"""Single days that differ; without hours: off."""


class _Holidays(TypedColumns):
    organisation: Named[str] = Column(String(64), ForeignKey("organisations.id"), primary_key=True)
    day: Named[date] = Column(Date, primary_key=True)


holidays: Final = Table("holidays", metadata, _Holidays)


class _Terms(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey(_OF_MEMBER), primary_key=True)
    zone: Named[str] = Column(String(64))
    capacity: Named[int] = Column(Integer)
    gender: Named[str] = Column(String(8))


terms: Final = Table("terms", metadata, _Terms)


class _Reach(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey(_OF_MEMBER), primary_key=True)
    language: Named[str] = Column(String(8))
    telegram_sealed: Named[bytes | None] = Column(LargeBinary)
    mail_sealed: Named[bytes | None] = Column(LargeBinary)
    code_hash: Named[bytes | None] = Column(LargeBinary, unique=True)
    code_until: Named[datetime | None] = Column(Moment)


reach: Final = Table("reach", metadata, _Reach)
"""How a member of staff is called outside the desk."""


class _Notices(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    alert: Named[int] = Column(Serial, ForeignKey("alerts.id", ondelete="CASCADE"))
    member: Named[str] = Column(String(64), ForeignKey(_OF_MEMBER))
    way: Named[str] = Column(String(16))
    called_at: Named[datetime] = Column(Moment)
    next_at: Named[datetime] = Column(Moment)
    attempts: Named[int] = Column(Integer)
    state: Named[str] = Column(String(8))


notices: Final = Table("notices", metadata, _Notices, UniqueConstraint("alert", "member", "way"))
"""Who was called for an alert, by which way: each once."""
is_to_send: Final = notices.c.state == literal_column("'waiting'")
Index("ix_notices_due", notices.c.next_at, notices.c.id, sqlite_where=is_to_send, postgresql_where=is_to_send)


class _Missed(TypedColumns):
    alert: Named[int] = Column(Serial, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True)
    at: Named[datetime] = Column(Moment)


missed: Final = Table("missed_alerts", metadata, _Missed)
"""Alerts that nobody answered while somebody was still to be called."""

__all__ = ["holidays", "is_to_send", "metadata", "missed", "notices", "reach", "shift_days", "shifts", "terms"]
