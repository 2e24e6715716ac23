"""What falls due by the clock: lapsed offers, lost counsellors, and conversations that nobody asked to keep."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain import presence
from bot.domain.ownership import Ownership, State
from bot.services import due
from bot.services.records import Conversation
from bot.services.sign_in import Session
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


WITHIN = timedelta(seconds=15)


async def is_held(house: TestHouse) -> Session:
    """Let a counsellor whose browser answers hold the conversation."""
    ann = await house.add_present_counsellor()
    await put(house, own=Ownership(State.HELD, house.clock.now(), counsellor=ann.id))
    async with house.house.records.begin() as tx:
        ann = await tx.staff.save(replace(ann, key_wrapped=None, present_until=None))
    _, session = await house.house.sessions.start(ann, b"")
    return session


async def when(house: TestHouse, is_so: Callable[[Conversation, list[tuple[str, str]]], bool]) -> timedelta:
    """Let the clock's works look as often as they do, and give after how long something was so."""
    begun = house.clock.now()
    while not is_so(await house.conversation(), await house.alerts()):
        house.clock.pass_(seconds=due.EVERY)
        await house.workers.due.look()
        assert house.clock.now() - begun < timedelta(minutes=10)
    return house.clock.now() - begun


@pytest.mark.parametrize("answers", range(8))
async def test_h6_a_counsellor_who_is_gone_is_missed_after_two_minutes_and_after_five_the_person_waits_first(
    house: TestHouse, answers: int
) -> None:
    session = await is_held(house)
    for _ in range(answers):
        house.clock.pass_(seconds=presence.ASKED_EVERY.total_seconds() + 0.7)
        await house.house.sessions.touch(session)
    house.clock.pass_(seconds=answers)
    missed = await when(house, lambda _, alerts: ("counsellor_away", "P4") in alerts)
    lost = missed + await when(house, lambda it, _: it.own.state is not State.HELD)
    gone_before = timedelta(seconds=answers)
    assert abs(missed + gone_before - timedelta(minutes=2)) < WITHIN
    assert abs(lost + gone_before - timedelta(minutes=5)) < WITHIN
    own = (await house.conversation()).own
    assert (own.state, own.front) == (State.QUEUED, True)
    assert ("waiting", "P4") in await house.alerts(), "somebody else is called"
    await house.deliver()
    assert house.messenger.texts("7")[-1] == content().words.say("handoff.requeued", "en")


async def test_who_comes_back_in_time_keeps_the_conversation_and_sees_that_they_were_missed(house: TestHouse) -> None:
    session = await is_held(house)
    for _ in range(2):
        house.clock.pass_(minutes=3)
        await house.workers.due.look()
        it = await house.conversation()
        assert (it.own.state, it.own.told) == (State.HELD, ("away",))
        await house.house.sessions.touch(session)
        await house.workers.due.look()
        it = await house.conversation()
        assert (it.own.state, it.own.told) == (State.HELD, ("back",))
        async with house.house.records.begin() as tx:
            seen = [alert.seen_by for alert in await tx.casework.alerts(9) if alert.kind == "counsellor_away"]
        assert set(seen) == {session.member.id}
    assert len(seen) == 2


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
