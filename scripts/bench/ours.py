"""Our bot as an operator runs it: `saphan run` with its own engine, people behind an emulator of the Bot API."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.bench.figures import MEMORY, START, Results
from scripts.bench.load import Plan, let_people_write
from scripts.bench.processes import resident, worked
from tests.support.bot_api import TOKEN, BotApi
from tests.support.program import Program

OPENING: Final = 4
"""Messages of an opening in practice."""
RESTS: Final = 4.0
"""Seconds after which a chat may be sent a burst of three again, with one to spare."""
IDLE: Final = 10.0
"""Seconds for which the idle program is watched."""


class Ours:
    """Chats at the emulated Bot API."""

    def __init__(self, api: BotApi) -> None:
        """Use an emulator that is listening."""
        self._api = api
        self._spoke: dict[int, float] = {}

    async def open(self, chats: int) -> None:
        """Let everybody be past the opening."""
        people = [self._api.person(10_000 + chat) for chat in range(chats)]
        for person in people:
            await person.starts()
        await self._api.until(lambda: all(len(one.screen) >= OPENING for one in people), "every opening", 120)
        await asyncio.sleep(RESTS)

    async def rest(self, chats: Sequence[int]) -> None:
        """Wait until the limit of three at once, then one a second, holds nothing."""
        last = max((self._spoke.get(chat, 0.0) for chat in chats), default=0.0)
        await asyncio.sleep(max(0.0, last + RESTS - time.perf_counter()))

    async def ask(self, chat: int, text: str) -> float:
        """Write, and wait for the first answer at the Bot API."""
        person = self._api.person(10_000 + chat)
        seen, started = len(person.screen), time.perf_counter()
        await person.writes(text)
        await self._api.until(lambda: len(person.screen) > seen, "an answer", 60)
        self._spoke[chat] = time.perf_counter()
        return (self._spoke[chat] - started) * 1000


def fresh(home: Path) -> Path:
    """Make a home without a database; a trained model stays."""
    home.mkdir(parents=True, exist_ok=True)
    for old in home.glob("saphan.db*"):
        old.unlink()
    return home


async def measure(folder: Path, texts: Sequence[str], plan: Plan, results: Results) -> None:
    """Start again and again, then let people write."""
    home = fresh(folder / "home")
    async with BotApi() as api:
        program = Program(home, SAPHAN_TELEGRAM_TOKEN=TOKEN, SAPHAN_TELEGRAM_API=api.url)
        try:
            await _starts(program, plan, results)
            await _people(program, api, texts, plan, results)
        finally:
            await program.stop()


async def _starts(program: Program, plan: Plan, results: Results) -> None:
    first = await _start(program)
    later = []
    for _ in range(plan.starts):
        await program.stop()
        later.append(await _start(program))
    results.add(START, "`saphan run`, first start (trains only if the data changed)", "s", [first])
    results.add(START, "`saphan run`, second start", "s", later)


async def _start(program: Program) -> float:
    started = time.perf_counter()
    await program.start()
    return time.perf_counter() - started


async def _people(program: Program, api: BotApi, texts: Sequence[str], plan: Plan, results: Results) -> None:
    bot = Ours(api)
    before = worked(program.pid)
    await asyncio.sleep(IDLE)
    idle = {name: (seconds - before[name]) / IDLE * 100 for name, seconds in worked(program.pid).items()}
    await bot.open(plan.chats)
    await let_people_write("Saphan", bot, texts, plan, results)
    for name, size in resident(program.pid).items():
        results.add(MEMORY, f"Saphan, {name}, resident after the load", "MB", [size])
    for name, share in idle.items():
        results.add(MEMORY, f"Saphan, {name}, idle, of one core", "%", [share])
