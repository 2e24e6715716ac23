"""The tables of counts that erased conversations leave behind, and of sentences that reviewers wrote anew."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Column, Integer, Named, String, Table, Text, TypedColumns

from bot.adapters.db.tables.base import metadata
from bot.adapters.db.types import Codes, Moment, Serial


class _Tallies(TypedColumns):
    month: Named[str] = Column(String(7), primary_key=True)
    language: Named[str] = Column(String(8), primary_key=True)
    name: Named[str] = Column(String(32), primary_key=True)
    count: Named[int] = Column(Integer)


tallies: Final = Table("tallies", metadata, _Tallies)


class _ClosedMonths(TypedColumns):
    month: Named[str] = Column(String(7), primary_key=True)
    language: Named[str] = Column(String(8), primary_key=True)
    name: Named[str] = Column(String(32), primary_key=True)
    count: Named[int] = Column(Integer)


closed_months: Final = Table("closed_months", metadata, _ClosedMonths)
"""What was counted when a month was first shown; it stays, so that nothing later is read out of a difference."""


class _Corrections(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    language: Named[str] = Column(String(8))
    text: Named[str] = Column(Text)
    intent: Named[str] = Column(String(64))
    indicators: Named[tuple[str, ...]] = Column(Codes)
    urgency: Named[str] = Column(String(16))
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)


corrections: Final = Table("corrections", metadata, _Corrections)
"""Sentences for the reader to learn from; nothing tells from which talk they come."""
