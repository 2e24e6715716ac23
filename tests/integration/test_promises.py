"""An aim that was said: kept, escalated before it breaks, broken and said so; and waits that last too long (H6)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ownership import Ownership, State
from tests.support.fakes import NOON, FakeDuty, MovableClock
from tests.support.house import TestHouse, content, open_test_house

SHIFT = NOON + timedelta(hours=4)
NEXT = NOON + timedelta(hours=28)


@pytest.fixture
def duty() -> FakeDuty:
    return FakeDuty(shifts={"en": [SHIFT, NEXT]})


@pytest.fixture
async def house(tmp_path: Path, duty: FakeDuty) -> AsyncIterator[TestHouse]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}"
    async with open_test_house(url, tmp_path, MovableClock(NOON), duty) as made:
        await made.says("", kind="start")
        yield made


def words(key: str, **args: str) -> str:
    return content().words.say(key, "en", org="Bridge House", messenger="Telegram", **args)


async def is_promised(house: TestHouse) -> None:
    """Ask for a person while nobody is here, and take the aim."""
    await house.presses(words("escape.person"))
    await house.presses(words("handoff.promise"))
    assert (await house.conversation()).own.state is State.PROMISED


async def look(house: TestHouse, **gap: float) -> State:
    house.clock.pass_(**gap)
    await house.workers.due.look()
    return (await house.conversation()).own.state


async def settled(house: TestHouse) -> list[tuple[str, int]]:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        return [(promise.outcome, promise.breaks) for promise in await tx.promises.of(conversation.id)]


async def alert_kinds(house: TestHouse) -> list[str]:
    return [kind for kind, _ in await house.alerts()]


async def put(house: TestHouse, own: Ownership) -> None:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        await tx.conversations.save(replace(fresh, own=own))


async def test_h6_an_aim_is_said_with_its_time_and_is_a_consent(house: TestHouse) -> None:
    """H6, L5: said as an aim, because a shift covers it; taken by its own button."""
    await house.presses(words("escape.person"))
    said = await house.presses(words("handoff.promise"))
    assert said == [words("handoff.promised-hours", hours="5"), words("weeks.may-write")]
    conversation = await house.conversation()
    assert conversation.own.due is not None
    assert conversation.own.due - SHIFT == timedelta(hours=1)
    async with house.house.records.begin() as tx:
        consents = await tx.casework.consents(conversation.id)
    assert [(c.scope, c.act) for c in consents] == [("counsellor_reads", "handoff_promise")]


async def test_a_counsellor_who_comes_on_duty_finds_them_in_the_queue(house: TestHouse, duty: FakeDuty) -> None:
    """H6: the promise is kept when somebody takes over."""
    await is_promised(house)
    duty.here.add("en")
    assert await look(house, hours=1) is State.QUEUED
    assert ("waiting", "P3") in await house.alerts()
    await put(house, Ownership(State.HELD, house.clock.now(), counsellor=(await house.add_present_counsellor()).id))
    await look(house, seconds=5)
    assert await settled(house) == [("kept", 0)]


async def test_a_promise_escalates_before_it_breaks(house: TestHouse) -> None:
    """H6: staff are called an hour before."""
    await is_promised(house)
    await look(house, hours=3, minutes=50)
    assert "promise_due" not in await alert_kinds(house)
    await look(house, minutes=15)
    assert "promise_due" in await alert_kinds(house)


async def test_a_broken_promise_is_written_down_and_said_when_safe_contact_allows(house: TestHouse) -> None:
    """H6, L5: honest, with a new aim that a shift covers."""
    await is_promised(house)
    assert await look(house, hours=5, minutes=5) is State.PROMISED
    assert await settled(house) == [("broken", 0), ("", 1)]
    assert "promise_broken" in await alert_kinds(house)
    await house.deliver()
    assert words("handoff.broken") not in house.messenger.texts("7")
    await house.says("hello?")
    texts = house.messenger.texts("7")
    assert words("handoff.broken") in texts
    assert words("handoff.promised-hours", hours="24") in texts


async def test_the_second_break_goes_to_a_supervisor(house: TestHouse) -> None:
    """H6: nobody is let down twice unseen."""
    await is_promised(house)
    await look(house, hours=5, minutes=5)
    assert await look(house, hours=24) is State.QUEUED
    assert "promise_broken_twice" in await alert_kinds(house)
    assert [outcome for outcome, _ in await settled(house)] == ["broken", "broken"]


async def test_a_promise_that_they_cancelled_is_no_broken_one(house: TestHouse) -> None:
    """H7: they may change their mind and are not penalised."""
    await is_promised(house)
    await house.presses(words("handoff.cancel"))
    assert await look(house, hours=6) is State.BOT
    assert await settled(house) == [("cancelled", 0)]


async def test_a_blocked_bot_ends_the_promise(house: TestHouse) -> None:
    """P6: there is nobody to write to."""
    await is_promised(house)
    await house.says("", kind="blocked")
    assert await look(house, seconds=5) is State.BOT
    assert await settled(house) == [("cancelled", 0)]


async def test_promises_survive_a_restart(house: TestHouse) -> None:
    """D3: nothing that was promised is forgotten by the clock of retention either."""
    await is_promised(house)
    conversation = await house.conversation()
    house.clock.pass_(days=3)
    await house.workers.due.works[-1].look()
    assert (await house.conversations([conversation.id]))[0] is not None


async def test_h6_a_wait_beyond_its_target_is_said_once_and_calls_staff_again(house: TestHouse) -> None:
    """H6: honest wait, no loop."""
    await house.presses(words("escape.person"))
    await house.presses(words("handoff.yes-wait"))
    before = len(house.messenger.texts("7"))
    await look(house, days=3, minutes=1)
    await look(house, minutes=5)
    assert (await alert_kinds(house)).count("waits_too_long") == 1
    await house.says("still here")
    assert house.messenger.texts("7")[before:].count(words("handoff.target-passed")) == 1


async def test_h6_when_the_last_shift_ends_they_choose(house: TestHouse, duty: FakeDuty) -> None:
    """H6: wait, be written to later, or go on with the program; said once."""
    duty.here.add("en")
    await house.presses(words("escape.person"))
    await house.presses(words("handoff.yes"))
    await look(house, seconds=5)
    duty.here.clear()
    await look(house, minutes=1)
    await look(house, minutes=1)
    await house.deliver()
    assert house.messenger.texts("7").count(words("handoff.shift-over")) == 1
    assert words("handoff.promise") in house.labels()
    await house.presses(words("handoff.promise"))
    assert (await house.conversation()).own.state is State.PROMISED


async def test_h3_a_counsellor_sees_only_what_was_chosen(house: TestHouse, duty: FakeDuty) -> None:
    """H3, H8: "only from now on" is a consent of its own."""
    duty.here.add("en")
    await house.presses(words("escape.person"))
    await house.presses(words("handoff.choose-label"))
    await house.presses(words("handoff.yes-new"))
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        consents = await tx.casework.consents(conversation.id)
    assert [c.scope for c in consents] == ["counsellor_reads_new"]
    assert conversation.own.state is State.QUEUED
