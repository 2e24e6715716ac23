"""What falls due by the clock: lapsed offers, lost counsellors, and conversations that nobody asked to keep."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.ownership import Ownership, State
from tests.support.house import TestHouse, content, open_test_house


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as made:
        await made.says("", kind="start")
        yield made


async def put(house: TestHouse, **fields: object) -> None:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        await tx.conversations.save(replace(fresh, **fields))  # type: ignore[arg-type]


async def is_there(house: TestHouse) -> bool:
    conversation = (await house.conversation()).id
    await house.workers.due.look()
    return (await house.conversations([conversation]))[0] is not None


async def test_an_offer_lapses_after_a_day(house: TestHouse) -> None:
    await house.presses("A person")
    await put(house, keep_until=house.clock.now().replace(year=2030))
    house.clock.pass_(hours=25)
    await house.workers.due.look()
    assert (await house.conversation()).own.state is State.BOT


async def test_a_counsellor_who_is_gone_for_five_minutes_loses_it_to_the_front_and_the_person_is_told(
    house: TestHouse,
) -> None:
    ann = await house.add_present_counsellor()
    await put(house, own=Ownership(State.HELD, house.clock.now(), counsellor=ann.id))
    async with house.house.records.begin() as tx:
        present = await tx.staff.get(ann.id)
        assert present is not None
        await tx.staff.save(replace(present, present_until=house.clock.now()))
    house.clock.pass_(minutes=4)
    await house.workers.due.look()
    assert (await house.conversation()).own.state is State.HELD
    house.clock.pass_(minutes=1)
    await house.workers.due.look()
    own = (await house.conversation()).own
    assert (own.state, own.front) == (State.QUEUED, True)
    await house.deliver()
    assert house.messenger.texts("7")[-1] == content().words.say("handoff.requeued", "en")


async def test_a_day_after_the_last_message_everything_is_erased(house: TestHouse) -> None:
    house.clock.pass_(hours=23)
    assert await is_there(house)
    house.clock.pass_(hours=2)
    assert not await is_there(house)


@pytest.mark.parametrize("state", [State.QUEUED, State.HELD, State.RESERVED, State.PROMISED])
async def test_nothing_is_erased_while_somebody_waits_or_is_held(house: TestHouse, state: State) -> None:
    ann = await house.add_present_counsellor()
    due = house.clock.now().replace(year=2030)
    counsellor = ann.id if state in (State.HELD, State.RESERVED) else None
    await put(house, own=Ownership(state, house.clock.now(), counsellor=counsellor, due=due))
    house.clock.pass_(hours=30)
    assert await is_there(house)


@pytest.mark.parametrize("level", ["P0", "P1"])
async def test_nothing_is_erased_while_a_mark_of_danger_stands(house: TestHouse, level: str) -> None:
    await put(house, level=level)
    house.clock.pass_(hours=30)
    assert await is_there(house)
