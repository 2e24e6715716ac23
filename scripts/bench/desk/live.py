"""How soon a person's message stands on the page of whoever holds the conversation, with 50 open desks.

Forty have a conversation open, ten the queue, each with the second stream that the page beside it opens, and each
answers when it is asked whether it is still there. People write over Telegram's own protocol; now and then somebody
new asks for a person, which every open page looks at.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

from scripts.bench.desk.browser import Browser
from scripts.bench.desk.run import Desk
from scripts.bench.figures import Figure, Results

LIVE: Final = "A message on the page of who holds the conversation, with 50 open desks"
GOAL_MS: Final = 1000.0
AT_THE_QUEUE: Final = 10
A_SECOND: Final = 4
"""Messages that people write in one second, all together."""
NEW_EVERY: Final = 20
"""After so many messages somebody new asks for a person."""
NEWCOMERS: Final = 50_000
"""The chat of the first of them."""
ARRIVES_WITHIN: Final = 60.0


@dataclass
class Page:
    """One open desk: its streams, and when each text came."""

    browser: Browser
    came: dict[str, asyncio.Future[float]] = field(default_factory=dict)
    answers: set[asyncio.Task[tuple[int, str]]] = field(default_factory=set)

    def expect(self, mark: str) -> asyncio.Future[float]:
        """Note that a text with this mark will come."""
        self.came[mark] = asyncio.get_running_loop().create_future()
        return self.came[mark]

    async def follow(self, path: str) -> None:
        """Read a stream until it is cut."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.browser.port)
        head = f"GET {path} HTTP/1.1\r\nhost: localhost:{self.browser.port}\r\naccept: text/event-stream\r\n"
        writer.write(f"{head}cookie: {self.browser.cookie}\r\n\r\n".encode())
        try:
            while line := await reader.readline():
                self._read(line.decode())
        finally:
            writer.close()

    def _read(self, line: str) -> None:
        now = time.perf_counter()
        if line.startswith("event: here"):
            # Beside the reading: an answer that waits for the server must not keep a message from being seen.
            answer = asyncio.create_task(asyncio.to_thread(self.browser.ask, "/here"))
            self.answers.add(answer)
            answer.add_done_callback(self.answers.discard)
        for mark in [mark for mark in self.came if mark in line]:
            self.came.pop(mark).set_result(now)


async def measure(desk: Desk, database: str, messages: int, results: Results) -> bool:
    """Let people write so many messages; True when the 99th percentile keeps the goal."""
    async with _open(desk) as pages:
        worked, started = desk.worked(), time.perf_counter()
        samples = await _write(desk, pages, messages)
        share = (desk.worked() - worked) / (time.perf_counter() - started) / 10
    what = f"{database}, from the Bot API to the page"
    results.add(LIVE, what, "ms", samples)
    results.add(LIVE, f"{database}, the program meanwhile, of one core", "%", [share])
    return Figure(what, "ms", tuple(samples)).at(0.99) < GOAL_MS


@asynccontextmanager
async def _open(desk: Desk) -> AsyncIterator[Sequence[Page]]:
    """Let everybody sign in and open what they work on; give those who have a conversation open."""
    seeded = desk.seeded
    pages = [Page(Browser(desk.port, name)) for name in seeded.counsellors]
    for page in pages:
        await asyncio.to_thread(page.browser.enter)
    talking = pages[: len(pages) - AT_THE_QUEUE]
    async with AsyncExitStack() as stack:
        for page, (code, _) in zip(talking, seeded.held, strict=False):
            await asyncio.to_thread(page.browser.ask, f"/conversations/{code}")
            for path in (f"/conversations/{code}/live?after=60", "/alerts/live"):
                stack.push_async_callback(_end, asyncio.create_task(page.follow(path)))
        for page in pages[len(talking) :]:
            stack.push_async_callback(_end, asyncio.create_task(page.follow("/queue/live")))
        await asyncio.sleep(1)
        yield talking


async def _write(desk: Desk, pages: Sequence[Page], messages: int) -> list[float]:
    """Let people write by turns, and give the milliseconds of each message."""
    arriving = []
    for number in range(messages):
        page, (_, chat) = pages[number % len(pages)], desk.seeded.held[number % len(pages)]
        mark = f"mark-{number:05}-"
        arriving.append(asyncio.create_task(_arrives(page.expect(mark), time.perf_counter())))
        await desk.api.person(chat).writes(f"{mark} I am still here")
        if number % NEW_EVERY == 0:
            await _somebody_new(desk, NEWCOMERS + number)
        await asyncio.sleep(1 / A_SECOND)
    return await asyncio.gather(*arriving)


async def _arrives(came: asyncio.Future[float], written: float) -> float:
    return (await asyncio.wait_for(came, ARRIVES_WITHIN) - written) * 1000


async def _somebody_new(desk: Desk, chat: int) -> None:
    person = desk.api.person(chat)
    await person.writes("/start")
    await person.presses_data("w:person", 1)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
