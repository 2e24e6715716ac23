"""The table of notes from one shift to the next."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Named, String, Table, TypedColumns

from bot.adapters.db.tables.base import OF_MEMBER, metadata
from bot.adapters.db.types import Moment, Serial


class _ShiftNotes(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    organisation: Named[str] = Column(String(64), ForeignKey("organisations.id"))
    member: Named[str] = Column(String(64), ForeignKey(OF_MEMBER))
    sealed: Named[bytes] = Column(LargeBinary)
    at: Named[datetime] = Column(Moment)


shift_notes: Final = Table("shift_notes", metadata, _ShiftNotes)
"""What one shift leaves to the next, sealed to the organisation."""
Index(None, shift_notes.c.organisation, shift_notes.c.id)
