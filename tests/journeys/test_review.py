"""From a word in the web chat to two readers at the desk, each in a browser of their own (H4, H8, H9, H10, D2)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.services.sign_in import Session
from tests.support.fakes import a_reading
from tests.support.night import WITHIN, Night, open_night, press, said
from tests.support.review import reviewers

TOLD = "he has my passport and my phone"


@pytest.fixture
async def night(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Night]:
    async with open_night(tmp_path, sqlite_url) as found:
        yield found


async def writes(person: Page, text: str) -> None:
    await person.locator("#text").fill(text)
    await press(person, "Send")


async def opens(night: Night, session: Session, path: str) -> Page:
    page = await night.counsellor(session)
    await page.goto(f"{night.desk_url}{path}")
    return page


async def marks(page: Page, **verdicts: str) -> None:
    """Begin, mark everything, and finish."""
    await press(page, "Begin to read")
    for code, verdict in verdicts.items():
        await page.locator(f"#s-{code} input[value={verdict}]").check()
    await press(page, "Keep and finish")


async def test_a_case_is_listed_read_by_two_settled_and_closed_when_the_yes_is_taken_back(night: Night) -> None:
    night.engine.readings[TOLD] = a_reading("document_retention", "violence")
    ann, bo = await reviewers(night.desk, "Ann", "Bo")
    person = await night.person()
    await writes(person, TOLD)
    await expect(person.locator(".said").last).to_be_visible(timeout=WITHIN)

    first = await opens(night, ann, "/review")
    await expect(first.locator("tbody tr")).to_contain_text("violence or threats", timeout=WITHIN)
    assert "passport" not in await first.content()
    await expect(first.get_by_role("link", name="Read")).to_have_count(0)

    await press(person, "More")
    await press(person, "Let Bridge House look")
    await said(person, "May people of Bridge House look")
    await press(person, "Yes, Bridge House may look")
    await said(person, "may look at what you told")

    await first.reload()
    await first.get_by_role("link", name="Read").click()
    await expect(first.locator("#s-violence summary").first).to_contain_text("tells of violence")
    second = await opens(night, bo, "/review")
    await second.get_by_role("link", name="Read").click()
    await marks(first, document_retention="yes", violence="no")
    await expect(first.locator("#readers")).to_contain_text("The other reader is not.")
    await marks(second, document_retention="yes", violence="yes")
    await expect(second.locator("#readers")).to_contain_text("You differ: violence")
    await second.get_by_label("Settle as").select_option("no")
    await second.get_by_label("Why").fill("It was told of somebody else.")
    await press(second, "Settle")
    await expect(second.locator("#readers")).to_contain_text("Read by two, and settled.")

    await press(person, "More")
    await press(person, "Nobody may look any more")
    await said(person, "taken back")
    for page in (first, second):
        await expect(page.locator("#review")).to_contain_text("This page is closed.", timeout=WITHIN)
        assert TOLD not in await page.content()
