"""The tables of the installation itself: its facts and statements, tried contacts, and the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Named, String, Table, Text, TypedColumns

from bot.adapters.db.tables.base import metadata
from bot.adapters.db.types import Moment, Serial


class _Facts(TypedColumns):
    name: Named[str] = Column(String(64), primary_key=True)
    value: Named[str] = Column(Text)


facts: Final = Table("facts", metadata, _Facts)


class _ContactReviews(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    row: Named[str] = Column(String(64))
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)
    until: Named[datetime] = Column(Moment)


contact_reviews: Final = Table("contact_reviews", metadata, _ContactReviews)
Index(None, contact_reviews.c.until)


class _Statements(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    point: Named[str] = Column(String(32))
    about: Named[str] = Column(String(16))
    member: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)


statements: Final = Table("statements", metadata, _Statements)
"""What supervisors signed on the way to going live."""
Index(None, statements.c.point, statements.c.about)


class _Audit(TypedColumns):
    number: Named[int] = Column(Serial, primary_key=True, autoincrement=False)
    at: Named[datetime] = Column(Moment)
    actor: Named[str] = Column(String(64))
    act: Named[str] = Column(String(64))
    conversation: Named[str] = Column(String(64))
    detail: Named[str] = Column(Text)
    hash: Named[bytes] = Column(LargeBinary)


audit: Final = Table("audit", metadata, _Audit)
Index(None, audit.c.conversation, audit.c.act)
Index(None, audit.c.actor, audit.c.act)


class _AuditHead(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    number: Named[int] = Column(BigInteger)
    hash: Named[bytes] = Column(LargeBinary)


audit_head: Final = Table("audit_head", metadata, _AuditHead)
