"""What counsellors note of a conversation, and hand over with it: sealed to the conversation like its messages.

Notes are read by whoever holds the conversation, and by nobody else; they go with it when it is erased.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.codes import ConversationId, MemberId
from bot.errors import CannotOpen
from bot.services.counsel import clean
from bot.services.door import Door, NoSuchConversation, NotAllowed
from bot.services.ports import Note
from bot.services.sign_in import Session

LONGEST_NOTE: Final = 4000
"""Characters of one note."""


@dataclass(frozen=True)
class NoteView:
    """One note as the holder reads it."""

    name: str
    """Who wrote it; empty when it is the reader."""
    text: str = field(repr=False)
    at: datetime
    damaged: bool = False
    """It cannot be opened; its text is empty."""


class CaseNotes:
    """Lets the holder of a conversation write notes and read all of them."""

    def __init__(self, door: Door) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door

    async def add(self, session: Session, conversation: ConversationId, text: str) -> None:
        """Keep a note; the person never sees it. Raises NoSuchConversation or NotAllowed."""
        text = clean(text)
        if not 0 < len(text) <= LONGEST_NOTE:
            raise NotAllowed("note")
        now = self._door.clock.now()
        async with self._door.records.begin() as tx:
            found = await self._door.enter_held(tx, session, conversation)
            sealed = self._door.vault.seal_to(found.public_key, text.encode())
            await tx.notes.add(Note(conversation, session.member.id, sealed, now))
            await self._door.audit(tx, session, found, "noted")

    async def open(
        self, session: Session, wrapped: bytes, written: Sequence[Note], names: Mapping[MemberId, str]
    ) -> Sequence[NoteView]:
        """Open for the holder what counsellors noted, the newest first. Raises NoSuchConversation."""
        if session.organisation_key is None:
            raise NoSuchConversation
        # What an interpreter wrote beside a message is shown there.
        notes = [it for it in written if it.beside is None]
        if not notes:
            return []
        texts = await asyncio.to_thread(self._open, session.organisation_key, wrapped, notes)
        return [
            NoteView(
                "" if it.member == session.member.id else names.get(it.member, ""), text or "", it.at, text is None
            )
            for it, text in reversed(list(zip(notes, texts, strict=True)))
        ]

    def _open(self, organisation_key: bytes, wrapped: bytes, written: Sequence[Note]) -> list[str | None]:
        private = self._door.vault.open_with(organisation_key, wrapped)
        return [self._open_one(private, note) for note in written]

    def _open_one(self, private: bytes, note: Note) -> str | None:
        """One damaged note must not hide the others; None tells that it is."""
        try:
            return self._door.vault.open_with(private, note.sealed).decode()
        except (CannotOpen, UnicodeDecodeError):
            return None
