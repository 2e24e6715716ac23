"""A night of the hotline: web chat, desk and all between them in one process, and browsers for whoever comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.adapters.db.records import open_records
from bot.bootstrap import Workers, build_house, build_workers
from bot.commands.pages import desk_app, web_chat_app
from bot.desk.security import origins_of
from bot.services.sign_in import Session
from bot.settings import Settings
from tests.support.browser import open_browser, serving
from tests.support.databases import bring_up
from tests.support.desk import TestDesk
from tests.support.fakes import FakeEngine
from tests.support.house import content
from tests.support.vault import quick_vault

WITHIN = 15_000
"""Milliseconds: the outbox sends three at once and then one a second."""


@dataclass
class RunningClock:
    """The real time, and how far the test has put it forward."""

    ahead: timedelta = field(default=timedelta(0))

    def now(self) -> datetime:
        return datetime.now(timezone.utc) + self.ahead

    def pass_(self, **gap: float) -> None:
        self.ahead += timedelta(**gap)


@dataclass
class Night:
    """One installation, with browsers for whoever comes."""

    desk: TestDesk
    workers: Workers
    engine: FakeEngine
    browser: Browser
    chat_url: str
    desk_url: str
    contexts: list[BrowserContext] = field(default_factory=list)

    async def person(self) -> Page:
        """Let a person begin in the web chat."""
        page = await self._page()
        await page.goto(self.chat_url)
        await page.get_by_role("button", name="Begin").click()
        await said(page, "Is it safe for you to write now?")
        return page

    async def person_who_is_not_answered(self) -> Page:
        """Let a person begin while the program cannot answer."""
        page = await self._page()
        await page.goto(self.chat_url)
        await page.get_by_role("button", name="Begin").click()
        return page

    async def counsellor(self, session: Session, url: str = "") -> Page:
        """Let a counsellor open the queue."""
        url = url or self.desk_url
        token, _ = await self.desk.services.sessions.start(session.member, session.private)
        page = await self._page()
        await page.context.add_cookies([{"name": "desk", "value": token, "url": url}])
        await page.goto(url)
        return page

    async def pass_(self, **gap: float) -> None:
        """Let time pass, and the clock's works look."""
        self.desk.clock.pass_(**gap)
        await self.workers.due.look()

    async def _page(self) -> Page:
        context = await self.browser.new_context()
        self.contexts.append(context)
        return await context.new_page()


@asynccontextmanager
async def open_night(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Night]:
    """Open a fresh installation with all that runs beside it."""
    clock: Any = RunningClock()
    settings = Settings.load(
        {"SAPHAN_HOME": str(tmp_path), "SAPHAN_DATABASE_URL": sqlite_url, "SAPHAN_ORGANISATION": "Bridge House"}, None
    )
    await bring_up(sqlite_url)
    async with AsyncExitStack() as stack:
        records = open_records(sqlite_url, clock)
        stack.push_async_callback(records.close)
        house = await build_house(settings, content(), records, quick_vault(), clock)
        chat, messenger, close_pages = web_chat_app(house)
        app = desk_app(house)
        engine = FakeEngine()
        workers = await build_workers(house, engine, [messenger])
        working = asyncio.create_task(workers.run())
        stack.push_async_callback(_end, working)
        browser = await stack.enter_async_context(open_browser())
        chat_url = await stack.enter_async_context(serving(chat))
        stack.callback(close_pages)
        desk_url = await stack.enter_async_context(serving(app))
        app.state["origins"] = origins_of(desk_url)
        home: Any = house.home
        signals: Any = house.signals
        services = app.state.services
        desk = TestDesk(records, house.vault, clock, signals, services, home, app)
        found = Night(desk, workers, engine, browser, chat_url, desk_url)
        yield found
        for context in found.contexts:
            await context.close()


async def _end(working: asyncio.Task[None]) -> None:
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def said(person: Page, text: str) -> None:
    """Wait until the newest sentence in the web chat holds a text."""
    await expect(person.locator(".said").last).to_contain_text(text, timeout=WITHIN)


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def ask_for_a_person(person: Page) -> None:
    await press(person, "A person")
    await said(person, "May the counsellor read this chat")
    await press(person, "Yes, a counsellor may read")
    await expect(person.locator(".said")).to_contain_text(["You are in the queue."], timeout=WITHIN)


async def send(page: Page, text: str, label: str) -> None:
    """Write and send, at either end."""
    await page.get_by_label(label).fill(text)
    await press(page, "Send")


async def take_over(counsellor: Page) -> None:
    await press(counsellor, "Take over")
    await expect(counsellor.locator("#text")).to_be_visible()


class Line:
    """A line to a server that can be cut in mid-stream."""

    def __init__(self, url: str) -> None:
        self._port = int(url.rpartition(":")[2])
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_cut = self._is_frozen = False

    async def __aenter__(self) -> Line:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        self._server.close()
        await self._server.wait_closed()

    def cut(self) -> None:
        self._is_cut = True
        for writer in self._writers:
            writer.transport.abort()

    def mend(self) -> None:
        self._is_cut = self._is_frozen = False

    def freeze(self) -> None:
        """Let nothing more through and close nothing: so it is when the laptop at its end has died."""
        self._is_frozen = True

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers |= {writer, far_writer}
        await asyncio.gather(self._pour(reader, far_writer), self._pour(far_reader, writer))
        self._writers -= {writer, far_writer}

    async def _pour(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if not self._is_frozen:
                    writer.write(data)
                    await writer.drain()
        writer.close()
