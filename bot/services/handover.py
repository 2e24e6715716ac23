"""Notes from one shift to the next: what whoever comes should know, sealed to the organisation and gone in a week.

They are about the work, not about a person: what belongs to a conversation is noted there, and erased with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import OrganisationId
from bot.errors import CannotOpen
from bot.services.counsel import clean
from bot.services.door import NotAllowed
from bot.services.ports import Clock, Records, Transaction, Vault
from bot.services.ports.handover import ShiftNote
from bot.services.records import AuditEntry, Organisation
from bot.services.sign_in import Session
from bot.services.staff import Refused

LONGEST: Final = 2000
KEPT_FOR: Final = timedelta(days=7)


@dataclass(frozen=True)
class ShiftNoteView:
    """One note as it is read."""

    id: int
    name: str
    """Who wrote it; empty when it is the reader."""
    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class Handovers:
    """Lets members who hold the organisation's key write to whoever comes next. One of the clock's works, too."""

    records: Records
    vault: Vault
    clock: Clock

    async def write(self, session: Session, text: str) -> None:
        """Keep a note. Raises NotAllowed: `note`, `key`, or Refused: `role`."""
        text = clean(text)
        if not 0 < len(text) <= LONGEST:
            raise NotAllowed("note")
        if session.organisation_key is None:
            raise NotAllowed("key")
        now = self.clock.now()
        async with self.records.begin() as tx:
            home = await _home(tx, session)
            sealed = self.vault.seal_to(home.public_key, text.encode())
            await tx.handovers.add(ShiftNote(home.id, session.member.id, sealed, now))
            await tx.casework.add_audit(AuditEntry(now, session.member.id, "shift_note_written"))

    async def read(self, session: Session) -> Sequence[ShiftNoteView]:
        """Open every note, the newest first; nothing to who does not hold the key. Raises Refused: `role`."""
        async with self.records.look() as tx:
            written = await tx.handovers.of((await _home(tx, session)).id)
            names = await tx.staff.names() if written else {}
        if session.organisation_key is None or not written:
            return ()
        texts = await asyncio.to_thread(self._open, session.organisation_key, written)
        names[session.member.id] = ""
        return [
            ShiftNoteView(note.id, names.get(note.member, ""), text, note.at)
            for note, text in reversed(list(zip(written, texts, strict=True)))
            if text
        ]

    async def how_many(self, session: Session) -> int:
        """Give how many notes wait to be read, without opening them."""
        async with self.records.look() as tx:
            return len(await tx.handovers.of(OrganisationId(session.member.organisation)))

    async def take_away(self, session: Session, note: int) -> None:
        """Delete a note that is done with; one that is gone already is no fault. Raises Refused: `role`."""
        now = self.clock.now()
        async with self.records.begin() as tx:
            if await tx.handovers.take_away((await _home(tx, session)).id, note):
                await tx.casework.add_audit(AuditEntry(now, session.member.id, "shift_note_done"))

    async def look(self) -> None:
        """Delete what is a week old."""
        async with self.records.begin() as tx:
            await tx.handovers.take_old_away(self.clock.now() - KEPT_FOR)

    def _open(self, organisation_key: bytes, written: Sequence[ShiftNote]) -> list[str]:
        return [self._open_one(organisation_key, note) for note in written]

    def _open_one(self, organisation_key: bytes, note: ShiftNote) -> str:
        """One damaged note must not hide the others."""
        try:
            return self.vault.open_with(organisation_key, note.sealed).decode()
        except (CannotOpen, UnicodeDecodeError):
            return ""


async def _home(tx: Transaction, session: Session) -> Organisation:
    home = await tx.staff.home()
    if home is None or home.id != session.member.organisation or not session.may("conversation.counsel"):
        raise Refused("role")
    return home
