"""The app is killed again and again while 20 people write 300 messages: nothing is lost or said twice by us."""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.adapters.db import tables
from bot.adapters.db.connect import open_async, parse
from tests.support.bot_api import TOKEN as BOT_TOKEN
from tests.support.bot_api import BotApi, Person
from tests.support.engine_server import TOKEN, serve_fake_engine
from tests.support.fakes import FakeEngine
from tests.support.house import content
from tests.support.program import Program

PEOPLE = 20
MESSAGES = 15
SETTLES_WITHIN = 120.0
"""Seconds; an idle machine takes a tenth of it."""
KILLS = int(os.environ.get("SAPHAN_TEST_KILLS", "3"))


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as emulator:
        yield emulator


async def rows(program: Program) -> tuple[Counter[bool], int, Counter[str]]:
    """Count inbox rows that belong to a turn, deliveries that may have arrived twice, and the outbox by state."""
    engine = open_async(parse(program.database_url))
    try:
        async with engine.begin() as connection:
            turns = (await connection.execute(select(tables.inbox.c.turn, tables.inbox.c.payload))).all()
            outbox = (await connection.execute(select(tables.outbox.c.state, tables.outbox.c.repeats))).all()
    finally:
        await engine.dispose()
    belongs = Counter(row.turn is not None and row.payload is None for row in turns)
    return belongs, sum(row.repeats for row in outbox), Counter(row.state for row in outbox)


async def test_kills_at_any_moment_lose_nothing_and_repeat_nothing_but_a_delivery_cut_in_mid_request(
    api: BotApi, tmp_path: Path
) -> None:
    chance = random.Random(11)
    async with serve_fake_engine(FakeEngine()) as url:
        program = Program(
            tmp_path / "home",
            SAPHAN_TELEGRAM_TOKEN=BOT_TOKEN,
            SAPHAN_TELEGRAM_API=api.url,
            SAPHAN_ENGINE_URL=url,
            SAPHAN_ENGINE_TOKEN=TOKEN,
        )
        await program.start()
        people = [api.person(1000 + number) for number in range(PEOPLE)]

        for person in people:
            for number in range(MESSAGES):
                await person.writes(f"message {number}")
        for _ in range(KILLS):
            goal = shown(people) + chance.randrange(1, 25)
            await api.until(lambda goal=goal: shown(people) >= goal, "more answers", 30)  # type: ignore[misc]
            await program.kill()
            await program.start()
        await settled(api, program)
        belongs, repeats, outbox = await rows(program)
        await program.stop()
    counted = {"kills": KILLS, "delivered": outbox["delivered"], "shown": shown(people), "counted repeats": repeats}
    sys.stdout.write(f"\n{counted}\n")
    assert belongs == Counter({True: PEOPLE * MESSAGES})
    assert set(outbox) == {"delivered"}
    assert outbox["delivered"] <= shown(people) <= outbox["delivered"] + repeats


async def test_a_kill_between_the_engines_answer_and_the_commit_changes_nothing(api: BotApi, tmp_path: Path) -> None:
    engine = FakeEngine()
    async with serve_fake_engine(engine) as url:
        program = Program(
            tmp_path / "home",
            SAPHAN_TELEGRAM_TOKEN=BOT_TOKEN,
            SAPHAN_TELEGRAM_API=api.url,
            SAPHAN_ENGINE_URL=url,
            SAPHAN_ENGINE_TOKEN=TOKEN,
        )
        await program.start()
        person = api.person(1)
        await person.starts("en")
        await person.receives(4)
        killed = asyncio.Event()

        async def kill() -> None:
            engine.before_answer = None
            await program.kill()
            killed.set()

        engine.before_answer = kill
        await person.writes("I tell you something")
        await asyncio.wait_for(killed.wait(), 20)
        await program.start()
        answers = await person.receives(1, 40)
        belongs, _, outbox = await rows(program)
        await program.stop()
    assert [answer.text for answer in answers] == [content().words.say("listening.heard-1", "en")]
    assert engine.intents == ["start", "tell", "tell"]
    assert belongs == Counter({True: 2})
    assert outbox == Counter({"delivered": 5})
    assert len(person.screen) == 5


def shown(people: list[Person]) -> int:
    """Count what people see."""
    return sum(len(person.screen) for person in people)


async def settled(api: BotApi, program: Program) -> None:
    """Wait until every message has its turn and every answer has left."""
    async with asyncio.timeout(SETTLES_WITHIN):
        while True:
            belongs, _, outbox = await rows(program)
            if belongs == Counter({True: PEOPLE * MESSAGES}) and set(outbox) == {"delivered"}:
                return
            seen = len(api.calls)
            with suppress(AssertionError):
                await api.until(lambda seen=seen: len(api.calls) > seen, "another call", 0.5)  # type: ignore[misc]
