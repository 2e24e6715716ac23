"""The tables of whom a member must not be given, and of what supervisors signed on the way to going live."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Named, String, Table, TypedColumns

from bot.adapters.db.tables import metadata
from bot.adapters.db.types import Moment, Serial


class _Blocks(TypedColumns):
    member: Named[str] = Column(String(64), ForeignKey("members.id"), primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    by: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)


blocks: Final = Table("blocks", metadata, _Blocks)
"""Which conversations a member must not be given."""
Index(None, blocks.c.conversation)


class _Statements(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    point: Named[str] = Column(String(32))
    about: Named[str] = Column(String(16))
    member: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)


statements: Final = Table("statements", metadata, _Statements)
"""What supervisors signed on the way to going live."""
Index(None, statements.c.point, statements.c.about)

__all__ = ["blocks", "metadata", "statements"]
