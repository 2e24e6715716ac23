"""Contents in a real browser: a line is tried and verified, a sentence worded and read by two, all of it exported."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.bootstrap import FLOWS, read_content
from bot.desk.security import origins_of
from bot.domain.contact_rows import name_of
from bot.services.content.export import changed_files, read_changes
from bot.services.sign_in import Session
from tests.support.browser import open_browser, serving, visiting
from tests.support.desk import TestDesk, open_desk
from tests.support.house import content

pytestmark = pytest.mark.asyncio(loop_scope="module")
WORDING = "เขียนได้เลย ใช้คำของคุณเอง ข้ามเรื่องไหนก็ได้"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def desk(sqlite_url: str) -> AsyncIterator[tuple[TestDesk, str]]:
    async with open_desk(sqlite_url, content=content()) as made, serving(made.app) as url:
        made.app.state["origins"] = origins_of(url)
        yield made, url


async def enters(desk: TestDesk, url: str, context: BrowserContext, session: Session) -> Page:
    """Go on as somebody who is signed in already."""
    token, _ = await desk.services.sessions.start(session.member, session.private)
    await context.add_cookies([{"name": "desk", "value": token, "url": url}])
    return await context.new_page()


async def test_content_is_reviewed_by_two_and_exported(
    desk: tuple[TestDesk, str], browser: Browser, tmp_path: Path
) -> None:
    office, url = desk
    lead, _ = await office.member("Mali", "supervisor", languages=("th",))
    reader, _ = await office.member("Noor", "reviewer", languages=("th",))
    async with visiting(browser) as (one, _), visiting(browser) as (two, _):
        mali, noor = await enters(office, url, one, lead), await enters(office, url, two, reader)
        await _tries_the_first_line(mali, url)
        await _proposes(mali, url)
        await noor.goto(f"{url}/words/th/opening")
        article = noor.locator("article[id='opening.begin']")
        await article.get_by_role("button", name="Use this wording").click()
        await expect(noor.locator("article[id='opening.begin']")).to_contain_text("our wording")
        await noor.locator("article[id='opening.who'] input[name=sentence]").check()
        await noor.get_by_role("button", name="Sign what I ticked").click()
        await expect(noor.locator("article[id='opening.who']")).to_contain_text("Signed by Noor")

    folder = tmp_path / "flows"
    shutil.copytree(FLOWS, folder)
    own = content()
    found = await read_changes(office.records, own.files(), own.off)
    texts = {p.relative_to(FLOWS).as_posix(): p.read_text(encoding="utf-8") for p in FLOWS.rglob("*.ftl")}
    texts |= {p.name: p.read_text(encoding="utf-8") for p in FLOWS.glob("*.yml")}
    for name, text in changed_files(found, texts).items():
        (folder / name).write_text(text, encoding="utf-8")
    again = read_content(folder)
    assert again.words.say("opening.begin", "th") == WORDING
    assert len(again.files().reviewed) == 2
    changed = {name_of(row): row for row in again.contacts}
    assert changed[name_of(own.contacts[0])]["hours"] == "every day"


async def _tries_the_first_line(page: Page, url: str) -> None:
    await page.goto(f"{url}/contacts")
    await page.locator("article summary").first.click()
    await page.locator("article").first.get_by_role("link", name="Change").click()
    await page.get_by_label("Hours").fill("every day")
    await page.get_by_role("button", name="Keep this row").click()
    line = page.locator("article").first
    await expect(line).to_contain_text("changed here")
    await line.locator("summary").first.click()
    await line.get_by_label("What came of it").select_option("works")
    await line.get_by_role("button", name="Write down a test call").click()
    line = page.locator("article").first
    await line.locator("summary").first.click()
    await line.get_by_role("button", name="Verify").click()
    await expect(page.locator("article").first).to_contain_text("verified by Mali")


async def _proposes(page: Page, url: str) -> None:
    await page.goto(f"{url}/words")
    await page.locator("tr", has_text="Thai").locator("summary").click()
    await page.locator("tr", has_text="Thai").get_by_role("link", name="Opening").click()
    article = page.locator("article[id='opening.begin']")
    await article.locator("summary").click()
    await article.get_by_label("Wording").fill("เราช่วยคุณออกมาแน่นอน " * 12)
    await article.get_by_role("button", name="Propose").click()
    await expect(page.locator("[role=alert]")).to_contain_text("shorten it")
    article = page.locator("article[id='opening.begin']")
    await article.get_by_label("Wording").fill(WORDING)
    await article.get_by_role("button", name="Propose").click()
    await expect(page.locator("article[id='opening.begin']")).to_contain_text("Somebody else who speaks the language")
