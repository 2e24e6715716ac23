"""Somebody writes of danger and lets nobody in: a duty lead reads, a second one answers, the person is told.

Real browsers for all three, and the real web chat and desk.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.services.sign_in import Session
from tests.support.danger import REASON, lead_now
from tests.support.night import WITHIN, Night, open_night, press, said, send

TOLD = "they took me to another house"
WITHOUT = "read this chat without your yes"


@dataclass
class Scene:
    """A person who pressed danger, the duty lead, and a counsellor."""

    night: Night
    person: Page
    lead: Session
    counsellor: Session

    async def case(self, session: Session) -> Page:
        """Let a member of staff go from the queue to the case, as they would."""
        page = await self.night.counsellor(session)
        await page.get_by_role("link", name="Danger", exact=True).click()
        await page.locator("table a.mono").first.click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("P0")
        return page

    async def reads_at_once(self) -> Page:
        page = await self.case(self.lead)
        await expect(page.locator("main")).not_to_contain_text(TOLD)
        await page.locator("[name=ground]").select_option("danger_now")
        await page.locator("[name=reason]").fill(REASON)
        await press(page, "It cannot wait: read now")
        await expect(page.locator("#log")).to_contain_text(TOLD)
        return page

    async def hears(self, text: str) -> None:
        await expect(self.person.locator(".said", has_text=text)).to_have_count(1, timeout=WITHIN)


@pytest.fixture
async def scene(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Scene]:
    async with open_night(tmp_path, sqlite_url) as night:
        mali, noor = await night.desk.pair()
        await lead_now(night.desk, mali)
        person = await night.person()
        await press(person, "I am in danger")
        await said(person, "I have told the people on duty")
        await send(person, TOLD, "Write here")
        yield Scene(night, person, mali, noor)


async def test_a_duty_lead_reads_a_second_agrees_and_the_person_is_told(scene: Scene) -> None:
    at_mali = await scene.reads_at_once()
    await expect(at_mali.locator("main")).to_contain_text("You read, and cannot write")
    await expect(at_mali.locator("textarea")).to_have_count(0)
    await send(scene.person, "somebody comes", "Write here")
    await expect(at_mali.locator("#log")).to_contain_text("somebody comes", timeout=WITHIN)
    await expect(scene.person.locator(".said", has_text=WITHOUT)).to_have_count(0)

    at_noor = await scene.case(scene.counsellor)
    await expect(at_noor.locator("main")).to_contain_text(REASON)
    await expect(at_noor.locator("main")).not_to_contain_text(TOLD)
    await press(at_noor, "Yes, I agree")
    await expect(at_noor.locator("main")).to_contain_text("Nothing waits for an answer")

    await send(scene.person, "it is quiet now", "Write here")
    await scene.hears("A second person agreed.")
    await expect(at_mali.locator("#log")).to_contain_text("it is quiet now", timeout=WITHIN)
    await at_mali.get_by_role("link", name="Audit", exact=True).last.click()
    for act in (
        "Asked to read it in danger",
        "Read it in danger, without a yes",
        "Opened it",
        "Agreed that it is read",
    ):
        await expect(at_mali.locator("main")).to_contain_text(act)


async def test_a_no_closes_the_open_page_at_once(scene: Scene) -> None:
    at_mali = await scene.reads_at_once()
    at_noor = await scene.case(scene.counsellor)
    await press(at_noor, "No, close it now")
    await expect(at_mali.locator("#notice")).to_contain_text("This is not open to you any more.", timeout=WITHIN)
    await send(scene.person, "somebody else may read this", "Write here")
    await scene.hears("A second person did not agree, so it was closed.")
    await expect(at_mali.locator("#log")).not_to_contain_text("somebody else may read this")
    await at_mali.reload()
    await expect(at_mali.locator("main")).not_to_contain_text(TOLD)
    await expect(at_mali.locator("main")).to_contain_text("refused")


async def test_without_a_second_yes_it_closes_after_a_day_and_supervisors_are_called(scene: Scene) -> None:
    at_mali = await scene.reads_at_once()
    await scene.night.pass_(hours=24, minutes=1)
    scene.night.desk.signals.publish("queue")
    await at_mali.reload()
    await expect(at_mali.get_by_label("Passphrase")).to_be_visible()

    # The night shift is over, too: whoever comes back signs in again.
    at_mali = await scene.night.counsellor(scene.lead)
    await expect(at_mali.locator(".alerts")).to_contain_text("a reading without a yes was not confirmed in time")
    await at_mali.get_by_role("link", name="Danger", exact=True).click()
    await at_mali.locator("table a.mono").first.click()
    await expect(at_mali.locator("main")).to_contain_text("not confirmed in time")
    await expect(at_mali.locator("main")).not_to_contain_text(TOLD)

    await send(scene.person, "hello again", "Write here")
    await said(scene.person, "safe")
    await expect(scene.person.locator(".said", has_text=WITHOUT)).to_have_count(0)
    await press(scene.person, "Yes")
    await scene.hears("No second person agreed in time, so it was closed.")
