"""A person in the web chat and counsellors at the desk, each in a browser of their own, at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.adapters.db.migrate import migrate
from bot.adapters.db.records import open_records
from bot.bootstrap import Workers, build_house, build_workers
from bot.commands.pages import desk_app, web_chat_app
from bot.desk.security import origins_of
from bot.services.sign_in import Session
from bot.settings import Settings
from tests.support.browser import open_browser, serving
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

    async def counsellor(self, session: Session, url: str = "") -> Page:
        """Let a counsellor open the queue."""
        url = url or self.desk_url
        token, _ = await self.desk.services.sessions.start(session.member, session.private)
        page = await self._page()
        await page.context.add_cookies([{"name": "desk", "value": token, "url": url}])
        await page.goto(url)
        return page

    async def _page(self) -> Page:
        context = await self.browser.new_context()
        self.contexts.append(context)
        return await context.new_page()


@pytest.fixture
async def night(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Night]:
    clock: Any = RunningClock()
    settings = Settings.load(
        {"SAPHAN_HOME": str(tmp_path), "SAPHAN_DATABASE_URL": sqlite_url, "SAPHAN_ORGANISATION": "Bridge House"}, None
    )
    await migrate(sqlite_url)
    async with AsyncExitStack() as stack:
        records = open_records(sqlite_url, clock)
        stack.push_async_callback(records.close)
        house = await build_house(settings, content(), records, quick_vault(), clock)
        chat, messenger, close_pages = web_chat_app(house)
        app = desk_app(house)
        workers = await build_workers(house, FakeEngine(), [messenger])
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
        found = Night(desk, workers, browser, chat_url, desk_url)
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


async def take_over(counsellor: Page) -> None:
    await press(counsellor, "Take over")
    await expect(counsellor.locator("#text")).to_be_visible()


async def offer_to(counsellor: Page, name: str, person: Page) -> None:
    await counsellor.get_by_label("To whom?").select_option(label=name)
    await press(counsellor, "Offer")
    await said(person, "would like a colleague")


async def send(page: Page, text: str, label: str) -> None:
    await page.get_by_label(label).fill(text)
    await press(page, "Send")


async def they_talk(counsellor: Page, person: Page) -> None:
    await send(person, "words of the person", "Write here")
    await expect(counsellor.locator(".message.person").last).to_contain_text("words of the person")
    await send(counsellor, "words of Noor", "Your message")
    await said(person, "words of Noor")
    await counsellor.get_by_label("Your message").press_sequentially("I am")
    await expect(person.get_by_text("Writing …")).to_be_visible()
    await person.get_by_label("Write here").press_sequentially("I too")
    await expect(counsellor.get_by_text("The person is writing")).to_be_visible()


async def the_colleague_refuses(holder: Page, colleague: Page, person: Page) -> None:
    await offer_to(holder, "Ploy", person)
    await press(colleague, "Refuse")
    await said(person, "The same counsellor is still here")
    await expect(holder.get_by_label("To whom?")).to_be_visible()


async def the_person_refuses(holder: Page, colleague: Page, person: Page) -> None:
    await offer_to(holder, "Ploy", person)
    await expect(colleague.get_by_role("button", name="Accept")).to_be_visible()
    await press(person, "Stay with this counsellor")
    await said(person, "The same counsellor is still here")
    await expect(colleague.get_by_role("button", name="Accept")).to_be_hidden()
    await expect(holder.get_by_label("To whom?")).to_be_visible()


async def the_colleague_accepts(holder: Page, colleague: Page, person: Page) -> None:
    await offer_to(holder, "Ploy", person)
    await press(colleague, "Accept")
    await said(person, "Another counsellor of Bridge House is here now")
    await expect(colleague.locator(".log")).to_contain_text("words of Noor")
    await expect(holder.locator("#notice")).to_contain_text("not open to you any more")
    await send(colleague, "words of Ploy", "Your message")
    await said(person, "words of Ploy")


async def test_a_night_with_two_counsellors(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    at_noor = await night.counsellor(noor)
    person = await night.person()
    await ask_for_a_person(person)
    await take_over(at_noor)
    # She comes on duty only now: else the conversation could have been kept for her first.
    ploy = await night.desk.counsellor("Ploy", supervisor)
    at_ploy = await night.counsellor(ploy)
    await said(person, "A counsellor of Bridge House is here now")
    await they_talk(at_noor, person)
    await the_colleague_refuses(at_noor, at_ploy, person)
    await the_person_refuses(at_noor, at_ploy, person)
    await the_colleague_accepts(at_noor, at_ploy, person)

    # Ploy's laptop dies: after five minutes the person waits again, before all others, and Noor goes on.
    await at_ploy.context.close()
    night.contexts.remove(at_ploy.context)
    night.desk.clock.pass_(minutes=8)
    await night.workers.due.look()
    await said(person, "The counsellor had to leave")
    await at_noor.goto(night.desk_url)
    await take_over(at_noor)
    await expect(at_noor.locator(".log")).to_contain_text("words of Ploy")

    # Return, then once more to the end.
    await at_noor.get_by_label("Return to the program").select_option("shift_ends")
    await press(at_noor, "Return")
    await said(person, "The counsellor has left")
    await ask_for_a_person(person)
    await take_over(at_noor)
    await at_noor.get_by_label("Close").select_option("helped")
    await press(at_noor, "Close")
    await said(person, "The talk with the counsellor has ended")
    await a_cut_loses_and_repeats_nothing(night, noor)


async def a_cut_loses_and_repeats_nothing(night: Night, session: Session) -> None:
    """The line to an open desk is really cut, while it lies still and in the middle of a message."""
    it = await night.desk.person_waits("one")
    await night.desk.counsel.claim(session, it.id)
    async with Line(night.desk_url) as line:
        page = await night.counsellor(session, line.url)
        await page.goto(f"{line.url}/conversations/{it.code}")
        await expect(page.locator(".log")).to_contain_text("one")
        await night.desk.person_writes(it.id, "two")
        await expect(page.locator(".message.person").last).to_contain_text("two")
        line.cut()
        await expect(page.locator("#live-state")).to_be_visible()
        for text in ("three", "four"):
            await night.desk.person_writes(it.id, text)
        line.mend()
        await expect(page.locator(".message.person").last).to_contain_text("four", timeout=WITHIN)
        await night.desk.person_writes(it.id, "five")
        await expect(page.locator(".message.person").last).to_contain_text("five")
        words = ["one", "two", "three", "four", "five"]
        assert [it for it in await page.locator(".message.person .text").all_inner_texts() if it in words] == words
        await expect(page.locator("#live-state")).to_be_hidden()


class Line:
    """A line to a server that can be cut in mid-stream."""

    def __init__(self, url: str) -> None:
        self._port = int(url.rpartition(":")[2])
        self._writers: set[asyncio.StreamWriter] = set()
        self._is_cut = False

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
        self._is_cut = False

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers |= {writer, far_writer}
        await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))
        self._writers -= {writer, far_writer}


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
