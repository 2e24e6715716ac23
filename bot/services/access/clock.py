"""Writes down what nobody confirmed within a day: reading has closed by then, supervisors are called."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.access import ANSWER_WITHIN, lapse
from bot.services.hands import Hands
from bot.services.ports import Transaction
from bot.services.records import Conversation


@dataclass(frozen=True)
class Lapses:
    """One of the clock's works."""

    hands: Hands

    async def look(self) -> None:
        """Let lapse what is overdue."""
        async with self.hands.records.look() as tx:
            overdue = await tx.accesses.overdue(self.hands.clock.now() - ANSWER_WITHIN)
        late = list(dict.fromkeys(access.conversation for access in overdue))
        await self.hands.each(late, self._one)
        for conversation in late:
            self.hands.signals.publish(f"conversation:{conversation}")
            self.hands.signals.publish("queue")

    async def _one(self, tx: Transaction, it: Conversation) -> None:
        now = self.hands.clock.now()
        for access in await tx.accesses.of(it.id):
            if access.answer or now < access.due:
                continue
            await tx.accesses.save(lapse(access, now))
            await self.hands.note(tx, it, "access_lapsed", now, member=access.lead, ground=access.ground)
            await tx.casework.add_alert(it.id, it.code, "access_lapsed", "P1", now)
