"""What the page of whoever holds a conversation shows of what only they see: gathered in one look, behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.codes import ConversationId
from bot.services.case_notes import CaseNotes, NoteView
from bot.services.counsel import Counsel
from bot.services.door import Door
from bot.services.interpreters import Interpreters, LineView
from bot.services.ports import Transaction
from bot.services.reading import read_allowed
from bot.services.records import Conversation, Member
from bot.services.sign_in import Session
from bot.services.transcript import MessageView
from bot.services.transfer import Receivers, Transfers


@dataclass(frozen=True)
class Free:
    """To whom the holder could turn now."""

    receivers: Receivers
    interpreters: Sequence[Member]


@dataclass(frozen=True)
class Held:
    """The page's part that is the holder's alone."""

    messages: Sequence[MessageView]
    lines: Sequence[LineView]
    """What interpreters wrote."""
    notes: Sequence[NoteView]
    free: Free


class Holding:
    """Gathers what the holder of a conversation sees."""

    def __init__(
        self, door: Door, counsel: Counsel, transfers: Transfers, interpreters: Interpreters, notes: CaseNotes
    ) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._counsel = counsel
        self._transfers = transfers
        self._interpreters = interpreters
        self._notes = notes

    async def page(self, session: Session, conversation: ConversationId, after: int | None) -> Held:
        """Open a page of messages after a place, or the last ones, and the rest. Raises NoSuchConversation."""
        await self._counsel.note_reading(session, conversation)
        async with self._door.records.look() as tx:
            found = await self._door.enter_held(tx, session, conversation)
            sealed = await read_allowed(tx, session, conversation, after)
            written = await tx.notes.of(conversation)
            free = await self._free(tx, session, found)
        names = sealed.part.names
        return Held(
            await sealed.open(self._door, session),
            await self._interpreters.open_lines(session, sealed.wrapped, written, names),
            await self._notes.open(session, sealed.wrapped, written, names),
            free,
        )

    async def free(self, session: Session, conversation: ConversationId) -> Free:
        """Give to whom the holder could turn now. Raises NoSuchConversation."""
        async with self._door.records.look() as tx:
            return await self._free(tx, session, await self._door.enter_held(tx, session, conversation))

    async def _free(self, tx: Transaction, session: Session, found: Conversation) -> Free:
        present = await tx.staff.present(self._door.clock.now())
        return Free(
            await self._transfers.receivers_among(tx, found, present),
            await self._interpreters.free_among(tx, session, found, present),
        )
