"""The tables of referrals, and of the organisations that can be referred to."""

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
)

from bot.adapters.db.tables.base import OF_CONVERSATION, metadata
from bot.adapters.db.types import Codes, Moment

OF_ORGANISATION: Final = "organisations.id"


class _Partners(TypedColumns):
    organisation: Named[str] = Column(String(64), ForeignKey(OF_ORGANISATION), primary_key=True)
    kind: Named[str] = Column(String(16))
    helps: Named[tuple[str, ...]] = Column(Codes)
    countries: Named[tuple[str, ...]] = Column(Codes)
    languages: Named[tuple[str, ...]] = Column(Codes)
    vetted_until: Named[datetime | None] = Column(Moment)
    vetted_by: Named[str] = Column(String(64))
    vetted_at: Named[datetime] = Column(Moment)


partners: Final = Table("partners", metadata, _Partners)


class _Referrals(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    conversation: Named[str | None] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="SET NULL"))
    code: Named[str] = Column(String(16))
    number: Named[int] = Column(Integer)
    sender: Named[str] = Column(String(64), ForeignKey(OF_ORGANISATION))
    made_by: Named[str] = Column(String(64))
    made_at: Named[datetime] = Column(Moment)
    language: Named[str] = Column(String(8))
    level: Named[str] = Column(String(2))
    receiver: Named[str] = Column(String(64), ForeignKey(OF_ORGANISATION))
    what: Named[str] = Column(String(16))
    parts: Named[tuple[str, ...]] = Column(Codes)
    state: Named[str] = Column(String(16))
    reason: Named[str] = Column(String(16))
    asked_at: Named[datetime | None] = Column(Moment)
    agreed_at: Named[datetime | None] = Column(Moment)
    sent_at: Named[datetime | None] = Column(Moment)
    answered_at: Named[datetime | None] = Column(Moment)
    contacted_at: Named[datetime | None] = Column(Moment)
    ended_at: Named[datetime | None] = Column(Moment)
    epoch: Named[int] = Column(Integer)
    own_sealed: Named[bytes | None] = Column(LargeBinary)
    sent_sealed: Named[bytes | None] = Column(LargeBinary)
    accepted_by: Named[str | None] = Column(String(64))
    version: Named[int] = Column(Integer)


referrals: Final = Table("referrals", metadata, _Referrals, UniqueConstraint("conversation", "number"))
Index(None, referrals.c.receiver, referrals.c.state)
Index(None, referrals.c.sender, referrals.c.made_at)
