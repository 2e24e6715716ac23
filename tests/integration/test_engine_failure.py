"""The engine fails in every way it can, and the person still gets a sentence, the ways out and a person.

(design/architecture.md, *Engine failure*.)
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.ownership import State
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, content, open_test_house
from tests.support.pure_talk import answer_at_its_pace


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as made:
        await made.says("", kind="start")
        made.engine.is_down = True
        yield made


def words(key: str) -> str:
    return content().words.say(key, "en", org="Bridge House", messenger="Telegram")


async def waiting(house: TestHouse) -> int:
    async with house.house.records.begin() as tx:
        return (await tx.inbox.counts()).get("waiting", 0)


async def test_the_fixed_sentence_is_said_the_message_kept_and_staff_called(house: TestHouse) -> None:
    assert await house.says("hello") == [words("trouble.engine")]
    assert await waiting(house) == 1
    assert ("engine", "P4") in await house.alerts()
    assert "A person" in house.labels()


async def test_the_fixed_sentence_is_said_once_in_ten_minutes(house: TestHouse) -> None:
    await house.says("hello")
    assert await house.says("hello?") == []
    house.clock.pass_(minutes=10)
    assert await house.says("hello??") == [words("trouble.engine")]


async def test_the_fixed_sentence_leaves_the_open_question_its_buttons(house: TestHouse) -> None:
    house.engine.is_down, house.engine.answer = False, answer_at_its_pace
    await house.says("", kind="start")
    asked, house.engine.is_down = house.labels(), True
    await house.says("hello")
    assert house.labels() == asked
    assert words("opening.safe-yes") in asked


async def test_what_was_pressed_while_it_was_down_counts_when_it_is_back(house: TestHouse) -> None:
    pressed = house.data_of(words("opening.safe-yes"))
    await house.says(pressed, kind="press")
    assert house.messenger.texts("7")[-1] == words("trouble.engine")
    house.engine.is_down = False
    house.clock.pass_(minutes=1)
    await house.settle()
    assert house.engine.intents[-1] == "safe_yes"
    assert words("escape.stale") not in house.messenger.texts("7")


async def test_a_person_can_be_asked_for_without_the_engine(house: TestHouse) -> None:
    await house.says("hello")
    assert await house.presses("A person") == [words("handoff.offer-nobody")]
    asked = words("weeks.may-write")
    assert await house.presses(words("handoff.yes-wait")) == [words("handoff.queued-nobody"), asked]
    assert (await house.conversation()).own.state is State.QUEUED


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("stop", "escape.paused"),
        ("delete", "escape.erase-ask"),
        ("danger", "safety.danger-nobody"),
        ("language", "escape.language-ask"),
    ],
)
async def test_every_way_out_works_without_the_engine(house: TestHouse, text: str, key: str) -> None:
    assert await house.says(text) == [words(key)]


async def test_delete_is_done_without_the_engine(house: TestHouse) -> None:
    await house.says("I said something before")
    await house.says("delete")
    said = await house.presses("Yes, delete everything")
    assert said == [words("escape.erased"), words("escape.erased-stays")]
    assert await waiting(house) == 0


async def test_when_it_is_back_in_time_the_message_is_answered(house: TestHouse) -> None:
    await house.says("hello")
    house.engine.is_down = False
    house.clock.pass_(minutes=1)
    before = len(house.messenger.sent)
    await house.settle()
    assert house.messenger.texts("7")[before:] == [words("listening.heard-1")]
    assert await waiting(house) == 0


async def test_a_late_message_is_read_for_danger_and_not_answered(house: TestHouse) -> None:
    house.engine.readings["they come tonight"] = a_reading("threats", urgency="danger_now")
    await house.says("they come tonight")
    house.engine.is_down = False
    house.clock.pass_(minutes=16)
    before = len(house.messenger.sent)
    await house.settle()
    assert len(house.messenger.sent) == before
    assert ("danger_read", "P1") in await house.alerts()
    assert await waiting(house) == 0


async def test_a_message_that_fails_three_times_is_set_aside_and_the_next_is_answered(house: TestHouse) -> None:
    house.engine.is_down = False
    house.engine.fails_on.add("poison")
    await house.says("poison")
    for _ in range(5):
        house.clock.pass_(seconds=30)
        await house.settle()
    assert ("set_aside", "P4") in await house.alerts()
    assert await waiting(house) == 0
    assert await house.says("after it") == [words("listening.heard-1")]


async def test_an_outage_sets_nothing_aside(house: TestHouse) -> None:
    await house.says("hello")
    for _ in range(8):
        house.clock.pass_(seconds=30)
        await house.settle()
    assert await waiting(house) == 1
    assert "set_aside" not in [kind for kind, _ in await house.alerts()]


async def test_an_action_that_fails_each_time_is_set_aside_with_what_was_read(house: TestHouse) -> None:
    house.engine.is_down = False
    house.engine.turns_fail = True
    house.engine.readings["they sold us"] = a_reading("sold")
    await house.says("they sold us")
    assert (await house.conversation()).level == "P2"
    for _ in range(5):
        house.clock.pass_(seconds=30)
        await house.settle()
    assert await waiting(house) == 0
    assert (await house.talk()).known == ("sold",)
