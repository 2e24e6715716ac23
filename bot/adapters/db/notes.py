"""What counsellors note of a conversation, sealed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import notes
from bot.domain.codes import ConversationId, MemberId
from bot.services.ports import Note


class SqlNotes:
    """Body of `NoteRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, note: Note) -> None:
        """Store a note."""
        await self._connection.execute(insert(notes).values(vars(note)))

    async def of(self, conversation: ConversationId) -> Sequence[Note]:
        """Give every note of a conversation, oldest first."""
        query = select(*notes.c).where(notes.c.conversation == conversation).order_by(notes.c.id)
        rows = await self._connection.execute(query)
        return [Note(ConversationId(it.conversation), MemberId(it.member), it.sealed, it.at, it.beside) for it in rows]
