"""Check-ins: opt-in only, one knock, and after one that was not answered nothing until they write (rule P6)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.ownership import BOT_OWNS
from bot.domain.plan import CHECK_IN_EVERY, knocked, opens_at
from bot.domain.safe_contact import Flags, is_knock_open, is_live
from bot.services.hands import Hands
from bot.services.ports import Transaction
from bot.services.records import Conversation


@dataclass(frozen=True)
class CheckIns:
    """One of the clock's works."""

    hands: Hands

    async def look(self) -> None:
        """Knock for everybody whose check-in is due and whose hours allow it now."""
        async with self.hands.records.look() as tx:
            due = await tx.conversations.check_ins_due(self.hands.clock.now())
        await self.hands.each([c.id for c in due], self._one)

    async def _one(self, tx: Transaction, it: Conversation) -> Conversation | None:
        now = self.hands.clock.now()
        plan = it.plan
        if plan.check_in_at is None or plan.check_in_at > now:
            return None
        opens = opens_at(plan, now)
        if opens is None or it.flags != Flags() or is_knock_open(plan, it.last_inbound):
            # Counted anew when they write themselves.
            return replace(it, plan=replace(plan, check_in_at=None))
        if is_live(now, it.last_inbound) or it.own.state not in BOT_OWNS:
            return replace(it, plan=replace(plan, check_in_at=now + CHECK_IN_EVERY))
        if opens > now:
            return replace(it, plan=replace(plan, check_in_at=opens))
        await self.hands.speaker.knock(tx, it, now)
        await self.hands.note(tx, it, "checked_in", now)
        return replace(it, plan=knocked(plan, now))
