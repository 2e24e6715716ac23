"""People of the desk in real browsers: a vetting that runs out, a session that is ended, and going live."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.services.sign_in import Session
from tests.support.browser import open_browser, serving, visiting
from tests.support.desk import TestDesk, open_desk

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIVE = "**/queue/live"
"""What keeps the queue on a screen up to date."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@dataclass
class Office:
    """A desk that is served, and whoever comes in at one of its browsers."""

    desk: TestDesk
    url: str

    async def enters(self, context: BrowserContext, session: Session) -> Page:
        """Go on as somebody who is signed in already."""
        token, _ = await self.desk.services.sessions.start(session.member, session.private)
        await context.add_cookies([{"name": "desk", "value": token, "url": self.url}])
        page = await context.new_page()
        await page.goto(self.url)
        return page


@pytest_asyncio.fixture(loop_scope="module")
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    async with open_desk(sqlite_url) as desk, serving(desk.app) as url:
        yield Office(desk, url)


async def test_a_vetting_that_runs_out_ends_new_claims_until_a_supervisor_vets_anew(
    office: Office, browser: Browser
) -> None:
    desk = office.desk
    supervisor, counsellor = await desk.pair()
    now = desk.clock.now()
    until = now + timedelta(minutes=30)
    await desk.services.vettings.record(supervisor, counsellor.member.id, ["identity"], now, until)
    await desk.person_waits("told")
    async with visiting(browser) as (one, _), visiting(browser) as (two, _):
        # A screen that is behind still shows the button; one that is not takes it away.
        await one.route(LIVE, lambda route: route.abort())
        noor = await office.enters(one, counsellor)
        take = noor.get_by_role("button", name="Take over")
        await expect(take).to_be_visible()
        desk.clock.pass_(minutes=31)
        await take.click()
        await expect(noor.locator("main")).to_contain_text("your vetting has expired")
        await one.unroute(LIVE)
        await noor.goto(office.url)
        await expect(noor.locator("main")).to_contain_text("needs a vetting that counts")

        mali = await office.enters(two, supervisor)
        await mali.get_by_role("link", name="People").first.click()
        await expect(mali.locator("main")).to_contain_text("vetting has expired")
        await mali.get_by_role("link", name="Noor").click()
        today = desk.clock.now().date()
        await mali.get_by_label("who they are").check()
        await mali.locator("[name=conduct]").fill(str(today))
        await mali.locator("[name=until]").fill(str(today + timedelta(days=300)))
        await mali.get_by_role("button", name="Write down and approve").click()
        await expect(mali.locator(".tag.good", has_text="vetted")).to_be_visible()

        await expect(take).to_be_visible()
        await take.click()
        await expect(noor.locator("#write")).to_be_visible()


async def test_a_session_that_a_supervisor_ends_is_gone_from_the_screen_at_once(
    office: Office, browser: Browser
) -> None:
    desk = office.desk
    supervisor, counsellor = await desk.pair()
    conversation = await desk.person_waits("told")
    async with visiting(browser) as (one, _), visiting(browser) as (two, _):
        noor = await office.enters(one, counsellor)
        await noor.get_by_role("button", name="Take over").click()
        await expect(noor.locator("#log")).to_contain_text("told")

        mali = await office.enters(two, supervisor)
        await mali.goto(f"{office.url}/people/{counsellor.member.id}")
        for _ in await mali.get_by_role("button", name="End", exact=True).all():
            await mali.get_by_role("button", name="End", exact=True).first.click()
            await mali.wait_for_load_state()
        await expect(mali.locator("main")).to_contain_text("Nowhere")

        await expect(noor.locator("#notice")).to_contain_text("not open to you any more")
        await noor.goto(f"{office.url}/conversations/{conversation.code}")
        assert noor.url == f"{office.url}/sign-in"


async def test_an_installation_goes_live_when_two_supervisors_signed_what_is_missing_and_pressed(
    office: Office, browser: Browser
) -> None:
    desk = office.desk
    first, counsellor = await desk.pair()
    second, _ = await desk.member("Sam", "supervisor")
    await desk.vets(first, second)
    await desk.staff.confirm_recovery(first)
    async with visiting(browser) as (one, _), visiting(browser) as (two, _):
        mali, sam = await office.enters(one, first), await office.enters(two, second)
        await mali.get_by_role("link", name="Going live").click()
        await expect(mali.get_by_role("button", name="Go live")).to_have_count(0)
        while await mali.locator("form:has([name=about])").count():
            point = mali.locator("form:has([name=about])").first
            for box in await point.locator("[name=about]").all():
                await box.check()
            await point.get_by_role("button").click()
            await mali.wait_for_load_state()
        await mali.get_by_role("button", name="Go live").click()
        await expect(mali.locator("main")).to_contain_text("Mali pressed")
        await expect(mali.get_by_role("button", name="Go live")).to_have_count(0)
        await sam.goto(f"{office.url}/going-live")
        await sam.get_by_role("button", name="Go live").click()
        await expect(sam.locator("main")).to_contain_text("has been live since")

        await sam.goto(f"{office.url}/people/{counsellor.member.id}")
        await expect(sam.locator("main")).to_contain_text("Approved by 1 of 2 supervisors")
        await sam.get_by_role("button", name="Approve", exact=True).click()
        await expect(sam.locator(".tag.good", has_text="vetted")).to_be_visible()
