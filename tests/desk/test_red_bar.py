"""What wants an answer now is on every page of the desk, in its title, and, once switched on, to be heard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, expect

from bot.desk.security import origins_of
from bot.services.sign_in import Session
from tests.support.browser import open_browser, serving, visiting
from tests.support.desk import TestDesk, open_desk

COUNT_TONES = """
  window.tones = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) { window.tones += 1; return start.apply(this, at); };
"""


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def raise_danger(desk: TestDesk) -> None:
    waiting = await desk.person_waits("secret words", level="P0")
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(waiting.id, waiting.code, "danger", "P0", desk.clock.now())
    desk.signals.publish("queue")


async def signed_in(desk: TestDesk, session: Session, url: str, page: Page) -> None:
    token, _ = await desk.services.sessions.start(session.member, session.private)
    await page.context.add_cookies([{"name": "desk", "value": token, "url": url}])


async def test_danger_now_is_seen_on_every_page_and_heard_once_sound_is_on(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    async with serving(desk.app) as url, open_browser() as browser, visiting(browser) as (context, _):
        desk.app.state["origins"] = origins_of(url)
        await context.add_init_script(COUNT_TONES)
        page = await context.new_page()
        await signed_in(desk, noor, url, page)
        await page.goto(f"{url}/roster")
        bar = page.locator(".urgent [role=alert]")
        await expect(bar).to_have_count(0)

        await raise_danger(desk)
        await expect(bar).to_have_count(1)
        await expect(page).to_have_title("!! Roster · Saphan")
        assert await page.evaluate("window.tones") == 0

        await page.locator("#sound").click()
        await expect(page.locator("#sound")).to_have_attribute("aria-pressed", "true")
        await page.wait_for_function("window.tones >= 4")

        await bar.get_by_role("button").click()
        await page.wait_for_url(f"{url}/")
        await expect(page.locator("form.alert.P0")).to_have_count(0)
        await page.goto(f"{url}/people")
        await expect(page).to_have_title("People · Saphan")
        await expect(page.locator("#sound")).to_have_attribute("aria-pressed", "true")
