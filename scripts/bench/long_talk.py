"""One conversation that grows to 2,000 messages, and where the time of one message goes.

The same parts as in `saphan run`, put together by the same `bootstrap`, in this process: real engine, real database,
real HTTP to the emulated Bot API. Only the clock is ours: after each message it jumps, so that the limit of one
message a second does not hold the next answer. Between the measured messages readings of the same texts are
remembered, which saves the engine's time and nothing else; every tenth message is read and measured all the same.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.adapters.db.migrate import migrate
from bot.adapters.db.records import open_records
from bot.adapters.engine import HttpEngine
from bot.adapters.processes import EngineProcesses, train
from bot.adapters.server_key import load_or_make
from bot.adapters.vault import SodiumVault
from bot.bootstrap import build_house, build_workers, read_content
from bot.channels.telegram.api import BotApi as Telegram
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.poll import UpdateLoop
from bot.settings import Settings
from scripts.bench.figures import LONG, STAGES, Results, Stage
from scripts.bench.load import Plan
from scripts.bench.ours import OPENING, fresh
from scripts.bench.watched import (
    JumpingClock,
    Watch,
    WatchedEngine,
    WatchedInbox,
    WatchedMessenger,
    WatchedRecords,
    split,
)
from tests.support.bot_api import TOKEN, BotApi, Person

JUMP: Final = 5.0
EVERY: Final = 10
"""Of the messages between, every so many is measured too."""


@dataclass(frozen=True)
class Moment:
    """One measured message, by the clock of `time.perf_counter`: written, handed to the inbox, answered."""

    number: int
    written: float
    arrived: float
    answered: float

    @property
    def milliseconds(self) -> float:
        """Give the time from writing to the first answer."""
        return (self.answered - self.written) * 1000


@dataclass
class Talk:
    """The conversation and everything that watches it."""

    person: Person
    api: BotApi
    clock: JumpingClock
    watch: Watch
    engine: WatchedEngine
    inbox: WatchedInbox
    turns: int = 0
    moments: list[Moment] = field(default_factory=list)

    async def open(self) -> None:
        """Let the opening be said."""
        await self.person.starts()
        self.turns += 1
        await self.api.until(lambda: len(self.person.screen) >= OPENING, "the opening", 20)
        await self._settle()

    async def write(self, number: int, text: str, *, measured: bool) -> None:
        """Write, wait for the first answer, then until nothing is left to do."""
        self.engine.remembers = not measured
        seen, written = len(self.person.screen), time.perf_counter()
        await self.person.writes(text)
        self.turns += 1
        await self.api.until(lambda: len(self.person.screen) > seen, "an answer", 30)
        if measured:
            self.moments.append(Moment(number, written, self.inbox.arrived, time.perf_counter()))
        await self._settle()

    async def _settle(self) -> None:
        async with asyncio.timeout(30):
            while not self.watch.settled(self.turns):  # noqa: ASYNC110 - any of a dozen steps may be the last
                await asyncio.sleep(0.002)
        self.clock.jump(JUMP)


async def measure(folder: Path, texts: Sequence[str], plan: Plan, results: Results) -> None:
    """Let one conversation grow, and measure up to message 50 and up to the last."""
    early, late = range(51 - plan.near, 51), range(plan.long + 1 - plan.near, plan.long + 1)
    async with _talk(folder) as talk:
        await talk.open()
        for number in range(1, plan.long + 1):
            measured = number in early or number in late or number % EVERY == 0
            await talk.write(number, texts[number % len(texts)], measured=measured)
    results.lines["Saphan"] = [(one.number, one.milliseconds) for one in talk.moments]
    for numbers, where in ((early, "at message 50"), (late, f"at message {plan.long}")):
        moments = [one for one in talk.moments if one.number in numbers]
        results.add(LONG, f"Saphan, {where}", "ms", [one.milliseconds for one in moments])
        results.stages[f"{STAGES}, {where}"] = list(_stages(talk.watch, moments))


def _stages(watch: Watch, moments: Sequence[Moment]) -> list[Stage]:
    """Order the steps by where they first come; the rest is the work of the app between them."""
    splits = [split(watch.spans, one.arrived, one.answered) for one in moments]
    order = list(dict.fromkeys(what for spent, _, _ in splits for what in spent))
    begin = Stage("Bot API hands the update over (HTTP)", tuple((m.arrived - m.written) * 1000 for m in moments), 1)
    steps = [
        Stage(
            what,
            tuple(spent.get(what, 0.0) for spent, _, _ in splits),
            sum(times[what] for _, times, _ in splits) / len(splits),
        )
        for what in order
    ]
    return [begin, *steps, Stage("between the steps", tuple(idle for _, _, idle in splits), 1)]


@asynccontextmanager
async def _talk(folder: Path) -> AsyncIterator[Talk]:
    """Put the app together as `saphan run` does."""
    home = fresh(folder / "long")
    settings = Settings.load({"SAPHAN_HOME": str(home), "SAPHAN_ORGANISATION": "Bridge House"}, None)
    await migrate(settings.database_url)
    await train(folder / "home")
    clock, watch = JumpingClock(), Watch()
    async with AsyncExitStack() as stack:
        processes = await stack.enter_async_context(EngineProcesses(folder / "home"))
        http = HttpEngine(processes.url, processes.token.reveal())
        stack.push_async_callback(http.close)
        api = await stack.enter_async_context(BotApi())
        telegram = Telegram(TOKEN, api.url)
        await stack.enter_async_context(telegram)
        records = open_records(settings.database_url, clock)
        stack.push_async_callback(records.close)
        watched, vault = WatchedRecords(records, watch), SodiumVault(load_or_make(settings.secret_key_file))
        house = await build_house(settings, read_content(), watched, vault, clock)
        engine, inbox = WatchedEngine(http, watch), WatchedInbox(house.receive)
        workers = await build_workers(house, engine, [WatchedMessenger(TelegramMessenger(telegram), watch)])
        for work in (workers.converse.run(), workers.deliver.run(), UpdateLoop(telegram, inbox).run()):
            stack.push_async_callback(_end, asyncio.create_task(work))
        yield Talk(api.person(20_000), api, clock, watch, engine, inbox)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
