"""The tables of what the desk changed of content, and of who tried and read it; nothing of a person."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, Column, Index, Named, String, Table, Text, TypedColumns

from bot.adapters.db.tables.base import metadata
from bot.adapters.db.types import Codes, Moment, Serial


class _ContactOverlays(TypedColumns):
    name: Named[str] = Column(String(255), primary_key=True)
    row: Named[str | None] = Column(Text)
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)


contact_overlays: Final = Table("contact_overlays", metadata, _ContactOverlays)
"""Rows of contacts as the desk changed them; without a row: withdrawn."""


class _TrialCalls(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    row: Named[str] = Column(String(64))
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)
    place: Named[str] = Column(String(16))
    answered: Named[str] = Column(String(16))
    languages: Named[tuple[str, ...]] = Column(Codes)
    outcome: Named[str] = Column(String(16))


trial_calls: Final = Table("trial_calls", metadata, _TrialCalls)
Index(None, trial_calls.c.row)


class _Wordings(TypedColumns):
    language: Named[str] = Column(String(8), primary_key=True)
    key: Named[str] = Column(String(128), primary_key=True)
    in_use: Named[bool] = Column(Boolean, primary_key=True)
    text: Named[str] = Column(Text)
    base: Named[str] = Column(String(64))
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)
    used_by: Named[str | None] = Column(String(64))
    used_at: Named[datetime | None] = Column(Moment)


wordings: Final = Table("wordings", metadata, _Wordings)
"""Sentences of ours in another wording: the proposed one and the one in use."""


class _WordReviews(TypedColumns):
    sentence: Named[str] = Column(String(64), primary_key=True)
    by: Named[str] = Column(String(64), primary_key=True)
    language: Named[str] = Column(String(8))
    key: Named[str] = Column(String(128))
    at: Named[datetime] = Column(Moment)


word_reviews: Final = Table("word_reviews", metadata, _WordReviews)
