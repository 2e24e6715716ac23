"""What counsellors note of a conversation, and hand over with it: sealed to the conversation like its messages.

Notes are read by whoever holds the conversation, and by nobody else; they go with it when it is erased.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.codes import ConversationId
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

    async def read(self, session: Session, conversation: ConversationId) -> Sequence[NoteView]:
        """Open every note, the newest first. Raises NoSuchConversation."""
        async with self._door.records.look() as tx:
            await self._door.enter_held(tx, session, conversation)
            if session.organisation_key is None:
                raise NoSuchConversation
            wrapped = await tx.conversations.wrapped_key(conversation, session.member.organisation)
            # What an interpreter wrote beside a message is shown there.
            written = [it for it in await tx.notes.of(conversation) if it.beside is None]
            names = await tx.staff.names() if written else {}
        if not written:
            return []
        texts = await asyncio.to_thread(self._open, session.organisation_key, wrapped or b"", written)
        names[session.member.id] = ""
        return [
            NoteView(names.get(note.member, ""), text or "", note.at, text is None)
            for note, text in reversed(list(zip(written, texts, strict=True)))
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
