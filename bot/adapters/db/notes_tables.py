"""The table of what counsellors note of a conversation; with it all tables are known."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Named, String, Table, TypedColumns

from bot.adapters.db.roster_tables import metadata
from bot.adapters.db.types import Moment, Serial


class _Notes(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str] = Column(String(64), ForeignKey("conversations.id", ondelete="CASCADE"))
    member: Named[str] = Column(String(64))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)


notes: Final = Table("notes", metadata, _Notes)
Index(None, notes.c.conversation)

__all__ = ["metadata", "notes"]
