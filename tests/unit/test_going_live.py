"""An installation speaks of practice until two supervisors pressed, and they can press only when nothing is missing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES
from bot.domain.contacts import Review, row_hash
from bot.domain.roster import Hours
from bot.services.going_live import SECOND_WITHIN, SIGNED
from bot.services.sign_in import Session
from bot.services.staff import Refused
from tests.support.desk import CONTACTS, TestDesk, browser, open_desk
from tests.support.house import open_test_house


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def two_supervisors(desk: TestDesk) -> tuple[Session, Session]:
    first, _ = await desk.member("Mali", "supervisor")
    second, _ = await desk.member("Sam", "supervisor")
    await desk.vets(first, second)
    return first, second


async def open_points(desk: TestDesk) -> dict[str, list[str]]:
    return {it.name: list(it.open_items) for it in (await desk.services.going_live.look()).points if not it.closed}


async def sign_everything(desk: TestDesk, session: Session) -> None:
    for point, about in (await open_points(desk)).items():
        if point in SIGNED:
            await desk.services.going_live.sign(session, point, about)
    await desk.staff.confirm_recovery(session)


async def test_a_fresh_installation_is_told_everything_that_is_missing(desk: TestDesk) -> None:
    everywhere, spoken = ["KH", "TH"], list(LANGUAGES)
    assert await open_points(desk) == {
        "contacts": everywhere,
        "counsellors": spoken,
        "roster": [""],
        "lead": [""],
        "words": spoken,
        "profile": [""],
        "children": everywhere,
        "recovery": [],
    }


async def test_what_is_there_needs_no_signature(desk: TestDesk) -> None:
    first, second = await two_supervisors(desk)
    counsellor, _ = await desk.member("Noor", languages=("th", "lo"))
    await desk.vets(first, counsellor)
    assert "th" in (await open_points(desk))["counsellors"], "one approval is enough in practice only"
    await desk.services.vettings.approve(second, counsellor.member.id)
    assert "lead" in await open_points(desk)
    await desk.services.duty_leads.name(first, second.member.id, Hours(480, 1200), weekdays=[6])
    assert "lead" not in await open_points(desk)
    now = desk.clock.now()
    tried = {**CONTACTS[0], "number": "1300", "police": "may"}
    async with desk.records.begin() as tx:
        await tx.casework.add_contact_review(Review(row_hash(tried), "me", now, now + timedelta(days=9)))
    still = await open_points(desk)
    assert {"th", "lo"}.isdisjoint(still["counsellors"])
    assert "TH" in still["contacts"], "the line of another row was tried"


async def test_a_signature_closes_only_what_was_ticked_and_can_be_signed(desk: TestDesk) -> None:
    first, _ = await two_supervisors(desk)
    going_live = desk.services.going_live
    await going_live.sign(first, "contacts", ["KH"])
    assert (await open_points(desk))["contacts"] == ["TH"]
    for point, about in (
        ("contacts", ["KH"]),
        ("contacts", []),
        ("recovery", [""]),
        ("nothing", [""]),
        ("words", ["xx"]),
    ):
        with pytest.raises(Refused, match="nothing_open"):
            await going_live.sign(first, point, about)
    counsellor, _ = await desk.member("Noor")
    with pytest.raises(Refused, match="role"):
        await going_live.sign(counsellor, "contacts", ["TH"])


async def test_two_supervisors_press_and_one_alone_never_does(desk: TestDesk) -> None:
    first, second = await two_supervisors(desk)
    going_live = desk.services.going_live
    with pytest.raises(Refused, match="not_complete"):
        await going_live.press(first)
    await sign_everything(desk, first)
    assert not await going_live.press(first)
    with pytest.raises(Refused, match="second_person"):
        await going_live.press(first)
    assert (await going_live.look()).live_since is None
    assert await going_live.press(second)
    assert (await going_live.look()).live_since == desk.clock.now()
    with pytest.raises(Refused, match="live"):
        await going_live.press(second)
    assert (second.member.id, "went_live") in await desk.audited()


async def test_a_press_that_nobody_followed_for_a_week_counts_no_more(desk: TestDesk) -> None:
    first, second = await two_supervisors(desk)
    await sign_everything(desk, first)
    await desk.services.going_live.press(first)
    desk.clock.pass_(seconds=SECOND_WITHIN.total_seconds())
    assert not await desk.services.going_live.press(second)
    assert await desk.services.going_live.press(first)


async def test_the_page_says_what_to_do_and_signs_without_scripts(desk: TestDesk) -> None:
    first, second = await two_supervisors(desk)
    async with browser(desk, first) as driver:
        page = await driver.open("/going-live")
        assert "Do not count on a person here yet" in page.text
        assert "Thailand" in page.text
        assert 'action="/going-live/press"' not in page.text
        page = await driver.send("/going-live/sign", {"point": "contacts", "about": ["TH", "KH"]})
        assert page.text.count("signed by Mali") == 2
        page = await driver.send("/going-live/sign", {"point": "profile", "about": "-"})
        assert page.text.count("signed by Mali") == 3
        await sign_everything(desk, first)
        await driver.open("/going-live")
        page = await driver.send("/going-live/press")
        assert "Mali pressed" in page.text
    async with browser(desk, second) as driver:
        await driver.open("/going-live")
        page = await driver.send("/going-live/press")
        assert "has been live since" in page.text


async def test_the_line_about_practice_leaves_the_openings_while_the_program_runs(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        said = house.house.content.words.say("opening.practice", "en")
        assert said in await house.says("hello", chat="1", kind="start")
        async with house.house.records.begin() as tx:
            await tx.casework.set_fact("live", house.clock.now().isoformat())
        await house.workers.due.look()
        assert said not in await house.says("hello", chat="2", kind="start")


async def test_a_signature_can_be_taken_back_until_two_have_pressed_and_ends_the_first_press(desk: TestDesk) -> None:
    first, second = await two_supervisors(desk)
    going_live = desk.services.going_live
    await sign_everything(desk, first)
    assert not await going_live.press(first)
    await going_live.withdraw(second, "words", "th")
    assert (await open_points(desk))["words"] == ["th"]
    assert (await going_live.look()).pressed is None
    for point, about in (("words", "th"), ("recovery", ""), ("nothing", "")):
        with pytest.raises(Refused, match="nothing_signed"):
            await going_live.withdraw(first, point, about)
    await going_live.sign(first, "words", ["th"])
    assert not await going_live.press(second)
    assert await going_live.press(first)
    with pytest.raises(Refused, match="live"):
        await going_live.withdraw(first, "words", "th")
    assert [act for _, act in await desk.audited()].count("signature_withdrawn") == 1


async def test_a_signature_is_taken_back_on_the_page_without_scripts(desk: TestDesk) -> None:
    first, _ = await two_supervisors(desk)
    await desk.services.going_live.sign(first, "roster", [""])
    async with browser(desk, first) as driver:
        page = await driver.open("/going-live")
        assert 'name="signed" value="roster:-"' in page.text
        page = await driver.send("/going-live/withdraw", {"signed": "roster:-"})
        assert 'value="roster:-"' not in page.text
        again = await driver.send("/going-live/withdraw", {"signed": "roster:-"})
    assert again.status_code == 422
    assert "taken back meanwhile" in again.text
