"""A referral in real browsers: previewed, agreed, accepted, refused, taken back, and a talk that opens from the yes on.

Each page on the way is looked at by axe-core, light and dark, wide and as narrow as a phone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.desk.security import origins_of
from bot.domain.referral import State
from bot.services.sign_in import Session
from tests.desk.test_accessible import AXE, IS_CUT, OF_COLOURS, RUN, STANDARD
from tests.support.browser import open_browser, serving, visiting
from tests.support.referral import Bridge, open_bridge

pytestmark = pytest.mark.xdist_group("desk-in-a-browser")


@dataclass
class Stage:
    """Two browsers beside one chat."""

    bridge: Bridge
    browser: Browser
    url: str
    found: list[str] = field(default_factory=list)
    """What nobody could use, on any page that was looked at."""

    @asynccontextmanager
    async def desk_of(self, session: Session, language: str = "en") -> AsyncIterator[Page]:
        token, _ = await self.bridge.house.house.sessions.start(session.member, session.private)
        async with visiting(self.browser, viewport={"width": 1280, "height": 800}) as (context, _):
            await context.add_init_script(path=AXE)
            cookies = {"language": language, "desk": token}
            await context.add_cookies([{"name": n, "value": v, "url": self.url} for n, v in cookies.items()])
            yield await context.new_page()

    async def look(self, page: Page, name: str) -> None:
        for width in (1280, 320):
            await page.set_viewport_size({"width": width, "height": 800})
            if await page.evaluate(IS_CUT):
                self.found.append(f"{name} {width}: has to be moved sideways")
            self.found += [f"{name} {width} {fault}" for fault in await page.evaluate(RUN, STANDARD)]
            await page.emulate_media(color_scheme="dark")
            self.found += [f"{name} {width} dark {fault}" for fault in await page.evaluate(RUN, OF_COLOURS)]
            await page.emulate_media(color_scheme="light")
        await page.set_viewport_size({"width": 1280, "height": 800})

    async def answers(self, *labels: str) -> None:
        await self.bridge.house.settle()
        self.bridge.house.clock.pass_(seconds=9)
        await self.bridge.house.settle()
        for label in labels:
            await self.bridge.house.presses(label)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with (
        open_bridge(f"sqlite+aiosqlite:///{tmp_path / 'bridge.db'}", tmp_path) as bridge,
        serving(bridge.desk.app) as url,
        open_browser() as browser,
    ):
        bridge.desk.app.state["origins"] = origins_of(url)
        yield Stage(bridge, browser, url)


async def drafts(stage: Stage, page: Page, what: str, fields: Sequence[tuple[str, str]] = ()) -> str:
    """Draft at the conversation, and give the address of the referral."""
    code = (await stage.bridge.house.conversation()).code
    await page.goto(f"{stage.url}/conversations/{code}")
    await page.get_by_role("link", name="Pass on").click()
    await page.locator("[name=receiver]").select_option(stage.bridge.harbour)
    await page.locator("[name=what]").select_option(what)
    await page.locator("[name='safety/may_contact']").select_option("yes")
    await page.locator("[name='wishes/helps:shelter']").check()
    await page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true })")
    for name, text in fields:
        await page.locator(f"[name='{name}']").fill(text)
    await page.get_by_role("button", name="Keep the draft").first.click()
    await page.locator("#stands-title").wait_for()
    return page.url


async def test_a_referral_is_previewed_agreed_to_accepted_and_taken_back_by_the_person(stage: Stage) -> None:
    async with stage.desk_of(stage.bridge.counsellor) as ours, stage.desk_of(stage.bridge.receiver) as theirs:
        at = await drafts(stage, ours, "facts", [("person/name", "A chosen name"), ("place/exact", "Planted Street")])
        referral = at.rpartition("/")[2]
        await expect(ours.locator("#shown-title + ol")).to_contain_text("your name and age")
        await expect(ours.locator("#shown-title + ol")).not_to_contain_text("A chosen name")
        await stage.look(ours, "draft")
        await ours.get_by_role("button", name="Ask the person").click()
        await stage.answers("Yes, pass it on")
        await ours.goto(at)
        await stage.look(ours, "agreed")
        await ours.get_by_role("button", name="Send what was agreed").click()
        await expect(ours.locator("#stands-title")).to_contain_text("sent, in progress")

        await theirs.goto(f"{stage.url}/referrals")
        await stage.look(theirs, "inbox")
        await theirs.locator("th a").first.click()
        await stage.look(theirs, "before it is accepted")
        await expect(theirs.locator("main")).not_to_contain_text("A chosen name")
        await theirs.get_by_role("button", name="Accept").click()
        await expect(theirs.locator("main")).to_contain_text("A chosen name")
        await expect(theirs.locator("main")).not_to_contain_text("Planted Street")
        await stage.look(theirs, "accepted")

        await stage.answers("More", "What is passed on", "Stop: Harbour")
        await theirs.get_by_role("button", name="We have reached the person").click()
        await expect(theirs.locator("main")).to_contain_text("Nothing was changed")
        await theirs.goto(f"{stage.url}/inbox/{referral}")
        await expect(theirs.locator("main")).not_to_contain_text("A chosen name")
        await ours.goto(f"{stage.url}/referrals")
        await stage.look(ours, "list")
    assert (await stage.bridge.course(referral)).state is State.REVOKED
    assert stage.found == []


async def test_a_referral_is_refused_with_a_reason_and_another_taken_back_by_the_sender(stage: Stage) -> None:
    async with stage.desk_of(stage.bridge.counsellor) as ours, stage.desk_of(stage.bridge.receiver, "th") as theirs:
        at = await drafts(stage, ours, "facts")
        await ours.get_by_role("button", name="Ask the person").click()
        await stage.answers("Yes")
        await ours.goto(at)
        await ours.get_by_role("button", name="Send what was agreed").click()
        await theirs.goto(at.replace("/referrals/", "/inbox/"))
        await stage.look(theirs, "in Thai")
        await theirs.locator("[name=reason]").select_option("no_place")
        await theirs.locator("button[value=refuse]").click()
        await ours.goto(at)
        await expect(ours.locator("main")).to_contain_text("no place free")

        second = await drafts(stage, ours, "facts")
        await ours.get_by_role("button", name="Ask the person").click()
        await ours.get_by_role("button", name="Take it back").click()
        await expect(ours.locator("#stands-title")).to_contain_text("taken back")
    assert (await stage.bridge.course(second.rpartition("/")[2])).state is State.REVOKED
    await stage.answers()
    told = " ".join(stage.bridge.house.messenger.texts("7"))
    assert "Harbour cannot help with this now" in told
    assert "We have taken it back" in told
    assert stage.found == []


async def test_a_second_organisation_opens_the_talk_from_the_yes_on_and_no_older_word(stage: Stage) -> None:
    async with stage.desk_of(stage.bridge.counsellor) as ours, stage.desk_of(stage.bridge.receiver) as theirs:
        at = await drafts(stage, ours, "reads_new")
        await ours.get_by_role("button", name="Ask the person").click()
        await stage.answers("Yes, they may read")
        await ours.goto(at)
        await ours.get_by_role("button", name="Send what was agreed").click()
        await stage.bridge.house.says("newer than the yes")
        await theirs.goto(at.replace("/referrals/", "/inbox/"))
        await theirs.get_by_role("button", name="Accept").click()
        await theirs.get_by_role("link", name="Open the talk").click()
        await expect(theirs.locator(".messages")).to_contain_text("newer than the yes")
        await expect(theirs.locator("main")).not_to_contain_text("older than everything")
        await stage.look(theirs, "talk")
    assert stage.found == []


async def test_the_pages_of_partners_and_of_a_new_referral_can_be_used_by_everybody(stage: Stage) -> None:
    code = (await stage.bridge.house.conversation()).code
    async with stage.desk_of(stage.bridge.supervisor, "th") as lead, stage.desk_of(stage.bridge.counsellor) as ours:
        await lead.goto(f"{stage.url}/partners")
        await lead.locator("summary").first.click()
        await stage.look(lead, "partners")
        await ours.goto(f"{stage.url}/conversations/{code}/referral?wish-shelter=1&wish-police=1")
        await stage.look(ours, "new referral")
    assert stage.found == []
