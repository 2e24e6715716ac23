"""Whatever a person, a counsellor and the clock do, nothing leaves outside safe contact (rules S8, P6).

An observer with a memory of its own watches the messenger of the whole app over a real database; it never asks the
code under test whether a message was allowed.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.domain.codes import MemberId
from bot.domain.knock import LINES
from tests.support.fakes import NOON, FakeDuty, MovableClock
from tests.support.house import TestHouse, content, open_test_house

LONG_RUN: Final = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
STORIES: Final = 200 if LONG_RUN else 6
STEPS: Final = 40 if LONG_RUN else 12
QUARTER: Final = timedelta(minutes=15)
GAPS: Final = (
    timedelta(minutes=2),
    timedelta(minutes=20),
    timedelta(hours=3),
    timedelta(hours=9),
    timedelta(days=1),
    timedelta(days=7, hours=1),
)


def words(key: str) -> str:
    return content().words.say(key, "en", org="Bridge House", messenger="Telegram")


KNOCKS: Final = {key for keys in LINES.values() for key in keys}


@dataclass
class Seen:
    """What the observer knows of one person, from what they did."""

    wrote: datetime | None = None
    paused: bool = False
    evenings: bool = False
    today_until: datetime | None = None
    knocked: bool = False

    def write(self, now: datetime) -> None:
        self.wrote, self.paused, self.knocked = now, False, False

    def may_be_knocked_for(self, now: datetime) -> bool:
        if self.paused or self.knocked:
            return False
        if self.today_until is not None:
            return now < self.today_until
        return self.evenings and 16 <= (now + timedelta(hours=7)).hour < 21


@dataclass
class Story:
    """One person's weeks, invented as they go."""

    house: TestHouse
    chat: str
    chance: random.Random
    seen: Seen
    read: int = 0

    async def begins(self) -> None:
        self.seen.write(self.house.clock.now())
        await self.house.says("", self.chat, kind="start")
        await self.is_kept()
        # Most have allowed something: where nothing is allowed, nothing is ever at stake.
        await self.chance.choice((self.allows_evenings, self.allows_evenings, self.allows_today, self.writes))()
        self.watch()

    async def is_kept(self) -> None:
        """Let nothing be forgotten: who is forgotten cannot be written to at all."""
        conversation = await self.house.conversation(self.chat)
        async with self.house.house.records.begin() as tx:
            fresh = await tx.conversations.get(conversation.id)
            assert fresh is not None
            await tx.conversations.save(replace(fresh, keep_until=self.now + timedelta(days=3_000)))

    def watch(self) -> None:
        """Look at everything that arrived since the last look."""
        now = self.house.clock.now()
        knocks = {words(key) for key in KNOCKS}
        arrived = self.house.messenger.sent[self.read :]
        self.read = len(self.house.messenger.sent)
        for to, message in arrived:
            if to != self.chat:
                continue
            live = self.seen.wrote is not None and now - self.seen.wrote < QUARTER
            if self.seen.paused:
                assert message.text == words("escape.paused"), "something left after stop"
            elif not live:
                assert message.text in knocks, "something of the talk left to somebody who was not there"
                assert message.rows == ()
                assert self.seen.may_be_knocked_for(now), "a knock left outside their hours, or a second one"
                self.seen.knocked = True

    async def does_something(self) -> None:
        steps = (*[self.waits] * 6, *[self.hears_a_counsellor] * 6, self.writes)
        more = (self.stops, self.allows_evenings, self.allows_today, self.allows_nothing, self.asks_for_check_ins)
        await self.chance.choice(steps + more)()
        self.watch()

    async def waits(self) -> None:
        self.house.clock.pass_(seconds=self.chance.choice(GAPS).total_seconds())
        await self.house.workers.due.look()
        await self.house.deliver()

    async def hears_a_counsellor(self) -> None:
        conversation = await self.house.conversation(self.chat)
        async with self.house.house.records.begin() as tx:
            await self.house.house.speaker.write(tx, conversation, "a word of mine", MemberId("ann"), self.now)
        await self.house.deliver()

    async def writes(self) -> None:
        self.seen.write(self.now)
        await self.house.says("hello", self.chat)

    async def stops(self) -> None:
        self.seen.write(self.now)
        self.seen.paused = True
        await self.house.says("stop", self.chat)

    async def allows_evenings(self) -> None:
        await self.opens_menu()
        await self.house.presses(words("weeks.hours"), self.chat)
        asked = await self.house.presses(words("weeks.evening"), self.chat)
        if words("weeks.clock-ask") in asked:
            # The question was put a moment ago, before the messenger took it.
            there = self.now - timedelta(seconds=5) + timedelta(hours=7)
            await self.house.presses(f"{there:%H:%M}", self.chat)
        self.seen.evenings, self.seen.today_until = True, None

    async def allows_today(self) -> None:
        await self.opens_menu()
        await self.house.presses(words("weeks.today"), self.chat)
        self.seen.evenings = False
        midnight = (self.now + timedelta(hours=7)).replace(hour=0, minute=0) + timedelta(days=1) - timedelta(hours=7)
        self.seen.today_until = max(midnight, self.now + timedelta(hours=12))

    async def allows_nothing(self) -> None:
        await self.opens_menu()
        await self.house.presses(words("weeks.never"), self.chat)
        self.seen.evenings, self.seen.today_until = False, None

    async def asks_for_check_ins(self) -> None:
        await self.allows_evenings()
        await self.opens_menu()
        if words("weeks.check-in") in self.house.labels(self.chat):
            await self.house.presses(words("weeks.check-in"), self.chat)

    async def opens_menu(self) -> None:
        self.seen.write(self.now)
        await self.house.says("w:contact", self.chat, kind="press")

    @property
    def now(self) -> datetime:
        return self.house.clock.now()


async def test_s8_p6_nothing_leaves_outside_safe_contact(tmp_path: Path) -> None:
    """S8: no message outside safe hours. P6: at most one gentle knock, only where the person allowed it."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}"
    async with open_test_house(url, tmp_path, MovableClock(NOON), FakeDuty()) as house:
        for number in range(STORIES):
            story = Story(house, str(100 + number), random.Random(number), Seen())
            await story.begins()
            for _ in range(STEPS):
                await story.does_something()
