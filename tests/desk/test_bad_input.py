"""What a person may send, and what a hand may do twice: nothing breaks out, nothing is done again, the page says it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.desk.security import origins_of
from bot.domain.ownership import State
from bot.services.records import Conversation
from bot.services.sign_in import Session
from tests.support.browser import open_browser, serving, visiting
from tests.support.desk import TestDesk, browser, open_desk

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("desk-in-a-browser")]

WORD = "x" * 4096
SCRIPT = """</p></li><script>window.broke = 1</script><img src="x" onerror="window.broke = 1"><b>bold</b>"""
IS_CUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FLOOD = 200
QUICK = 1.0
"""Seconds, on a machine that does other things too; the figures of an idle one stand in docs/performance.md."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def enter(desk: TestDesk, context: BrowserContext, session: Session, url: str) -> None:
    desk.app.state["origins"] = origins_of(url)
    token, _ = await desk.services.sessions.start(session.member, session.private)
    await context.add_cookies([{"name": "desk", "value": token, "url": url}])


async def at(context: BrowserContext, address: str) -> Page:
    page = await context.new_page()
    await page.goto(address)
    return page


async def held(desk: TestDesk, *texts: str) -> tuple[Conversation, Session]:
    _, counsellor = await desk.pair()
    it = await desk.person_waits(*texts)
    await desk.counsel.claim(counsellor, it.id)
    return it, counsellor


@pytest.mark.parametrize("width", [320, 1280])
async def test_a_word_without_end_and_a_script_stay_in_their_box(desk: TestDesk, chromium: Browser, width: int) -> None:
    it, counsellor = await held(desk, WORD, SCRIPT)
    async with (
        serving(desk.app) as url,
        visiting(chromium, viewport={"width": width, "height": 800}) as (context, asked),
    ):
        await enter(desk, context, counsellor, url)
        page = await at(context, f"{url}/conversations/{it.code}")
        for text in (WORD, SCRIPT):
            await desk.person_writes(it.id, text)
        said = page.locator(".message.person .text")
        await expect(said).to_have_count(4)
        assert await said.all_inner_texts() == [WORD, SCRIPT] * 2
        assert not await page.evaluate(IS_CUT)
        assert await page.evaluate("window.broke") is None
        assert await page.locator(".message b, .message img, .message script").count() == 0
        assert {address for address in asked if not address.startswith(url)} == set()


async def test_two_hundred_who_wait_fit_the_page_and_it_stays_quick(desk: TestDesk, chromium: Browser) -> None:
    _, counsellor = await desk.pair()
    for number in range(FLOOD):
        await desk.person_waits("told", level="P1" if number % 7 == 0 else "P3")
    async with browser(desk, counsellor) as driver:
        took = []
        for _ in range(5):
            begun = time.perf_counter()
            page = await driver.http.get("/")
            took.append(time.perf_counter() - begun)
    assert page.text.count('class="act"') == FLOOD
    assert min(took) < QUICK
    async with (
        serving(desk.app) as url,
        visiting(chromium, viewport={"width": 320, "height": 800}) as (context, _),
    ):
        await enter(desk, context, counsellor, url)
        shown = await at(context, url)
        await expect(shown.locator("#waiting-title .count")).to_have_text(str(FLOOD))
        assert not await shown.evaluate(IS_CUT)
        await desk.person_waits("told", level="P0")
        desk.signals.publish("queue")
        await expect(shown.locator("table.queue tbody tr").first).to_have_class("P0")


async def test_two_tabs_show_the_same_and_the_one_that_is_late_is_told(desk: TestDesk, chromium: Browser) -> None:
    it, counsellor = await held(desk, "told")
    async with serving(desk.app) as url, visiting(chromium) as (context, _):
        await enter(desk, context, counsellor, url)
        one, two = [await at(context, f"{url}/conversations/{it.code}") for _ in range(2)]
        await one.locator("#text").fill("written in the first")
        await one.get_by_role("button", name="Send").click()
        await expect(two.locator(".message.counsellor .text")).to_have_text("written in the first")
        await two.locator("#text").fill("written in the second")
        await one.locator("[name=reason]").select_option("shift_ends")
        await one.get_by_role("button", name="Return", exact=True).click()
        await expect(two.locator("#notice")).to_contain_text("not open to you any more")
        await expect(two.get_by_role("button", name="Send")).to_be_disabled()
        await expect(two.locator("#text")).to_have_value("written in the second")
        await two.locator("[name=outcome]").select_option("helped")
        await two.get_by_role("button", name="Close", exact=True).click()
        await expect(two.locator("main")).to_contain_text("There is nothing here")
    assert (await desk.read(it.id)).own.state is State.BOT


async def test_a_double_click_acts_once_and_shows_what_came_of_it(desk: TestDesk, chromium: Browser) -> None:
    supervisor, counsellor = await desk.pair()
    it = await desk.person_waits("told")
    async with (
        serving(desk.app) as url,
        visiting(chromium) as (context, _),
        visiting(chromium) as (other, _),
    ):
        await enter(desk, context, counsellor, url)
        await enter(desk, other, supervisor, url)
        page = await at(context, url)
        await page.get_by_role("button", name="Take over").dblclick()
        await page.locator("[name=reason]").select_option("shift_ends")
        await page.get_by_role("button", name="Return", exact=True).dblclick()
        await expect(page.locator("#waiting-title")).to_be_visible()
        people = await at(other, f"{url}/people")
        await people.locator("[name=name]").fill("Kai")
        await people.locator("[name=role][value=counsellor]").check()
        await people.locator("[type=checkbox][name=language][value=en]").check()
        await people.get_by_role("button", name="Add", exact=True).dblclick()
        assert "/setup/" in await people.locator("[data-select]").input_value()
    acts = [act for _, act in await desk.audited()]
    assert [acts.count(act) for act in ("claimed", "returned")] == [1, 1]
    assert (await desk.read(it.id)).own.state is State.BOT


async def test_a_note_is_kept_after_a_message_was_sent_from_the_same_page(desk: TestDesk) -> None:
    it, counsellor = await held(desk, "told")
    async with browser(desk, counsellor) as driver:
        page = await driver.open(f"/conversations/{it.code}")
        note = page.text.split('name="form" value="note-')[1].split('"')[0]
        live = {"headers": {"hx-request": "true"}}
        await driver.send(f"/conversations/{it.code}/messages", {"text": "hello", "form": note}, **live)
        driver.page = page
        for _ in range(2):
            driver.page = page
            await driver.send(f"/conversations/{it.code}/notes", {"text": "likes evenings", "form": f"note-{note}"})
    assert [each.text for each in (await desk.services.holding.page(counsellor, it.id, None)).notes] == [
        "likes evenings"
    ]


async def test_the_same_return_sent_twice_without_scripts_returns_once_and_leads_to_the_queue(desk: TestDesk) -> None:
    it, counsellor = await held(desk, "told")
    async with browser(desk, counsellor) as driver:
        page = await driver.open(f"/conversations/{it.code}")
        form = "return-" + page.text.split('name="form" value="return-')[1].split('"')[0]
        for _ in range(2):
            driver.page = page
            answer = await driver.send(f"/conversations/{it.code}/return", {"reason": "shift_ends", "form": form})
            assert (answer.status_code, answer.url.path) == (200, "/")
    assert [act for _, act in await desk.audited()].count("returned") == 1
