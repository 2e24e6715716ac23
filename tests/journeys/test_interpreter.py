"""An interpreter between a person in the web chat and a counsellor, each in a browser of their own; and training."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.domain.vetting import TO_INTERPRET
from tests.support.night import Night, ask_for_a_person, open_night, press, said, send, take_over


@pytest.fixture
async def night(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Night]:
    async with open_night(tmp_path, sqlite_url) as opened:
        yield opened


async def test_an_interpreter_helps_from_the_yes_until_the_person_ends_it(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    aye, _ = await night.desk.member("Aye", "interpreter")
    await night.desk.vets(supervisor, aye, checked=("identity", *TO_INTERPRET))
    at_noor, at_aye = await night.counsellor(noor), await night.counsellor(aye)
    person = await night.person()
    await ask_for_a_person(person)
    await take_over(at_noor)
    await send(person, "words of before", "Write here")
    await expect(at_noor.locator(".message.person").last).to_contain_text("words of before")

    await at_noor.get_by_label("Whom?").select_option(label="Aye")
    await press(at_noor, "Ask the person")
    await said(person, "would like an interpreter")
    await expect(at_aye.locator("#live")).to_contain_text("asked for you")
    await press(person, "Yes, an interpreter may read")
    await said(person, "reads along from now on")
    await at_aye.get_by_role("link", name="Open").click()

    await send(person, "words of after", "Write here")
    await expect(at_aye.locator(".message.person").last).to_contain_text("words of after")
    await expect(at_aye.locator(".log")).not_to_contain_text("words of before")
    await at_aye.get_by_label("Belongs to").select_option(index=-1 + await at_aye.locator("#beside option").count())
    await at_aye.get_by_label("Translation or note").fill("what it means")
    await press(at_aye, "Keep")
    await expect(at_noor.locator(".beside").last).to_contain_text("what it means")
    await at_aye.get_by_label("Translation or note").fill("a line to send")
    await press(at_aye, "Keep")
    await at_noor.get_by_role("link", name="a line to send").click()
    await expect(at_noor.get_by_label("Your message")).to_have_value("a line to send")
    await press(at_noor, "Send")
    await said(person, "a line to send")

    await press(person, "Go on without the interpreter")
    await said(person, "No interpreter reads here now")
    await expect(at_aye.locator("#notice")).to_contain_text("not open to you any more")
    await expect(at_noor.locator("#interpreter")).to_contain_text("Ask the person")


async def test_a_counsellor_trains_with_an_invented_person(night: Night) -> None:
    _, noor = await night.desk.pair()
    at_noor = await night.counsellor(noor)
    await at_noor.get_by_role("link", name="Start a training conversation").click()
    chosen = night.desk.services.training.choices(noor)[0]
    await at_noor.get_by_label("Who writes?").select_option(value=chosen.name)
    await press(at_noor, "Start a training conversation")
    await expect(at_noor.locator(".queue .tag")).to_contain_text("training")
    await take_over(at_noor)
    await expect(at_noor.locator(".notice")).to_contain_text("nobody is behind this conversation")
    told = at_noor.locator(".message.person")
    before = await told.count()
    await send(at_noor, "I am here.", "Your message")
    await expect(told).to_have_count(before + 1)
    await expect(at_noor.locator(".message.counsellor .delivery")).to_contain_text("accepted")
