"""Who waits for a person: offers lapse, targets pass, shifts end (rule H6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.domain import handoff, waits
from bot.domain.ownership import (
    OFFER_LASTS,
    TRANSFER_LASTS,
    Deed,
    Does,
    State,
    step,
)
from bot.domain.reply import Say
from bot.domain.training import is_training
from bot.services.duty import spoken_with
from bot.services.hands import Hands
from bot.services.ports import Duty, Transaction
from bot.services.records import Conversation

SOMEBODY_WAS_HERE = "on_duty"
"""Said of a wait: while it lasted, somebody who speaks the language was on duty."""


@dataclass(frozen=True)
class Waits:
    """One of the clock's works."""

    hands: Hands
    duty: Duty

    async def look(self) -> None:
        """Do what is due to everybody who waits."""
        now = self.hands.clock.now()
        async with self.hands.records.look() as tx:
            find = tx.conversations.in_states
            lapsed = [
                *await find([State.OFFERED.value], now - OFFER_LASTS),
                *await find([State.RESERVED.value], now),
                *await find([State.TRANSFERRING.value], now - TRANSFER_LASTS),
            ]
            here = await self.duty.languages_now(tx)
            waiting = [it for it in await tx.conversations.waiting() if _is_due(it, here, now)]
            waiting = [it for it in waiting if not is_training(it.channel)]
        await self.hands.each([it.id for it in lapsed if _lapses(it, now)], self._tick)
        await self.hands.each([c.id for c in waiting], partial(self._wait, here))

    async def _tick(self, tx: Transaction, it: Conversation) -> Conversation | None:
        if not _lapses(it, self.hands.clock.now()):
            return None
        return await self.hands.move(tx, it, Deed(Does.TICK))

    async def _wait(self, here: frozenset[str], tx: Transaction, it: Conversation) -> Conversation | None:
        """Look at one wait: its target, and whether the last matching shift has ended."""
        after = await self._target(tx, it)
        return await self._shift(here, tx, after or it) or after

    async def _target(self, tx: Transaction, it: Conversation) -> Conversation | None:
        """A wait beyond its target calls staff again, and is told: once for each target."""
        now = self.hands.clock.now()
        passed = waits.passed_target(it.own, it.level, now)
        if passed is None:
            return None
        await tx.casework.add_alert(it.id, it.code, "waits_too_long", it.level, now)
        await self.hands.note(tx, it, "target_passed", now, level=passed)
        it = _with_told(it, passed)
        return await self.hands.say_beside(tx, it, Say("handoff.target-passed", buttons=(handoff.CANCEL,)))

    async def _shift(self, here: frozenset[str], tx: Transaction, it: Conversation) -> Conversation | None:
        """When everybody who speaks the language has gone, the person chooses: wait, later, or the program."""
        news = _news_of_shift(it, here)
        if news != waits.SHIFT_OVER:
            return None if news is None else _with_told(it, news)
        later = await self.duty.next_shift(tx, spoken_with(it), self.hands.clock.now())
        it = _with_told(it, waits.SHIFT_OVER)
        return await self.hands.say(tx, it, (handoff.shift_over(covered=later is not None),))


def _lapses(it: Conversation, now: datetime) -> bool:
    """Tell whether an offer, a question to a counsellor or a transfer has lasted its time."""
    return step(it.own, Deed(Does.TICK), now) is not it.own


def _is_due(it: Conversation, here: frozenset[str], now: datetime) -> bool:
    """Tell whether there is anything to do about a wait; most looks find nothing, and cost no transaction."""
    return waits.passed_target(it.own, it.level, now) is not None or _news_of_shift(it, here) is not None


def _news_of_shift(it: Conversation, here: frozenset[str]) -> str | None:
    """Give what has to be written down: that somebody who speaks the language is here, or that the last has gone."""
    if it.own.state is not State.QUEUED or waits.SHIFT_OVER in it.own.told:
        return None
    was_here = SOMEBODY_WAS_HERE in it.own.told
    if spoken_with(it) in here:
        return None if was_here else SOMEBODY_WAS_HERE
    return waits.SHIFT_OVER if was_here else None


def _with_told(it: Conversation, what: str) -> Conversation:
    return replace(it, own=replace(it.own, told=(*it.own.told, what)))
