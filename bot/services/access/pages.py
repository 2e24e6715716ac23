"""What the pages of danger without consent show: what is marked, what waits for a second member of staff, one case.

Text is opened only for the duty lead who reads, with the key that their session holds; the written reason also for the
second member of staff, who decides by it, and for supervisors who look back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from bot.domain.access import Access, Standing, is_grounded
from bot.domain.codes import CaseCode, ConversationId, MemberId
from bot.domain.indicators import Catalogue
from bot.domain.training import is_training
from bot.errors import CannotOpen
from bot.services.access.door import enter_beside, enter_in_danger, is_at_home, reads
from bot.services.access.leads import lead_of
from bot.services.beside import Beside, gather_beside
from bot.services.door import Door
from bot.services.ports import Transaction
from bot.services.reading import read_behind
from bot.services.records import Alert, Conversation
from bot.services.sign_in import Session
from bot.services.transcript import MessageView

SETTLED_SHOWN: Final = 50
MARKED_SHOWN: Final = 100
OF_DANGER: Final = frozenset({"danger", "danger_read", "takeover", "child_protection"})
"""Kinds of alerts that say why a conversation is marked."""


@dataclass(frozen=True)
class AccessLine:
    """One reading without a yes, as the pages show it."""

    access: Access
    code: CaseCode
    lead: str
    second: str
    """Names; empty: nobody answered."""
    standing: Standing
    reason: str = field(default="", repr=False)
    """Opened only on the page of the case."""


@dataclass(frozen=True)
class Marked:
    """A conversation that is marked as danger and held by no counsellor; no text."""

    conversation: Conversation
    kinds: Sequence[str]
    """Why it is marked, as far as alerts say it."""
    standing: Standing | None
    """How the newest reading of it stands."""


@dataclass(frozen=True)
class Board:
    """The page of danger without consent."""

    leads: bool
    """Whoever looks is the duty lead."""
    marked: Sequence[Marked]
    waiting: Sequence[AccessLine]
    settled: Sequence[AccessLine]


@dataclass(frozen=True)
class AccessCase:
    """The page of one case: what is known without its text, and what whoever looks may do."""

    conversation: Conversation
    alerts: Sequence[Alert]
    lines: Sequence[AccessLine]
    leads: bool
    is_grounded: bool
    """It is marked as danger, and no counsellor holds it."""
    reads: bool
    """Whoever looks reads it now."""


class AccessPages:
    """Shows readings without a yes to those who decide on them."""

    def __init__(self, door: Door, catalogue: Catalogue) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._catalogue = catalogue

    async def board(self, session: Session) -> Board:
        """Give what is marked to the duty lead, what waits to everybody who may answer, the rest to supervisors."""
        now, me = self._door.clock.now(), session.member.id
        async with self._door.records.look() as tx:
            if not await is_at_home(tx, session):
                return Board(leads=False, marked=(), waiting=(), settled=())
            lead = await lead_of(tx, session.member.organisation, now)
            leads = lead is not None and lead.member == me
            lines = await self._lines(tx, session, await tx.accesses.listed(SETTLED_SHOWN))
            marked = await self._marked(tx, session, now) if leads else []
        waiting = [line for line in lines if line.access.waits(now)]
        settled = [line for line in lines if not line.access.waits(now)] if session.may("danger.open") else []
        return Board(leads, marked, waiting, settled)

    async def _marked(self, tx: Transaction, session: Session, now: datetime) -> list[Marked]:
        alerts = [it for it in await tx.casework.alerts(MARKED_SHOWN) if it.kind in OF_DANGER]
        found = []
        for it in await tx.accesses.marked(MARKED_SHOWN):
            if not is_grounded(it.level, it.own.state) or is_training(it.channel):
                continue
            if session.member.id in await tx.staff.blocked(it.id):
                continue
            kinds = sorted({alert.kind for alert in alerts if alert.conversation == it.id})
            before = await tx.accesses.of(it.id)
            found.append(Marked(it, kinds, before[-1].standing(now) if before else None))
        return found

    async def _lines(self, tx: Transaction, session: Session, accesses: Sequence[Access]) -> list[AccessLine]:
        names = await tx.staff.names() if accesses else {}
        codes = await tx.conversations.codes({access.conversation for access in accesses})
        theirs = [it for it in accesses if session.member.id not in await tx.staff.blocked(it.conversation)]
        return [self._line(access, codes[access.conversation], names) for access in theirs]

    def _line(self, access: Access, code: CaseCode, names: Mapping[MemberId, str], reason: str = "") -> AccessLine:
        second = "" if access.answered_by is None else names.get(access.answered_by, "–")
        standing = access.standing(self._door.clock.now())
        return AccessLine(access, code, names.get(access.lead, "–"), second, standing, reason)

    async def look(self, session: Session, conversation: ConversationId) -> AccessCase:
        """Open the page of a case without its text; who reads it opens it with that. Raises NoSuchConversation."""
        now, me = self._door.clock.now(), session.member.id
        async with self._door.records.begin() as tx:
            found = await enter_beside(self._door, tx, session, conversation)
            accesses = await tx.accesses.of(found.id)
            names = await tx.staff.names()
            lead = await lead_of(tx, session.member.organisation, now)
            leads = lead is not None and lead.member == me
            it_reads = reads(found, accesses, me, now, leads=leads)
            if it_reads:
                await self._door.audit(tx, session, found, "conversation_opened", purpose="danger")
            elif accesses:
                await self._door.audit(tx, session, found, "access_seen")
            alerts = [it for it in await tx.casework.alerts(MARKED_SHOWN) if it.conversation == found.id]
            wrapped = await tx.conversations.wrapped_key(found.id, session.member.organisation)
        if it_reads:
            # When the session ends, its open pages are told by this.
            session.opened.add(conversation)
        reasons = await asyncio.to_thread(self._open_reasons, session, wrapped or b"", accesses)
        lines = [self._line(each, found.code, names, reasons[each.id]) for each in reversed(accesses)]
        return AccessCase(
            found,
            [it for it in alerts if it.kind in OF_DANGER],
            lines,
            leads,
            is_grounded(found.level, found.own.state),
            it_reads,
        )

    def _open_reasons(self, session: Session, wrapped: bytes, accesses: Sequence[Access]) -> dict[str, str]:
        vault, reasons = self._door.vault, {}
        for access in accesses:
            try:
                private = vault.open_with(session.organisation_key or b"", wrapped)
                reasons[access.id] = vault.open_with(private, access.reason).decode()
            except (CannotOpen, UnicodeDecodeError):
                # One that is damaged must not hide the others.
                reasons[access.id] = ""
        return reasons

    async def beside(self, session: Session, conversation: ConversationId) -> Beside:
        """Give what stands beside the messages. Raises NoSuchConversation."""
        async with self._door.records.look() as tx:
            found = await enter_in_danger(self._door, tx, session, conversation)
            consents = await tx.casework.consents(conversation)
            observed = self._door.lately.opened(conversation, await tx.messages.observations(conversation))
            return await gather_beside(tx, self._door.vault, self._catalogue, found, consents, observed)

    async def read(
        self, session: Session, conversation: ConversationId, after: int | None = None
    ) -> Sequence[MessageView]:
        """Open messages after a place, oldest first; without a place the last ones. Raises NoSuchConversation."""
        enter = partial(enter_in_danger, self._door)
        return await read_behind(self._door, session, conversation, after, enter, without_yes=True)
