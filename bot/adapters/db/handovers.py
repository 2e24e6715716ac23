"""Notes from one shift to the next, sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import shift_notes
from bot.domain.codes import MemberId, OrganisationId
from bot.services.ports.handover import ShiftNote


class SqlHandovers:
    """Body of `HandoverRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, note: ShiftNote) -> None:
        """Store a note."""
        row = {"organisation": note.organisation, "member": note.member, "sealed": note.sealed, "at": note.at}
        await self._connection.execute(insert(shift_notes).values(row))

    async def of(self, organisation: OrganisationId) -> Sequence[ShiftNote]:
        """Give every note of an organisation, oldest first."""
        query = select(*shift_notes.c).where(shift_notes.c.organisation == organisation).order_by(shift_notes.c.id)
        return [
            ShiftNote(OrganisationId(it.organisation), MemberId(it.member), it.sealed, it.at, it.id)
            for it in await self._connection.execute(query)
        ]

    async def take_away(self, organisation: OrganisationId, note: int) -> bool:
        """Delete a note; False when there is none."""
        this = (shift_notes.c.id == note, shift_notes.c.organisation == organisation)
        return (await self._connection.execute(delete(shift_notes).where(*this))).rowcount == 1

    async def take_old_away(self, before: datetime) -> int:
        """Delete every note of before a time, and give how many."""
        return (await self._connection.execute(delete(shift_notes).where(shift_notes.c.at <= before))).rowcount
