"""The roster at the desk, and what it changes for who waits: on duty is who is signed in and in a shift."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timezone

import pytest

from bot.domain.roster import Hours, Terms
from bot.services.duty import RosterDuty
from bot.services.sign_in import Session
from bot.services.staff import Refused
from tests.support.desk import TestDesk, browser, open_desk

MORNING = Hours(8 * 60, 11 * 60)
NOW_AND_ON = Hours(11 * 60, 15 * 60)
"""The test's clock stands at noon on a Sunday, UTC."""
SUNDAY = 6


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


@pytest.fixture
async def pair(desk: TestDesk) -> tuple[Session, Session]:
    return await desk.pair()


async def spoken(desk: TestDesk) -> frozenset[str]:
    async with desk.records.begin() as tx:
        return await RosterDuty(desk.clock).languages_now(tx)


async def coming(desk: TestDesk, language: str = "th") -> datetime | None:
    async with desk.records.begin() as tx:
        return await RosterDuty(desk.clock).next_shift(tx, language, desk.clock.now())


async def test_without_a_roster_who_is_signed_in_is_on_duty(desk: TestDesk, pair: tuple[Session, Session]) -> None:
    assert await spoken(desk) == {"en", "th"}
    assert await coming(desk) is None
    desk.clock.pass_(minutes=3)
    assert await spoken(desk) == frozenset()


async def test_with_a_roster_who_is_signed_in_counts_only_in_a_shift(
    desk: TestDesk, pair: tuple[Session, Session]
) -> None:
    supervisor, counsellor = pair
    rosters = desk.services.rosters
    await rosters.add_shifts(supervisor, counsellor.member.id, [SUNDAY], MORNING)
    assert await spoken(desk) == frozenset()
    assert await coming(desk) == datetime(2026, 3, 8, 8, tzinfo=timezone.utc)
    await rosters.add_shifts(supervisor, counsellor.member.id, [SUNDAY], NOW_AND_ON)
    assert await spoken(desk) == {"en", "th"}


async def test_a_shift_is_by_the_clock_of_who_works_it(desk: TestDesk, pair: tuple[Session, Session]) -> None:
    supervisor, counsellor = pair
    rosters, member = desk.services.rosters, counsellor.member.id
    await rosters.set_zone(supervisor, "Asia/Bangkok")
    await rosters.add_shifts(supervisor, member, [SUNDAY], Hours(18 * 60, 20 * 60))
    assert await spoken(desk) == {"en", "th"}
    await rosters.set_terms(supervisor, member, Terms("Europe/London", 2, "woman"))
    assert await spoken(desk) == frozenset()


async def test_who_is_not_vetted_is_shown_as_not_on_duty(desk: TestDesk, pair: tuple[Session, Session]) -> None:
    await desk.member("Kai")
    lines = (await desk.services.rosters.look(pair[0])).lines
    assert [(line.member.name, line.is_here) for line in lines] == [("Kai", False), ("Noor", True)]


async def test_a_holiday_closes_and_a_day_that_was_written_down_opens(
    desk: TestDesk, pair: tuple[Session, Session]
) -> None:
    supervisor, counsellor = pair
    rosters, member, today = desk.services.rosters, counsellor.member.id, date(2026, 3, 1)
    await rosters.add_shifts(supervisor, member, [SUNDAY], NOW_AND_ON)
    await rosters.set_holiday(supervisor, today, closed=True)
    assert await spoken(desk) == frozenset()
    await rosters.set_day(supervisor, member, today, NOW_AND_ON)
    assert await spoken(desk) == {"en", "th"}
    await rosters.clear_day(supervisor, member, today)
    await rosters.set_holiday(supervisor, today, closed=False)
    assert await spoken(desk) == {"en", "th"}


async def test_a_shift_of_who_is_not_vetted_any_more_covers_nothing(
    desk: TestDesk, pair: tuple[Session, Session]
) -> None:
    supervisor, counsellor = pair
    await desk.services.rosters.add_shifts(supervisor, counsellor.member.id, [SUNDAY], NOW_AND_ON)
    assert await coming(desk) is not None
    desk.clock.pass_(days=366)
    assert await coming(desk) is None


async def test_a_shift_too_short_for_an_aim_is_said_to_nobody(desk: TestDesk, pair: tuple[Session, Session]) -> None:
    supervisor, counsellor = pair
    await desk.services.rosters.add_shifts(supervisor, counsellor.member.id, [SUNDAY], Hours(14 * 60, 15 * 60))
    assert await coming(desk) is None


async def test_only_supervisors_write_the_roster_and_only_of_their_own(
    desk: TestDesk, pair: tuple[Session, Session]
) -> None:
    supervisor, counsellor = pair
    rosters = desk.services.rosters
    with pytest.raises(Refused, match="role"):
        await rosters.add_shifts(counsellor, counsellor.member.id, [SUNDAY], MORNING)
    with pytest.raises(Refused, match="member"):
        await rosters.add_shifts(supervisor, supervisor.member.organisation, [SUNDAY], MORNING)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="zone"):
        await rosters.set_terms(supervisor, counsellor.member.id, Terms("Atlantis/Deep"))
    with pytest.raises(Refused, match="capacity"):
        await rosters.set_terms(supervisor, counsellor.member.id, Terms(capacity=0))


async def test_a_supervisor_writes_the_roster_at_the_desk_and_a_counsellor_sees_it(
    desk: TestDesk, pair: tuple[Session, Session]
) -> None:
    supervisor, counsellor = pair
    member = counsellor.member.id
    async with browser(desk, supervisor) as driver:
        await driver.open("/roster")
        await driver.send("/roster/shifts", {"member": member, "day-6": "1", "begins": "22:00", "ends": "06:00"})
        assert "22:00–06:00" in driver.text
        await driver.send("/roster/days", {"member": member, "date": "2026-03-05", "begins": "", "ends": ""})
        await driver.send("/roster/holidays", {"date": "2026-03-06"})
        await driver.send("/roster/terms", {"member": member, "capacity": "2", "gender": "woman", "zone": ""})
        await driver.send("/roster/zone", {"zone": "Asia/Vientiane"})
        for shown in ("5 Mar 2026", "6 Mar 2026", "up to 2 at once", "a woman", "Asia/Vientiane"):
            assert shown in driver.text, shown
        await driver.send("/roster/shifts/remove", {"member": member, "weekday": "6", "begins": "1320"})
        assert "22:00–06:00" not in driver.text
    async with browser(desk, counsellor) as driver:
        await driver.open("/roster")
        assert "5 Mar 2026" in driver.text
        assert "/roster/shifts" not in driver.text


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        ("/roster/shifts", {"begins": "08:00", "ends": "25:00", "day-1": "1"}, "A time is written as 08:00"),
        ("/roster/shifts", {"begins": "", "ends": "", "day-1": "1"}, "A time is written as 08:00"),
        ("/roster/shifts", {"begins": "08:00", "ends": "09:00"}, "at least one day"),
        ("/roster/days", {"date": "2026-02-30"}, "not a day of the calendar"),
        ("/roster/terms", {"capacity": "999"}, "between 1 and 20"),
        ("/roster/zone", {"zone": "../etc/passwd"}, "not a time zone"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_changed(
    desk: TestDesk, pair: tuple[Session, Session], path: str, fields: dict[str, str], said: str
) -> None:
    async with browser(desk, pair[0]) as driver:
        await driver.open("/roster")
        before = driver.text
        answer = await driver.send(path, {"member": pair[1].member.id, **fields})
        assert (answer.status_code, said in answer.text) == (422, True)
        assert (await driver.open("/roster")).text == before
