"""The web chat over the real inbox, turns, outbox and database, in a real browser; only the engine is a fake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.adapters.clock import SystemClock
from bot.adapters.db.records import open_records
from bot.bootstrap import build_house, build_workers, read_content
from bot.commands.pages import web_chat_app
from bot.settings import Settings
from tests.support.browser import open_browser, serving, visiting
from tests.support.databases import bring_up
from tests.support.fakes import FakeEngine
from tests.support.vault import quick_vault

OPENING = ["Do not count on a person", "run by Bridge House", "only if you say yes", "Is it safe for you to write now?"]
WITHIN = 15_000
"""Milliseconds: the outbox sends three at once and then one a second."""


@dataclass
class Visit:
    """One browser and one installation."""

    browser: Browser
    home: str


@pytest.fixture
async def visit(tmp_path: Path) -> AsyncIterator[Visit]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}"
    settings = Settings.load(
        {"SAPHAN_HOME": str(tmp_path), "SAPHAN_DATABASE_URL": url, "SAPHAN_ORGANISATION": "Bridge House"}, None
    )
    await bring_up(url)
    async with AsyncExitStack() as stack:
        records = open_records(url, SystemClock())
        stack.push_async_callback(records.close)
        house = await build_house(settings, read_content(), records, quick_vault(), SystemClock())
        app, messenger, _ = web_chat_app(house)
        workers = await build_workers(house, FakeEngine(), [messenger])
        working = asyncio.create_task(workers.run())
        stack.push_async_callback(_end, working)
        browser = await stack.enter_async_context(open_browser())
        yield Visit(browser, await stack.enter_async_context(serving(app)))


async def _end(working: asyncio.Task[None]) -> None:
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def opened(context: BrowserContext, home: str) -> Page:
    """Open the page, begin, and read the opening to its end."""
    page = await context.new_page()
    await page.goto(home)
    await page.get_by_role("button", name="Begin").click()
    await expect(page.locator(".said")).to_contain_text(OPENING, timeout=WITHIN)
    return page


@pytest.mark.parametrize("scripts", [True, False])
async def test_the_whole_opening_arrives_with_scripts_and_without(visit: Visit, *, scripts: bool) -> None:
    async with visiting(visit.browser, java_script_enabled=scripts) as (context, asked):
        page = await opened(context, visit.home)
        await page.get_by_role("button", name="Yes", exact=True).click()
        await expect(page.locator(".said").last).to_contain_text("in your own words", timeout=WITHIN)
        assert {it for it in asked if not it.startswith(visit.home)} == set()


@pytest.mark.parametrize("scripts", [True, False])
async def test_after_deleting_everything_the_last_words_still_arrive(visit: Visit, *, scripts: bool) -> None:
    async with visiting(visit.browser, java_script_enabled=scripts) as (context, _):
        page = await opened(context, visit.home)
        await page.get_by_role("button", name="More").click()
        await page.get_by_role("button", name="Delete").click(timeout=WITHIN)
        await page.get_by_role("button", name="Yes, delete everything").click(timeout=WITHIN)
        await expect(page.locator(".said").last).to_contain_text("What stays", timeout=WITHIN)


async def test_six_words_lead_back_from_another_browser(visit: Visit) -> None:
    async with visiting(visit.browser) as (context, _):
        page = await opened(context, visit.home)
        await page.get_by_role("button", name="Six words to come back").click()
        await expect(page.locator(".said").last).to_contain_text("With these six words")
        told = await page.locator(".said").last.inner_text()
    words = told.split(": ")[1].split(".")[0]
    async with visiting(visit.browser) as (context, _):
        page = await context.new_page()
        await page.goto(f"{visit.home}/come-back")
        await page.get_by_role("textbox").fill(words)
        await page.get_by_role("button", name="Open").click()
        await expect(page.locator(".said").last).to_contain_text("Is it safe for you to write now?", timeout=WITHIN)
