"""The tables of who works when."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Column, Date, ForeignKey, Integer, Named, String, Table, TypedColumns

from bot.adapters.db.tables.base import OF_MEMBER, metadata


class _Shifts(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey(OF_MEMBER), primary_key=True)
    weekday: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    begins: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    ends: Named[int] = Column(Integer)


shifts: Final = Table("shifts", metadata, _Shifts)
"""Hours of every week, in minutes after midnight."""


class _ShiftDays(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey(OF_MEMBER), primary_key=True)
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
    member: Named[str] = Column(String(64), ForeignKey(OF_MEMBER), primary_key=True)
    zone: Named[str] = Column(String(64))
    capacity: Named[int] = Column(Integer)
    gender: Named[str] = Column(String(8))


terms: Final = Table("terms", metadata, _Terms)
