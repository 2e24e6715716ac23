"""The tables of readings without a yes, and of who is named as duty lead."""

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
    or_,
)

from bot.adapters.db.tables.base import OF_CONVERSATION, OF_MEMBER, metadata, only
from bot.adapters.db.tables.talk import conversations
from bot.adapters.db.types import Moment, Serial


class _Accesses(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    lead: Named[str] = Column(String(64), ForeignKey(OF_MEMBER))
    ground: Named[str] = Column(String(16))
    reason: Named[bytes] = Column(LargeBinary)
    asked_at: Named[datetime] = Column(Moment)
    opened_at: Named[datetime | None] = Column(Moment)
    answer: Named[str] = Column(String(16))
    answered_by: Named[str | None] = Column(String(64))
    answered_at: Named[datetime | None] = Column(Moment)
    ended_at: Named[datetime | None] = Column(Moment)
    told_at: Named[datetime | None] = Column(Moment)


accesses: Final = Table("accesses", metadata, _Accesses)

is_unanswered: Final = accesses.c.answer == literal_column("''")
Index(None, accesses.c.conversation, accesses.c.asked_at)
Index("ix_accesses_unanswered", accesses.c.asked_at, **only(is_unanswered))


is_marked: Final = or_(*[conversations.c.level == literal_column(f"'{level}'") for level in ("P0", "P1")])
"""Marked as danger: few at any time, and asked for often."""
Index("ix_conversations_marked", conversations.c.level, conversations.c.last_inbound, **only(is_marked))


class _Leads(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    organisation: Named[str] = Column(String(64), ForeignKey("organisations.id"))
    member: Named[str] = Column(String(64), ForeignKey(OF_MEMBER))
    weekday: Named[int | None] = Column(Integer)
    day: Named[date | None] = Column(Date)
    begins: Named[int] = Column(Integer)
    ends: Named[int] = Column(Integer)


leads: Final = Table(
    "leads",
    metadata,
    _Leads,
    UniqueConstraint("organisation", "weekday", "begins"),
    UniqueConstraint("organisation", "day", "begins"),
)
"""Who is named as duty lead: hours of every week, or of one day; of two that begin together the newer counts."""
