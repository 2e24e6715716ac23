"""The tables of who works here: organisations, members, and whom a member must not be given."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Named,
    String,
    Table,
    TypedColumns,
)

from bot.adapters.db.tables.base import metadata, only
from bot.adapters.db.types import Codes, Moment


class _Organisations(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    name: Named[str] = Column(String(128), unique=True)
    home: Named[bool] = Column(Boolean)
    public_key: Named[bytes] = Column(LargeBinary)
    waiting_private: Named[bytes | None] = Column(LargeBinary)
    recovery_wrapped: Named[bytes | None] = Column(LargeBinary)


organisations: Final = Table("organisations", metadata, _Organisations)

is_home: Final = organisations.c.home.is_(True)
Index("uq_organisations_home", organisations.c.home, unique=True, **only(is_home))


class _Members(TypedColumns):
    id: Named[str] = Column(String(64), primary_key=True)
    organisation: Named[str] = Column(String(64), ForeignKey("organisations.id"))
    name: Named[str] = Column(String(128), unique=True)
    roles: Named[tuple[str, ...]] = Column(Codes)
    languages: Named[tuple[str, ...]] = Column(Codes)
    active: Named[bool] = Column(Boolean)
    created_at: Named[datetime] = Column(Moment)
    setup_hash: Named[bytes | None] = Column(LargeBinary, unique=True)
    setup_until: Named[datetime | None] = Column(Moment)
    public_key: Named[bytes | None] = Column(LargeBinary)
    private_sealed: Named[bytes | None] = Column(LargeBinary)
    totp_sealed: Named[bytes | None] = Column(LargeBinary)
    totp_last: Named[int] = Column(BigInteger)
    key_wrapped: Named[bytes | None] = Column(LargeBinary)
    granted_by: Named[str | None] = Column(String(64))
    granted_at: Named[datetime | None] = Column(Moment)
    failed: Named[int] = Column(Integer)
    locked_until: Named[datetime | None] = Column(Moment)
    present_until: Named[datetime | None] = Column(Moment)
    checked: Named[tuple[str, ...]] = Column(Codes)
    checked_by: Named[str | None] = Column(String(64))
    checked_at: Named[datetime | None] = Column(Moment)
    conduct_at: Named[datetime | None] = Column(Moment)
    vetted_until: Named[datetime | None] = Column(Moment)
    approved_by: Named[tuple[str, ...]] = Column(Codes)
    desk_language: Named[str] = Column(String(8))
    version: Named[int] = Column(Integer)


members: Final = Table("members", metadata, _Members)


class _Blocks(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey("members.id"), primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)


blocks: Final = Table("blocks", metadata, _Blocks)
"""Which conversations a member must not be given."""
Index(None, blocks.c.conversation)
