"""What falls due by the clock: offers that lapse, counsellors who are gone, conversations nobody asked to keep."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain import handoff
from bot.domain.ownership import OFFER_LASTS, OFFLINE_ENDS_HOLD, Deed, Does, Ownership, State, step
from bot.logs import get_logger
from bot.services.forget import Forget
from bot.services.ports import Clock, Records, Signals, Stale, Transaction, Vault
from bot.services.records import AuditEntry, Conversation
from bot.services.speak import Speaker
from bot.services.talk import open_talk, seal_talk

logger = get_logger(__name__)

EVERY: Final = 5.0
"""Seconds between two looks at the clock."""


@dataclass(frozen=True)
class Due:
    """The worker of the durable clock: it looks at the database, so it survives restarts and clock changes."""

    records: Records
    vault: Vault
    clock: Clock
    signals: Signals
    speaker: Speaker
    forget: Forget

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            try:
                await self.look()
            except Stale:
                logger.info("clock_overtaken")
            except Exception as exc:  # edge: the clock goes on
                logger.error("clock_failed", error=exc)
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Do everything that is due now."""
        now = self.clock.now()
        async with self.records.begin() as tx:
            lapsed = await tx.conversations.in_states([State.OFFERED.value], now - OFFER_LASTS)
            for conversation in lapsed:
                await self._move(tx, conversation, Deed(Does.TICK), now)
            held = await tx.conversations.in_states([State.HELD.value, State.TRANSFERRING.value], now)
            gone = [c for c in held if await self._is_gone(tx, c, now)]
            for conversation in gone:
                await self._move(tx, conversation, Deed(Does.GO_OFFLINE, by=conversation.own.counsellor), now)
        for conversation in (*lapsed, *gone):
            self._ring(conversation)
        await self.forget.forget_the_quiet()

    async def _is_gone(self, tx: Transaction, conversation: Conversation, now: datetime) -> bool:
        """The counsellor who holds it was not seen for five minutes."""
        if conversation.own.counsellor is None:
            return False
        member = await tx.staff.get(conversation.own.counsellor)
        if member is None:
            return True
        last = member.present_until or conversation.own.since
        return now - max(last, conversation.own.since) >= OFFLINE_ENDS_HOLD

    async def _move(self, tx: Transaction, conversation: Conversation, deed: Deed, now: datetime) -> None:
        before: Ownership = conversation.own
        after = step(before, deed, now)
        conversation = replace(conversation, own=after)
        say = handoff.announce(before.state, deed.does)
        if say is not None:
            talk = open_talk(self.vault, conversation.id, conversation.state_sealed)
            talk = await self.speaker.say(tx, conversation, talk, (say,), now)
            conversation = replace(conversation, state_sealed=seal_talk(self.vault, conversation.id, talk))
        await tx.conversations.save(conversation)
        detail = {"state": after.state.value}
        await tx.casework.add_audit(AuditEntry(now, "program", deed.does.value, conversation.id, detail))

    def _ring(self, conversation: Conversation) -> None:
        for topic in ("queue", "outbox", f"conversation:{conversation.id}"):
            self.signals.publish(topic)
