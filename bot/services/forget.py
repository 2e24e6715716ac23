"""Erases conversations: rows and keys, from every state; what staff still see is only that it happened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import CaseCode
from bot.domain.ownership import State
from bot.domain.remembering import KEPT_WITHOUT_ASKING, may_be_erased
from bot.errors import SaphanError
from bot.services.ports import Clock, Records, Signals, Transaction
from bot.services.records import AuditEntry, Conversation

NOBODY_WAITS: Final = frozenset({State.BOT, State.OFFERED, State.CLOSED})
SCRUB_EVERY: Final = timedelta(hours=1)
"""How often the files are cleaned of what the clock erased; what a person erases is cleaned at once."""


KeepCover = Callable[[Transaction, Conversation], Awaitable[None]]


class NoSuchConversation(SaphanError):
    """No conversation has this case code."""


async def forget(tx: Transaction, conversation: Conversation, actor: str, now: datetime) -> None:
    """Erase one conversation; staff who held or awaited it get a sign without text."""
    await tx.conversations.erase(conversation.id)
    await tx.casework.add_audit(AuditEntry(now, actor, "erased", "", {"state": conversation.own.state.value}))
    if conversation.own.state not in NOBODY_WAITS:
        await tx.casework.add_alert(None, conversation.code, "erased", conversation.level, now)


class Forget:
    """Erasing on request of the operator, and by the clock."""

    def __init__(self, records: Records, clock: Clock, signals: Signals, keep_cover: KeepCover) -> None:
        """Everything comes from `bootstrap`; `keep_cover` leaves a changed screen as it is."""
        self._keep_cover = keep_cover
        self._records = records
        self._clock = clock
        self._signals = signals
        self._unscrubbed_since: datetime | None = None

    async def forget_person(self, code: CaseCode) -> None:
        """Erase the conversation with this case code; raises NoSuchConversation."""
        async with self._records.begin() as tx:
            conversation = await tx.conversations.by_code(code)
            if conversation is None:
                raise NoSuchConversation("no conversation has this case code")
            await forget(tx, conversation, "operator", self._clock.now())
        await self._records.scrub()
        self._signals.publish("queue")
        self._signals.publish(f"conversation:{conversation.id}")

    async def look(self) -> None:
        """Do what is due: one of the clock's works."""
        await self.forget_the_quiet()

    async def forget_the_quiet(self) -> int:
        """Erase what nobody asked to keep, 24 hours after its last message; give how many."""
        now = self._clock.now()
        async with self._records.begin() as tx:
            quiet = [c for c in await tx.conversations.quiet_since(now - KEPT_WITHOUT_ASKING) if _may_go(c, now)]
            for conversation in quiet:
                await forget(tx, conversation, "program", now)
                # A changed screen must not turn into a hotline because its talk was erased meanwhile.
                if conversation.covered_at is not None and conversation.opened_at is not None:
                    await self._keep_cover(tx, conversation)
        if quiet:
            self._unscrubbed_since = self._unscrubbed_since or now
        if self._unscrubbed_since is not None and now - self._unscrubbed_since >= SCRUB_EVERY:
            await self._records.scrub()
            self._unscrubbed_since = None
        return len(quiet)


def _may_go(it: Conversation, now: datetime) -> bool:
    """Ask the rule; a message that still waits for its turn was looked for by the query."""
    return may_be_erased(now, it.own.state, it.level, it.last_inbound or it.created_at, it.keep_until)
