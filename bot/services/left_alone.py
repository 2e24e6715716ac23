"""Whom a close as abusive leaves with the program: some days by one, longer only by two members of staff.

The way of danger stays open all the while (`bot.domain.handoff.keep_with_program`). What the turns go by is sealed in
the talk; beside it stands, without a word of the person, who decided what, so that it can be listed and lifted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import CaseCode, MemberId
from bot.domain.ownership import Does, NotPossible, State
from bot.services.door import TRIES, NoSuchConversation
from bot.services.ports import Clock, LeftAlone, Records, Signals, Stale, Transaction, Vault
from bot.services.records import AuditEntry, Conversation
from bot.services.sign_in import Session
from bot.services.staff import Refused
from bot.services.talk import open_talk, seal_talk

SHORT: Final = timedelta(days=3)
"""So long no person is offered after a close as abusive."""
LONG: Final = timedelta(days=30)
"""So long from the moment at which a second member of staff agreed."""
SHOWN: Final = 100
Work = Callable[[Transaction, Conversation, LeftAlone], Awaitable[LeftAlone]]


@dataclass(frozen=True)
class Line:
    """One contact on the page; no text."""

    code: CaseCode
    row: LeftAlone
    lasts: bool
    """Only the program is offered now."""


class LeftAlones:
    """Lets staff ask for more time, a second one agree, and supervisors lift it."""

    def __init__(self, records: Records, vault: Vault, clock: Clock, signals: Signals) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._vault = vault
        self._clock = clock
        self._signals = signals

    async def listed(self, session: Session) -> Sequence[Line]:
        """Give the contacts of this member's organisation that were closed as abusive, the newest first."""
        now = self._clock.now()
        async with self._records.look() as tx:
            rows = await tx.left_alone.listed(SHOWN)
            ours = [(row, code) for row, code in rows if await _is_ours(tx, session, row)]
        return [Line(code, row, row.until > now) for row, code in ours]

    async def ask(self, session: Session, code: str) -> None:
        """Ask that it lasts longer. Raises NoSuchConversation, or Refused: `alone_over`, `alone_asked`."""

        async def work(tx: Transaction, it: Conversation, row: LeftAlone) -> LeftAlone:
            if row.until <= self._clock.now():
                raise Refused("alone_over")
            if row.asked_by is not None:
                raise Refused("alone_asked")
            return replace(row, asked_by=session.member.id, asked_at=self._clock.now())

        await self._change(session, code, "alone_asked", work)

    async def confirm(self, session: Session, code: str) -> None:
        """Agree, as a second member of staff.

        Raises NoSuchConversation, or Refused: `role`, `alone_over`, `alone_not_asked`, `alone_second`.
        """
        now = self._clock.now()

        async def work(tx: Transaction, it: Conversation, row: LeftAlone) -> LeftAlone:
            if row.asked_by is None or row.confirmed_by is not None:
                raise Refused("alone_not_asked")
            if row.asked_by == session.member.id:
                raise Refused("alone_second")
            if row.until <= now:
                raise Refused("alone_over")
            await leave_until(tx, self._vault, it, now + LONG)
            return replace(row, until=now + LONG, confirmed_by=session.member.id, confirmed_at=now)

        self._leads(session)
        await self._change(session, code, "alone_confirmed", work)

    async def lift(self, session: Session, code: str) -> None:
        """Let them be offered a person again. Raises NoSuchConversation, or Refused: `role`, `alone_over`."""
        now = self._clock.now()

        async def work(tx: Transaction, it: Conversation, row: LeftAlone) -> LeftAlone:
            if row.until <= now:
                raise Refused("alone_over")
            await leave_until(tx, self._vault, it, now)
            return replace(row, until=now, lifted_by=session.member.id)

        self._leads(session)
        await self._change(session, code, "alone_lifted", work)

    @staticmethod
    def _leads(session: Session) -> None:
        if not session.may("contact.block"):
            raise Refused("role")

    async def _change(self, session: Session, code: str, act: str, work: Work) -> None:
        """Work on the row of a contact; where the talk moved on meanwhile, on what it is by then."""
        for _ in range(TRIES):
            try:
                async with self._records.begin() as tx:
                    it = await tx.conversations.by_code(CaseCode(code))
                    row = None if it is None else await tx.left_alone.of(it.id)
                    if it is None or row is None or not await _is_ours(tx, session, row):
                        raise NoSuchConversation
                    await tx.left_alone.put(await work(tx, it, row))
                    await tx.casework.add_audit(AuditEntry(self._clock.now(), session.member.id, act, it.id))
            except Stale:
                continue
            self._signals.publish("queue")
            return
        raise NotPossible(State.CLOSED, Does.CLOSE)


async def close_as_abusive(
    tx: Transaction, vault: Vault, it: Conversation, by: MemberId, now: datetime
) -> Conversation:
    """Leave a contact with the program for some days, and list it."""
    await tx.left_alone.put(LeftAlone(it.id, by, now, now + SHORT))
    return await leave_until(tx, vault, it, now + SHORT)


async def leave_until(tx: Transaction, vault: Vault, it: Conversation, until: datetime) -> Conversation:
    """Offer no person until then; what is kept of the talk is kept so long."""
    talk = replace(open_talk(vault, it.id, it.state_sealed), alone_until=until.isoformat())
    keep = until if it.keep_until is None else max(it.keep_until, until)
    return await tx.conversations.save(replace(it, keep_until=keep, state_sealed=seal_talk(vault, it.id, talk)))


async def _is_ours(tx: Transaction, session: Session, row: LeftAlone) -> bool:
    return await tx.conversations.wrapped_key(row.conversation, session.member.organisation) is not None
