"""What becomes of a person when nobody is there, when a promise is kept or broken, and when something fails them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.domain.roster import DAY, Hours
from bot.services.sign_in import Session
from tests.support.night import WITHIN, Line, Night, ask_for_a_person, open_night, press, said, send, take_over


@pytest.fixture
async def night(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Night]:
    async with open_night(tmp_path, sqlite_url) as opened:
        yield opened


async def read_so_far(person: Page, *texts: str) -> None:
    """Wait until the page shows these sentences, in order, among all that was said."""
    await expect(person.locator(".said")).to_contain_text(list(texts), timeout=WITHIN)


async def comes_in_two_hours(night: Night, supervisor: Session, counsellor: Session) -> None:
    """Write a shift of four hours into the roster that begins in two, and let the counsellor be gone."""
    now = night.desk.clock.now()
    begins = (now.hour * 60 + now.minute + 120) % DAY
    hours = Hours(begins, (begins + 240) % DAY)
    await night.desk.services.rosters.add_shifts(supervisor, counsellor.member.id, range(7), hours)
    await night.pass_(minutes=3)


async def asks_for_a_promise(night: Night) -> Page:
    """Let a person ask while nobody is there, and take the aim that they are told."""
    person = await night.person()
    await press(person, "A person")
    await said(person, "We aim to be here in about 3 hours")
    await press(person, "Yes, they may write later")
    await read_so_far(person, "We aim to write in about 3 hours. If we cannot, I will say so.")
    return person


async def test_nobody_on_duty_is_said_before_the_person_chooses_and_whoever_comes_finds_them(night: Night) -> None:
    _, noor = await night.desk.pair()
    await night.pass_(minutes=3)
    person = await night.person()
    await press(person, "A person")
    await said(person, "Nobody of Bridge House who writes your language is here now. You can wait, or stay with me.")
    await press(person, "Yes, they may read. I wait")
    await read_so_far(person, "You are in the queue. Nobody is here now, and I cannot say when.")
    at_noor = await night.counsellor(noor)
    await take_over(at_noor)
    await said(person, "A counsellor of Bridge House is here now")


async def test_a_promise_that_is_kept(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    await comes_in_two_hours(night, supervisor, noor)
    person = await asks_for_a_promise(night)
    await night.pass_(hours=2)
    at_noor = await night.counsellor(noor)
    await night.workers.due.look()
    await take_over(at_noor)
    await night.workers.due.look()
    await send(person, "I am here", "Write here")
    await read_so_far(person, "A counsellor of Bridge House is here now")
    await expect(at_noor.locator(".message.person").last).to_contain_text("I am here")
    await at_noor.goto(f"{night.desk_url}/promises")
    await expect(at_noor.locator("main")).to_contain_text("kept")


async def test_a_promise_that_is_broken_is_told_and_staff_see_it(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    await comes_in_two_hours(night, supervisor, noor)
    person = await asks_for_a_promise(night)
    await night.pass_(hours=3, minutes=1)
    await send(person, "hello", "Write here")
    await read_so_far(person, "We aimed to write by now, and could not. I am sorry.")
    at_mali = await night.counsellor(supervisor)
    await expect(at_mali.locator(".alerts")).to_contain_text("A promised time has passed")
    await at_mali.goto(f"{night.desk_url}/promises")
    await expect(at_mali.locator("main")).to_contain_text("broken")


async def test_with_the_engine_down_counsellor_and_person_talk_on_and_the_alert_shows(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    at_noor, at_mali = await night.counsellor(noor), await night.counsellor(supervisor)
    person = await night.person()
    await ask_for_a_person(person)
    await take_over(at_noor)
    await said(person, "A counsellor of Bridge House is here now")
    night.engine.is_down = True
    await send(person, "are you there?", "Write here")
    newest = at_noor.locator(".message.person").last
    await expect(newest).to_contain_text("are you there?")
    await expect(newest).to_contain_text("not read for danger")
    await send(at_noor, "I am here.", "Your message")
    await said(person, "I am here.")
    await expect(at_mali.locator(".alerts")).to_contain_text("A message was not read for danger", timeout=WITHIN)
    another = await night.person_who_is_not_answered()
    await expect(at_mali.locator(".alerts")).to_contain_text("The program cannot read or answer", timeout=WITHIN)
    await another.close()


async def test_a_laptop_that_dies_without_a_word_is_missed_and_the_person_is_first_for_another(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    async with Line(night.desk_url) as line:
        at_noor = await night.counsellor(noor, line.url)
        person = await night.person()
        await ask_for_a_person(person)
        await take_over(at_noor)
        await said(person, "A counsellor of Bridge House is here now")
        at_mali = await night.counsellor(supervisor)
        line.freeze()
        await night.pass_(minutes=2, seconds=10)
        night.desk.signals.publish("queue")
        await expect(at_mali.locator(".alerts")).to_contain_text("a counsellor who holds a conversation is gone")
        await night.pass_(minutes=3)
        await said(person, "The counsellor had to leave. You are first in the queue now.")
        ploy = await night.desk.counsellor("Ploy", supervisor)
        at_ploy = await night.counsellor(ploy)
        await expect(at_ploy.locator(".tag", has_text="first: lost a counsellor")).to_be_visible()
        await take_over(at_ploy)
        await said(person, "A counsellor of Bridge House is here now")
        line.mend()
        await at_noor.goto(line.url)
        await expect(at_noor.locator("main")).to_contain_text(
            re.compile("You were not seen for five minutes, so \\S+ went back")
        )


async def test_a_team_is_offered_the_talk_and_whoever_accepts_first_goes_on(night: Night) -> None:
    supervisor, noor = await night.desk.pair()
    at_noor = await night.counsellor(noor)
    person = await night.person()
    await ask_for_a_person(person)
    await take_over(at_noor)
    await said(person, "A counsellor of Bridge House is here now")
    others = [await night.counsellor(await night.desk.counsellor(name, supervisor)) for name in ("Ploy", "Kai")]
    await at_noor.reload()
    await at_noor.get_by_label("To whom?").select_option(label="Whoever writes English")
    await press(at_noor, "Offer")
    await said(person, "would like a colleague")
    for each in others:
        await expect(each.get_by_text("for your team")).to_be_visible()
    await press(others[1], "Accept")
    await said(person, "Another counsellor of Bridge House is here now")
    await expect(others[0].get_by_role("button", name="Accept")).to_be_hidden()
    await expect(at_noor.locator("#notice")).to_contain_text("not open to you any more")
