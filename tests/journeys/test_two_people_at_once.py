"""A person in the web chat and counsellors at the desk, each in a browser of their own, at the same time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.services.sign_in import Session
from tests.support.night import WITHIN, Line, Night, ask_for_a_person, open_night, press, said, send, take_over


@pytest.fixture
async def night(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Night]:
    async with open_night(tmp_path, sqlite_url) as opened:
        yield opened


async def offer_to(counsellor: Page, name: str, person: Page) -> None:
    await counsellor.get_by_label("To whom?").select_option(label=name)
    await press(counsellor, "Offer")
    await said(person, "would like a colleague")


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
