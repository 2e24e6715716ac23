"""Readings without a yes and hours of duty leads are kept alike on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.adapters.db.migrate import migrate_to
from bot.adapters.db.records import SqlRecords
from bot.domain.access import ANSWER_WITHIN, Access, answer, open_it
from bot.domain.codes import ConversationId, MemberId
from bot.domain.duty_lead import Named
from bot.services.records import Member, Organisation
from tests.support.records import HOME, NOON, migrated_records, stored_conversation

MALI, SAM = MemberId("mali"), MemberId("sam")


async def staffed(records: SqlRecords) -> None:
    async with records.begin() as tx:
        await tx.staff.add_organisation(Organisation(HOME, "Hotline", True, b"public", None, None))  # noqa: FBT003
        for name in (MALI, SAM):
            await tx.staff.add(Member(name, HOME, name, ("supervisor",), ("th",), active=True, created_at=NOON))


def asked(conversation: ConversationId, name: str = "one", minutes: int = 0) -> Access:
    return Access(name, conversation, MALI, "child", b"sealed", NOON + timedelta(minutes=minutes))


async def test_a_reading_is_kept_as_it_was_and_as_it_went_on(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await staffed(records)
        case = await stored_conversation(records)
        first, later = asked(case.id), asked(case.id, "two", minutes=5)
        async with records.begin() as tx:
            for access in (later, first):
                await tx.accesses.add(access)
        went_on = answer(open_it(first, MALI, NOON), SAM, NOON, yes=True)
        async with records.begin() as tx:
            assert await tx.accesses.get("none") is None
            await tx.accesses.save(replace(went_on, ended_at=NOON, told_at=NOON, reason=b"another", lead=SAM))
        async with records.begin() as tx:
            kept = await tx.accesses.get("one")
            # Who began it, and why, is never written anew.
            assert kept == replace(went_on, ended_at=NOON, told_at=NOON)
            assert [it.id for it in await tx.accesses.of(case.id)] == ["one", "two"]
            assert [it.id for it in await tx.accesses.listed(9)] == ["two", "one"]
            assert [it.id for it in await tx.accesses.listed(0)] == ["two"]


async def test_only_what_nobody_answered_in_time_is_overdue(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await staffed(records)
        case = await stored_conversation(records)
        opened_late = open_it(asked(case.id, "late"), MALI, NOON + timedelta(hours=2))
        answered = answer(asked(case.id, "answered"), SAM, NOON, yes=False)
        async with records.begin() as tx:
            for access in (asked(case.id), opened_late, answered):
                await tx.accesses.add(access)
        async with records.begin() as tx:
            assert await tx.accesses.overdue(NOON - timedelta(seconds=1)) == []
            assert [it.id for it in await tx.accesses.overdue(NOON)] == ["one"]
            assert [it.id for it in await tx.accesses.overdue(NOON + ANSWER_WITHIN)] == ["late", "one"]


async def test_what_is_marked_is_found_by_its_mark_and_goes_with_its_conversation(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await staffed(records)
        first, second, third = [await stored_conversation(records, name) for name in ("one", "two", "three")]
        async with records.begin() as tx:
            for it, level in ((first, "P1"), (second, "P0"), (third, "P2")):
                await tx.conversations.save(replace(it, level=level))  # type: ignore[arg-type]
            await tx.accesses.add(asked(first.id))
        async with records.begin() as tx:
            assert [it.id for it in await tx.accesses.marked(9)] == [second.id, first.id]
            assert [it.id for it in await tx.accesses.marked(1)] == [second.id]
            await tx.conversations.erase(first.id)
            assert await tx.accesses.listed(9) == []


async def test_of_two_hours_of_a_duty_lead_that_begin_together_the_newer_counts(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await staffed(records)
        day = date(2026, 3, 1)
        week, alone = Named(MALI, 480, 1200, weekday=6), Named(MALI, 480, 1200, day=day)
        async with records.begin() as tx:
            for named in (alone, week, replace(week, member=SAM, ends=600), replace(week, begins=0)):
                await tx.leads.name(HOME, named)
        async with records.begin() as tx:
            assert await tx.leads.of(HOME) == [replace(week, begins=0), replace(week, member=SAM, ends=600), alone]
            await tx.leads.unname(HOME, 480, weekday=None, day=day)
            await tx.leads.unname(HOME, 0, weekday=6, day=None)
            assert await tx.leads.of(HOME) == [replace(week, member=SAM, ends=600)]


@pytest.mark.parametrize("revision", ["0009"])
async def test_0010_begins_without_readings_and_takes_them_back_alone(database_url: str, revision: str) -> None:
    async with migrated_records(database_url) as records:
        await staffed(records)
        case = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.accesses.add(asked(case.id))
            await tx.leads.name(HOME, Named(MALI, 0, 0, weekday=1))
    migrate_to(database_url, revision)
    async with migrated_records(database_url) as records, records.begin() as tx:
        assert await tx.conversations.get(case.id) == case
        assert await tx.accesses.listed(9) == []
        assert await tx.leads.of(HOME) == []
