"""An interpreter beside the counsellor: asked for, let in by the person, and gone at a word of any of the three.

The counsellor stays the holder and the only one who writes to the person. The interpreter never has the organisation's
key: for the time being there is a copy of this one conversation's key for them, which goes with whatever ends it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.calls import INTERPRETER_WANTED
from bot.domain.codes import CaseCode, ConversationId, Level, MemberId
from bot.domain.ownership import Deed, Does
from bot.domain.roles import may
from bot.domain.roster import is_here
from bot.domain.vetting import TO_INTERPRET
from bot.errors import CannotOpen
from bot.services.counsel import clean
from bot.services.door import Door, NoSuchConversation, NotAllowed
from bot.services.duty import rosters_of, spoken_with
from bot.services.ports import Note, Transaction
from bot.services.practice import needed_now
from bot.services.records import Conversation, Member
from bot.services.sign_in import Session
from bot.services.transcript import MessageView, read_part, show

INTERPRETS: Final = "conversation.interpret"
LONGEST_LINE: Final = 4000
"""Characters of what is written beside a message."""
CALLED_AT: Final[Level] = "P2"
"""At which level an interpreter is called, however urgent the conversation is: its counsellor is there already."""
TO_SAY: Final = 0
"""In the place of a message: a line that the counsellor may send to the person."""


@dataclass(frozen=True)
class Interpreted:
    """A conversation of an interpreter on their page; no text."""

    code: CaseCode
    language: str
    counsellor: str
    """Who holds it, by name."""
    since: datetime
    reads: bool
    """The person agreed; until then nothing is open."""


@dataclass(frozen=True)
class LineView:
    """What the interpreter wrote, beside a message or as a line to be said."""

    id: int
    name: str
    beside: int
    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class Interpreting:
    """What an interpreter sees of a conversation: messages since the person agreed, and their own lines."""

    conversation: Conversation
    counsellor: str
    messages: Sequence[MessageView]
    lines: Sequence[LineView]


class Interpreters:
    """Lets the holder of a conversation ask for an interpreter, and the interpreter read and help."""

    def __init__(self, door: Door) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door

    async def invite(self, session: Session, conversation: ConversationId, interpreter: str) -> Conversation:
        """Ask the person whether this interpreter may read. Raises NoSuchConversation, NotAllowed or NotPossible."""
        member = MemberId(interpreter)

        async def work(tx: Transaction, found: Conversation) -> Conversation:
            present = await tx.staff.present(self._door.clock.now())
            free = await self.free_among(tx, session, found, present)
            chosen = next((it for it in free if it.id == member), None)
            if chosen is None or chosen.public_key is None or session.organisation_key is None:
                raise NotAllowed("interpreter")
            wrapped = await tx.conversations.wrapped_key(conversation, session.member.organisation) or b""
            key = await asyncio.to_thread(self._copy, session.organisation_key, wrapped, chosen.public_key)
            deed = Deed(Does.INVITE_INTERPRETER, by=session.member.id, receiver=member, key=key)
            found = await self._door.move(tx, found, deed)
            await self._door.audit(tx, session, found, "interpreter_asked", member=member)
            await tx.casework.add_alert(found.id, found.code, INTERPRETER_WANTED, CALLED_AT, self._door.clock.now())
            return found

        asked = Deed(Does.INVITE_INTERPRETER, by=session.member.id)
        found = await self._door.change(session, conversation, asked, work, self._door.enter_held)
        self._door.signals.publish("interpreting")
        return found

    def _copy(self, organisation_key: bytes, wrapped: bytes, public: bytes) -> bytes:
        return self._door.vault.seal_to(public, self._door.vault.open_with(organisation_key, wrapped))

    async def end(self, session: Session, conversation: ConversationId) -> Conversation:
        """End it, as the holder or as the interpreter; the person is told. Raises NoSuchConversation or NotPossible."""
        deed = Deed(Does.END_INTERPRETER, by=session.member.id)

        async def enter(tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
            try:
                return await self._door.enter_interpreted(tx, session, conversation, reads=False)
            except NoSuchConversation:
                return await self._door.enter_held(tx, session, conversation)

        async def work(tx: Transaction, found: Conversation) -> Conversation:
            found = await self._door.move(tx, found, deed)
            await self._door.audit(tx, session, found, "interpreter_ended")
            await self._answer_call(tx, session, conversation)
            return found

        found = await self._door.change(session, conversation, deed, work, enter)
        self._door.signals.publish("interpreting")
        return found

    async def mine(self, session: Session) -> Sequence[Interpreted]:
        """Give the conversations in which this member interprets or is asked to."""
        now = self._door.clock.now()
        async with self._door.records.look() as tx:
            found = await tx.conversations.interpreted_by(session.member.id)
            names = await tx.staff.names() if found else {}
        shown = [(it, it.own.interpreting) for it in found]
        return [
            Interpreted(it.code, it.language, names.get(it.own.counsellor or MemberId(""), ""), own.since, own.agreed)
            for it, own in shown
            if own is not None and own.stands(now)
        ]

    async def find(self, session: Session, code: str) -> ConversationId:
        """Give the conversation of this code if the member is its interpreter, or asked; raises NoSuchConversation."""
        async with self._door.records.look() as tx:
            found = await tx.conversations.by_code(CaseCode(code))
            if found is None:
                raise NoSuchConversation
            return (await self._door.enter_interpreted(tx, session, found.id, reads=False)).id

    async def read(self, session: Session, conversation: ConversationId, after: int | None = None) -> Interpreting:
        """Open what was written since the person agreed, oldest first. Raises NoSuchConversation."""
        async with self._door.records.begin() as tx:
            found = await self._door.enter_interpreted(tx, session, conversation)
            if conversation not in session.opened:
                await self._door.audit(tx, session, found, "conversation_opened", purpose="interpret")
                await self._answer_call(tx, session, conversation)
            own = found.own.interpreting
            part = await read_part(tx, conversation, after)
            written = [it for it in await tx.notes.of(conversation) if it.member == session.member.id]
        session.opened.add(conversation)
        if own is None:
            raise NoSuchConversation
        rows = [row for row in part.rows if row[0].at > own.since]
        written = [it for it in written if it.at > own.since]
        around = part.around(self._door.vault, conversation, session.member.id)
        messages = await show(self._door.vault, session.private, own.key, rows, around)
        lines = await self._open(session.private, own.key, written, {})
        return Interpreting(found, part.names.get(found.own.counsellor or MemberId(""), ""), messages, lines)

    async def read_messages(self, session: Session, conversation: ConversationId, after: int) -> Sequence[MessageView]:
        """Open what was written after a place, as `read` does. Raises NoSuchConversation."""
        return (await self.read(session, conversation, after)).messages

    async def _answer_call(self, tx: Transaction, session: Session, conversation: ConversationId) -> None:
        """The interpreter is there, or is not needed any more."""
        await tx.casework.answer_alerts(conversation, INTERPRETER_WANTED, session.member.id, self._door.clock.now())

    async def write(self, session: Session, conversation: ConversationId, text: str, beside: int) -> None:
        """Keep a line beside a message, or for the counsellor to send; only staff see it.

        Raises NoSuchConversation or NotAllowed.
        """
        text = clean(text)
        if not 0 < len(text) <= LONGEST_LINE:
            raise NotAllowed("note")
        now = self._door.clock.now()
        async with self._door.records.begin() as tx:
            found = await self._door.enter_interpreted(tx, session, conversation)
            sealed = self._door.vault.seal_to(found.public_key, text.encode())
            await tx.notes.add(Note(conversation, session.member.id, sealed, now, beside))
            await self._door.audit(tx, session, found, "interpreter_wrote")
        self._door.tell(conversation)

    async def lines(self, session: Session, conversation: ConversationId) -> Sequence[LineView]:
        """Give the holder what interpreters wrote, oldest first. Raises NoSuchConversation."""
        async with self._door.records.look() as tx:
            await self._door.enter_held(tx, session, conversation)
            written = await tx.notes.of(conversation)
            if all(it.beside is None for it in written):
                return ()
            wrapped = await tx.conversations.wrapped_key(conversation, session.member.organisation)
            names = await tx.staff.names()
        return await self.open_lines(session, wrapped or b"", written, names)

    async def open_lines(
        self, session: Session, wrapped: bytes, written: Sequence[Note], names: Mapping[MemberId, str]
    ) -> Sequence[LineView]:
        """Open for the holder what interpreters wrote, of all that was noted. Raises NoSuchConversation."""
        lines = [it for it in written if it.beside is not None]
        if not lines:
            return ()
        if session.organisation_key is None:
            raise NoSuchConversation
        return await self._open(session.organisation_key, wrapped, lines, names)

    async def _open(
        self, key: bytes, wrapped: bytes, written: Sequence[Note], names: Mapping[MemberId, str]
    ) -> Sequence[LineView]:
        """Open lines in memory; a damaged one is left out, for it can be written again."""

        def work() -> list[LineView]:
            private = self._door.vault.open_with(key, wrapped)
            lines = []
            for number, it in enumerate(written):
                try:
                    text = self._door.vault.open_with(private, it.sealed).decode()
                except (CannotOpen, UnicodeDecodeError):
                    continue
                lines.append(LineView(number, names.get(it.member, ""), it.beside or TO_SAY, text, it.at))
            return lines

        return await asyncio.to_thread(work)

    async def free_among(
        self, tx: Transaction, session: Session, found: Conversation, present: Sequence[Member]
    ) -> Sequence[Member]:
        """Give whom of those who are present the holder could ask now, by name.

        Vetted, on duty, of the holder's organisation, speaks with both of them, and not kept from this person.
        """
        now, needed = self._door.clock.now(), await needed_now(tx)
        blocked = await tx.staff.blocked(found.id)
        fitting = [
            it
            for it in present
            if it.active
            and it.is_set_up
            and it.organisation == session.member.organisation
            and may(it.roles, INTERPRETS)
            and it.vetting.standing(now, needed) == "vetted"
            and set(it.vetting.checked) >= TO_INTERPRET
            and it.id not in {session.member.id, *blocked}
            and spoken_by_both(it, session.member, found)
        ]
        rosters = await rosters_of(tx, fitting)
        return [it for it in fitting if is_here(rosters[it.organisation].of(it.id), now, present=True)]


def spoken_by_both(interpreter: Member, counsellor: Member, conversation: Conversation) -> bool:
    """Tell whether a member stands between the languages of the person and of the counsellor."""
    theirs = {conversation.language, spoken_with(conversation)}
    return not theirs.isdisjoint(interpreter.languages) and bool(set(interpreter.languages) & set(counsellor.languages))
