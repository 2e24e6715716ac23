"""Rosters and calls to staff are kept alike on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.adapters.db.migrate import migrate, migrate_to
from bot.adapters.db.records import SqlRecords
from bot.domain.codes import MemberId, OrganisationId
from bot.domain.roster import Hours, Roster, Terms
from bot.services.ports import Reach
from bot.services.records import Member, Organisation
from tests.support.records import NOON, migrated_records, stored_conversation

HOME, ELSEWHERE = OrganisationId("home"), OrganisationId("elsewhere")
ANN, BO = MemberId("ann"), MemberId("bo")
DAY = date(2026, 5, 1)
NIGHT, MORNING = Hours(22 * 60, 6 * 60), Hours(8 * 60, 12 * 60)


@pytest.fixture
async def records(database_url: str) -> AsyncIterator[SqlRecords]:
    async with migrated_records(database_url) as opened:
        async with opened.begin() as tx:
            for where, home in ((HOME, True), (ELSEWHERE, False)):
                await tx.staff.add_organisation(Organisation(where, where, home, b"", None, None))
            for member, where in ((ANN, HOME), (BO, ELSEWHERE)):
                await tx.staff.add(Member(member, where, member, (), (), active=True, created_at=NOON))
        yield opened


async def test_a_roster_is_read_as_it_was_written_and_only_its_own(records: SqlRecords) -> None:
    async with records.begin() as tx:
        assert await tx.roster.of(HOME) == Roster()
        for hours in (NIGHT, MORNING, replace(MORNING, ends=13 * 60)):
            await tx.roster.add_shift(ANN, 4, hours)
        await tx.roster.add_shift(BO, 0, NIGHT)
        for differs in (NIGHT, None):
            await tx.roster.set_day(ANN, DAY, differs)
        for _ in range(2):
            await tx.roster.set_holiday(HOME, DAY, closed=True)
            await tx.roster.set_terms(ANN, Terms("Asia/Bangkok", 2, "woman"))
            await tx.roster.set_zone(HOME, "Asia/Vientiane")
    async with records.begin() as tx:
        found = await tx.roster.of(HOME)
    assert found.weekly == {ANN: {4: (Hours(8 * 60, 13 * 60), NIGHT)}}
    assert found.days == {ANN: {DAY: None}}
    assert found.holidays == {DAY}
    assert (found.zone, found.of(ANN).zone, found.terms_of(ANN).capacity) == ("Asia/Vientiane", "Asia/Bangkok", 2)
    async with records.begin() as tx:
        await tx.roster.remove_shift(ANN, 4, NIGHT.begins)
        await tx.roster.clear_day(ANN, DAY)
        await tx.roster.set_holiday(HOME, DAY, closed=False)
        left = await tx.roster.of(HOME)
    assert (left.weekly[ANN], left.days, left.holidays) == ({4: (Hours(8 * 60, 13 * 60),)}, {}, frozenset())


async def test_a_call_is_stored_once_started_once_and_never_sent_after_an_answer(records: SqlRecords) -> None:
    one = await stored_conversation(records)
    async with records.begin() as tx:
        await tx.casework.add_alert(one.id, one.code, "danger", "P0", NOON)
        for _ in range(2):
            await tx.calls.call(1, ANN, "mail", NOON, "waiting")
        await tx.calls.call(1, ANN, "desk", NOON, "sent")
        ((notice, about_person),) = await tx.calls.to_send(NOON, 9)
        assert (notice.member, about_person) == (ANN, True)
        assert [await tx.calls.start(notice.id) for _ in range(2)] == [True, False]
        await tx.calls.settle(notice.id, "waiting", NOON + timedelta(seconds=9))
        assert await tx.calls.to_send(NOON, 9) == []
        ((again, _),) = await tx.calls.to_send(NOON + timedelta(seconds=9), 9)
        assert again.attempts == 1
        await tx.casework.see_alert(1, ANN, NOON)
        assert await tx.calls.to_send(NOON + timedelta(hours=1), 9) == []
        assert [call.way for call in await tx.calls.called([1])] == ["mail", "desk"]


async def test_a_missed_alert_is_open_no_more_and_goes_with_its_conversation(records: SqlRecords) -> None:
    one = await stored_conversation(records)
    async with records.begin() as tx:
        for level in ("P3", "P0"):
            await tx.casework.add_alert(one.id, one.code, f"kind-{level}", level, NOON)
        assert [alert.level for alert in await tx.calls.unanswered()] == ["P0", "P3"]
        for _ in range(2):
            await tx.calls.miss(2, NOON)
        assert await tx.calls.missed() == {2: NOON}
        assert [alert.level for alert in await tx.calls.unanswered()] == ["P3"]
        await tx.calls.call(1, ANN, "mail", NOON, "waiting")
        await tx.conversations.erase(one.id)
        assert (await tx.calls.missed(), await tx.calls.called([1, 2])) == ({}, [])


async def test_a_member_is_found_by_their_code(records: SqlRecords) -> None:
    async with records.begin() as tx:
        await tx.calls.set_reach(Reach(ANN, "th", code_hash=b"hash", code_until=NOON))
        found = await tx.calls.by_code(b"hash")
        assert found is not None
        await tx.calls.set_reach(replace(found, telegram_sealed=b"sealed", code_hash=None))
        assert await tx.calls.by_code(b"hash") is None
        assert (await tx.calls.reaches())[ANN].telegram_sealed == b"sealed"


async def test_0004_can_be_taken_back_and_keeps_who_works_here(database_url: str, records: SqlRecords) -> None:
    await records.close()
    migrate_to(database_url, "0003")
    await migrate(database_url)
    async with migrated_records(database_url) as again, again.begin() as tx:
        assert [member.name for member in await tx.staff.all()] == [ANN, BO]
        assert await tx.roster.of(HOME) == Roster()
