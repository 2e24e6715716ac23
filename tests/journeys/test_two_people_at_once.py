"""A person in the web chat and counsellors at the desk, each in a browser of their own, at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
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

    async def counsellor(self, session: Session) -> Page:
        """Let a counsellor open the queue."""
        token, _ = await self.desk.services.sessions.start(session.member, session.private)
        page = await self._page()
        await page.context.add_cookies([{"name": "desk", "value": token, "url": self.desk_url}])
        await page.goto(self.desk_url)
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
        services = app.state.services
        desk = TestDesk(records, house.vault, clock, house.signals, services, home, app)
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


async def test_a_night_with_two_counsellors(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    ploy = await night.desk.counsellor("Ploy", supervisor)
    at_noor, at_ploy = await night.counsellor(noor), await night.counsellor(ploy)
    person = await night.person()

    # Take over, and both ways live.
    await ask_for_a_person(person)
    await take_over(at_noor)
    await said(person, "A counsellor of Bridge House is here now")
    await send(person, "words of the person", "Write here")
    await expect(at_noor.locator(".message.person").last).to_contain_text("words of the person")
    await send(at_noor, "words of Noor", "Your message")
    await said(person, "words of Noor")
    await at_noor.get_by_label("Your message").press_sequentially("I am")
    await expect(person.get_by_text("Writing …")).to_be_visible()
    await person.get_by_label("Write here").press_sequentially("I too")
    await expect(at_noor.get_by_text("The person is writing")).to_be_visible()

    # Refused by the colleague: Noor goes on.
    await offer_to(at_noor, "Ploy", person)
    await press(at_ploy, "Refuse")
    await said(person, "The same counsellor is still here")
    await expect(at_noor.get_by_label("To whom?")).to_be_visible()

    # Refused by the person: the offer is gone from the colleague's page by itself.
    await offer_to(at_noor, "Ploy", person)
    await expect(at_ploy.get_by_role("button", name="Accept")).to_be_visible()
    await press(person, "Stay with this counsellor")
    await said(person, "The same counsellor is still here")
    await expect(at_ploy.get_by_role("button", name="Accept")).to_be_hidden()
    await expect(at_noor.get_by_label("To whom?")).to_be_visible()

    # Accepted: Ploy reads everything, and Noor's page says that it is theirs no more.
    await offer_to(at_noor, "Ploy", person)
    await press(at_ploy, "Accept")
    await said(person, "Another counsellor of Bridge House is here now")
    await expect(at_ploy.locator(".log")).to_contain_text("words of Noor")
    await expect(at_noor.locator("#notice")).to_contain_text("not open to you any more")
    await send(at_ploy, "words of Ploy", "Your message")
    await said(person, "words of Ploy")

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
