"""Promises: an aim that was said escalates before it breaks; a broken one is said honestly (design/handoff.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final

from bot.domain import handoff, waits
from bot.domain.ownership import HUMAN_OWNS, QUEUE_OWNS, Deed, Does, State
from bot.domain.reply import Say
from bot.services.duty import spoken_with
from bot.services.hands import Hands
from bot.services.ports import Duty, Transaction
from bot.services.records import Conversation, Promise

KEPT: Final = "kept"
BROKEN: Final = "broken"
CANCELLED: Final = "cancelled"


@dataclass(frozen=True)
class Promises:
    """One of the clock's works."""

    hands: Hands
    duty: Duty

    async def look(self) -> None:
        """Settle what was kept or cancelled, call staff for what is nearly due, and say what was broken."""
        now = self.hands.clock.now()
        async with self.hands.records.look() as tx:
            here = await self.duty.languages_now(tx)
            promised = await tx.conversations.in_states([State.PROMISED.value], now)
            made = await tx.promises.open()
            queued = await tx.conversations.waiting()
        waiting = {it.id for it in (*promised, *queued)}
        ready = [it.id for it in promised if it.flags.unreachable or spoken_with(it) in here]
        due = [one.conversation for one in made if one.conversation not in waiting or _is_due(one, now)]
        await self.hands.each(list(dict.fromkeys([*ready, *due])), partial(self._one, here))

    async def _one(self, here: frozenset[str], tx: Transaction, it: Conversation) -> Conversation | None:
        made = [promise for promise in await tx.promises.of(it.id) if promise.settled_at is None]
        if it.own.state is State.PROMISED:
            return await self._promised(here, tx, it, made)
        if it.own.state in QUEUE_OWNS:
            return await self._nearly_due(here, tx, it, made)
        outcome = KEPT if it.own.state in HUMAN_OWNS else CANCELLED
        await self._settle(tx, made, outcome)
        return None

    async def _promised(
        self, here: frozenset[str], tx: Transaction, it: Conversation, made: Sequence[Promise]
    ) -> Conversation | None:
        if it.flags.unreachable:
            # They left: there is nobody to write to. Staff were told when it was found out.
            await self._settle(tx, made, CANCELLED)
            return await self.hands.move(tx, it, Deed(Does.CANCEL))
        now = self.hands.clock.now()
        if spoken_with(it) in here:
            it = await self.hands.move(tx, it, Deed(Does.QUEUE))
            await tx.casework.add_alert(it.id, it.code, "waiting", it.level, now)
            return await self._nearly_due(here, tx, it, made) or it
        return await self._nearly_due(here, tx, it, made)

    async def _nearly_due(
        self, here: frozenset[str], tx: Transaction, it: Conversation, made: Sequence[Promise]
    ) -> Conversation | None:
        now = self.hands.clock.now()
        changed: Conversation | None = None
        for promise in made:
            if now >= promise.due:
                changed = await self._break(here, tx, changed or it, promise)
            elif now >= promise.due - waits.WARN_BEFORE and not promise.escalated:
                await tx.promises.escalate(promise.id)
                await tx.casework.add_alert(it.id, it.code, "promise_due", it.level, now)
        return changed

    async def _break(self, here: frozenset[str], tx: Transaction, it: Conversation, promise: Promise) -> Conversation:
        """Write it down, call staff, and say it; a new aim only where a shift covers it."""
        now = self.hands.clock.now()
        breaks = promise.breaks + 1
        await tx.promises.settle(promise.id, BROKEN, now)
        kind = "promise_broken_twice" if breaks >= waits.SUPERVISOR_AFTER else "promise_broken"
        await tx.casework.add_alert(it.id, it.code, kind, it.level, now)
        await self.hands.note(tx, it, "promise_broken", now, breaks=str(breaks))
        is_here = spoken_with(it) in here
        shift = None if is_here else await self.duty.next_shift(tx, spoken_with(it), now)
        if shift is not None:
            due = waits.due_of(shift, it.plan)
            await tx.promises.add(it.id, now, due, breaks)
            it = await self.hands.move(tx, it, Deed(Does.PROMISE, due=due))
            return await self._tell(tx, it, waits.aim(due, now))
        if it.own.state is State.PROMISED:
            it = await self.hands.move(tx, it, Deed(Does.QUEUE))
        return await self._tell(tx, it, Say("handoff.waiting" if is_here else "handoff.broken-no-time"))

    async def _tell(self, tx: Transaction, it: Conversation, then: Say) -> Conversation:
        return await self.hands.say(tx, it, (Say("handoff.broken"), replace(then, buttons=(handoff.CANCEL,))))

    async def _settle(self, tx: Transaction, made: Sequence[Promise], outcome: str) -> None:
        for promise in made:
            await tx.promises.settle(promise.id, outcome, self.hands.clock.now())


def _is_due(promise: Promise, now: datetime) -> bool:
    """Tell whether it has passed, or staff have to be called because it is near; most looks find neither."""
    near = not promise.escalated and now >= promise.due - waits.WARN_BEFORE
    return near or now >= promise.due
