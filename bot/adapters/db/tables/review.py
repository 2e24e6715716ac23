"""The tables of reviews: which cases are listed, what readers said, how they settled it, and signed weights."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Named,
    String,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
)

from bot.adapters.db.tables.base import OF_CONVERSATION, metadata, only
from bot.adapters.db.types import Moment, Serial


class _Flags(TypedColumns):
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"), primary_key=True)
    listed: Named[bool] = Column(Boolean)
    sealed: Named[bytes] = Column(LargeBinary)
    since: Named[datetime] = Column(Moment)
    changed_at: Named[datetime] = Column(Moment)


flags: Final = Table("flags", metadata, _Flags)

is_listed: Final = flags.c.listed.is_(True)
Index("ix_flags_listed", flags.c.changed_at, **only(is_listed))


class _Reviews(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    organisation: Named[str] = Column(String(64))
    upto: Named[int] = Column(Integer)
    began_at: Named[datetime] = Column(Moment)
    closed_at: Named[datetime | None] = Column(Moment)


reviews: Final = Table("reviews", metadata, _Reviews)
Index(None, reviews.c.conversation, reviews.c.organisation, reviews.c.id)


class _Readings(TypedColumns):
    review: Named[int] = Column(Serial, ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True)
    place: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    member: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    began_at: Named[datetime] = Column(Moment)
    done_at: Named[datetime | None] = Column(Moment)


readings: Final = Table("readings", metadata, _Readings, UniqueConstraint("review", "member"))
"""A reader has one place of a review; two at most, which the domain says."""


class _Settlements(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    review: Named[int] = Column(Serial, ForeignKey("reviews.id", ondelete="CASCADE"))
    member: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    reason_sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)


settlements: Final = Table("settlements", metadata, _Settlements)
Index(None, settlements.c.review, settlements.c.id)


class _Weights(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    set_name: Named[str] = Column(String(32))
    version: Named[str] = Column(String(64))
    source: Named[str] = Column(String(256))
    weights: Named[str] = Column(Text)
    digest: Named[str] = Column(String(16))
    entered_by: Named[str] = Column(String(64))
    entered_at: Named[datetime] = Column(Moment)
    signed_by: Named[str | None] = Column(String(64))
    signed_at: Named[datetime | None] = Column(Moment)


weights: Final = Table("weights", metadata, _Weights)
