"""What a person may do about who counsels them, and what a close as abusive leaves them: the program, and danger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.codes import MemberId
from bot.domain.ownership import State
from bot.services.sign_in import Session
from tests.support.house import TestHouse, open_test_house


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as made:
        yield made


async def session_of(house: TestHouse) -> Session:
    member = await house.add_present_counsellor()
    now = house.clock.now()
    return Session(member, b"", b"key", "", now, now, standing="vetted")


async def ask_for_a_person(house: TestHouse) -> None:
    await house.says("/start", kind="start")
    await house.says("human")
    await house.presses("Yes, a counsellor may read")


async def test_only_the_program_is_there_for_three_days_and_danger_still_calls(house: TestHouse) -> None:
    session = await session_of(house)
    await ask_for_a_person(house)
    it = await house.conversation()
    await house.house.counsel.claim(session, it.id)
    await house.house.counsel.close(session, it.id, "abusive")
    await house.settle()

    (said,) = (await house.says("human"))[-1:]
    assert "only the program" in said
    assert not any("may read" in label for label in house.labels())
    await house.says("danger")
    assert ("danger", "P0") in await house.alerts()
    await house.presses("may write")
    assert (await house.conversation()).own.state is State.QUEUED

    await house.says("human")
    await house.presses("Cancel")
    house.clock.pass_(days=3)
    await house.says("human")
    assert any("may read" in label for label in house.labels())


async def test_a_longer_time_with_the_program_never_closes_the_way_of_danger(house: TestHouse) -> None:
    session = await session_of(house)
    await ask_for_a_person(house)
    it = await house.conversation()
    await house.house.counsel.claim(session, it.id)
    await house.house.counsel.close(session, it.id, "abusive")
    await house.house.left_alone.ask(session, it.code)
    lead = replace(session, member=replace(session.member, id=MemberId("lead"), roles=("supervisor",)))
    await house.house.left_alone.confirm(lead, it.code)
    house.clock.pass_(days=20)
    assert "only the program" in (await house.says("human"))[-1]
    await house.says("danger")
    assert ("danger", "P0") in await house.alerts()
    await house.presses("may write")
    assert (await house.conversation()).own.state is State.QUEUED
    await house.says("human")
    await house.presses("Cancel")

    await house.house.left_alone.lift(lead, it.code)
    await house.says("human")
    assert any("may read" in label for label in house.labels())


@pytest.mark.parametrize("to", ["counsellor-2", "team:en"])
async def test_a_person_stays_with_their_counsellor_or_waits_for_another(house: TestHouse, to: str) -> None:
    session = await session_of(house)
    await ask_for_a_person(house)
    it = await house.conversation()
    await house.house.counsel.claim(session, it.id)
    colleague = replace(session.member, id=MemberId("counsellor-2"), name="Bea")
    async with house.house.records.begin() as tx:
        await tx.staff.add(colleague)
    await house.house.transfers.offer(session, it.id, to)
    await house.settle()
    assert "Nothing changes" in (await house.presses("Stay with this counsellor"))[-1]
    own = (await house.conversation()).own
    assert (own.state, own.counsellor) == (State.HELD, session.member.id)
    assert (await house.says("I go on telling")) == []

    assert "first in the queue" in (await house.presses("Another counsellor"))[-1]
    own = (await house.conversation()).own
    assert (own.state, own.front) == (State.QUEUED, True)
    async with house.house.records.begin() as tx:
        assert await tx.staff.blocked(it.id) == {session.member.id}
    assert ("waiting", "P3") in await house.alerts()
