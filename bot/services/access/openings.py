"""Danger without consent: a duty lead reads a conversation with a written reason, and a second member of staff answers.

Every conversation comes through `bot.services.door`. Nobody writes to the person here: that is theirs to allow, by
their own button. The reason is sealed to the conversation, so that it is in no row, log or alert.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from bot.domain.access import GROUNDS, Access, Barred, answer, begin, end, is_grounded, is_reason, open_it
from bot.domain.codes import CaseCode, ConversationId, Level
from bot.services.access.door import enter_beside, enter_in_danger
from bot.services.access.leads import lead_of
from bot.services.counsel import clean
from bot.services.door import TRIES, Door, NoSuchConversation
from bot.services.marks import Marks
from bot.services.ports import Stale, Transaction
from bot.services.records import Conversation
from bot.services.sign_in import Session

LOWER: Final[tuple[Level, ...]] = ("P2", "P3", "P4")
"""To what a mark of danger can be lowered."""

Work = Callable[[Transaction, Conversation], Awaitable[None]]


class Accesses:
    """Lets the duty lead begin and end a reading without a yes, and a second member of staff answer."""

    def __init__(self, door: Door, marks: Marks) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._marks = marks

    async def find(self, session: Session, code: str) -> ConversationId:
        """Give the conversation of a case code, if this member decides on reading it. Raises NoSuchConversation."""
        async with self._door.records.look() as tx:
            found = await tx.conversations.by_code(CaseCode(code))
            if found is None:
                raise NoSuchConversation
            await enter_beside(self._door, tx, session, found.id)
        return found.id

    async def begin(
        self, session: Session, conversation: ConversationId, ground: str, reason: str, *, at_once: bool
    ) -> None:
        """Write the reason down, and ask a second member of staff; or read `at_once` and have their answer after.

        Raises NoSuchConversation, or Barred: `ground`, `reason`, `lead`, `mark`, `begun`, `second_first`.
        """
        reason = clean(reason)
        if ground not in GROUNDS:
            raise Barred("ground")
        if not is_reason(reason):
            raise Barred("reason")
        now = self._door.clock.now()

        async def work(tx: Transaction, found: Conversation) -> None:
            await self._only_lead(tx, session, found)
            sealed = await asyncio.to_thread(self._door.vault.seal_to, found.public_key, reason.encode())
            access = Access(secrets.token_hex(12), found.id, session.member.id, ground, sealed, now)
            access = begin(access, await tx.accesses.of(found.id), now, at_once=at_once)
            await tx.accesses.add(access)
            await self._door.audit(tx, session, found, "access_asked", ground=ground, level=found.level)
            if at_once:
                await self._door.audit(tx, session, found, "access_opened", ground=ground, confirmed="not yet")
            await tx.casework.add_alert(found.id, found.code, "access_waits", found.level, now)

        await self._do(session, conversation, work)

    async def open(self, session: Session, conversation: ConversationId, access: str) -> None:
        """Read what a second member of staff said yes to, or what cannot wait for it after all.

        Raises NoSuchConversation, or Barred: `lead`, `mark`, `over`, `second_first`.
        """

        async def work(tx: Transaction, found: Conversation) -> None:
            await self._only_lead(tx, session, found)
            before = await self._of(tx, found, access)
            now = self._door.clock.now()
            if before.standing(now) == "asked":
                await self._none_against(tx, found, before)
            after = open_it(before, session.member.id, now)
            if after == before:
                return
            await tx.accesses.save(after)
            confirmed = "yes" if after.answer else "not yet"
            await self._door.audit(tx, session, found, "access_opened", ground=after.ground, confirmed=confirmed)

        await self._do(session, conversation, work)

    async def answer(self, session: Session, conversation: ConversationId, access: str, *, yes: bool) -> None:
        """Answer as the second member of staff; after a no nothing is read any more, and supervisors are called.

        Raises NoSuchConversation, or Barred: `vetting`, `same_person`, `over`, `mark` for a yes to what is not read.
        """

        async def work(tx: Transaction, found: Conversation) -> None:
            now = self._door.clock.now()
            before = await self._of(tx, found, access)
            if not session.may("danger.open") and session.standing != "vetted":
                raise Barred("vetting")
            if yes and before.opened_at is None and not is_grounded(found.level, found.own.state):
                raise Barred("mark")
            after = answer(before, session.member.id, now, yes=yes)
            await tx.accesses.save(after)
            await self._door.audit(tx, session, found, f"access_{after.answer}", ground=after.ground)
            await self._settle_alert(tx, session, found)
            if not yes:
                await tx.casework.add_alert(found.id, found.code, "access_refused", "P1", now)

        await self._do(session, conversation, work)

    async def end(self, session: Session, conversation: ConversationId) -> None:
        """Read no more. A second yes is owed all the same. Raises NoSuchConversation or Barred."""

        async def work(tx: Transaction, found: Conversation) -> None:
            await self._end(tx, session, found)

        await self._do(session, conversation, work)

    async def lower(self, session: Session, conversation: ConversationId, level: str) -> None:
        """Lower the mark after reading: the danger has passed. Reading ends with it.

        Raises NoSuchConversation, or Barred: `level`, `over`.
        """
        to = next((each for each in LOWER if each == level), None)
        if to is None:
            raise Barred("level")

        async def work(tx: Transaction, found: Conversation) -> None:
            found = await enter_in_danger(self._door, tx, session, found.id)
            await self._end(tx, session, found)
            await self._marks.write(tx, session, found, to)

        await self._do(session, conversation, work)

    async def _end(self, tx: Transaction, session: Session, found: Conversation) -> None:
        now, me = self._door.clock.now(), session.member.id
        mine = [it for it in await tx.accesses.of(found.id) if it.is_read_by(me, now)]
        if not mine:
            raise Barred("over")
        for access in mine:
            await tx.accesses.save(end(access, me, now))
        await self._door.audit(tx, session, found, "access_ended")

    async def _do(self, session: Session, conversation: ConversationId, work: Work) -> None:
        """Work behind the door; its conversation is locked, so that of two who act at once one sees the other's."""
        for _ in range(TRIES):
            try:
                async with self._door.records.begin() as tx:
                    await work(tx, await enter_beside(self._door, tx, session, conversation))
            except Stale:
                continue
            self._door.tell(conversation)
            return
        raise Barred("again")

    async def _only_lead(self, tx: Transaction, session: Session, found: Conversation) -> None:
        """Let only the duty lead of the hour go on, and only while the mark of danger stands."""
        lead = await lead_of(tx, session.member.organisation, self._door.clock.now())
        if lead is None or lead.member != session.member.id:
            raise Barred("lead")
        if not is_grounded(found.level, found.own.state):
            raise Barred("mark")

    async def _none_against(self, tx: Transaction, found: Conversation, access: Access) -> None:
        """Nobody reads at once what was only asked for, where the last reading was refused or lapsed."""
        others = [it for it in await tx.accesses.of(found.id) if it.id != access.id]
        begin(replace(access, opened_at=None), others, self._door.clock.now(), at_once=True)

    async def _of(self, tx: Transaction, found: Conversation, access: str) -> Access:
        """Give one of this conversation's, and of no other."""
        given = await tx.accesses.get(access)
        if given is None or given.conversation != found.id:
            raise Barred("over")
        return given

    async def _settle_alert(self, tx: Transaction, session: Session, found: Conversation) -> None:
        """The call for a second member of staff is answered, where nothing else of it waits."""
        now = self._door.clock.now()
        if any(it.waits(now) for it in await tx.accesses.of(found.id)):
            return
        await tx.casework.answer_alerts(found.id, "access_waits", session.member.id, now)
