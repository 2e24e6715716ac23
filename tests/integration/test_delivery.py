"""What leaves, when, and what becomes of what cannot (design/architecture.md, *One message, end to end*, 9)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.codes import MemberId
from bot.errors import Blocked, ChannelFailure, Refused, TryLater
from tests.support.house import TestHouse, open_test_house

ANN = MemberId("ann")


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(database_url, tmp_path) as made:
        for chat in ("7", "8"):
            await made.says("", chat, kind="start")
        yield made


async def write(house: TestHouse, text: str, chat: str = "7") -> None:
    """Let a counsellor write, without the ceremony of claiming."""
    conversation = await house.conversation(chat)
    async with house.house.records.begin() as tx:
        await house.house.speaker.write(tx, conversation, text, ANN, house.clock.now())


async def states(house: TestHouse, chat: str = "7") -> list[tuple[str | None, str]]:
    """Give state and hold of a counsellor's messages."""
    conversation = await house.conversation(chat)
    async with house.house.records.begin() as tx:
        latest = await tx.messages.latest(conversation.id, 50)
    return [(state, held) for message, state, held in latest if message.author == "counsellor"]


async def test_a_flood_limit_holds_one_chat_only(house: TestHouse) -> None:
    """S21: who floods the bot keeps nobody else from being answered."""
    house.messenger.failures["7"] = [TryLater(30)]
    await write(house, "to seven", "7")
    await write(house, "to eight", "8")
    await house.deliver()
    assert "to eight" in house.messenger.texts("8")
    assert "to seven" not in house.messenger.texts("7")
    house.clock.pass_(seconds=30)
    await house.deliver()
    assert "to seven" in house.messenger.texts("7")


async def test_a_person_who_blocked_the_bot_is_not_written_to_until_they_write(house: TestHouse) -> None:
    house.messenger.failures["7"] = [Blocked()]
    await write(house, "first")
    await write(house, "second")
    await house.deliver()
    assert (await house.conversation()).flags.unreachable
    assert ("unreachable", "P4") in await house.alerts()
    await house.says("I am back")
    assert house.messenger.texts("7")[-3:-1] == ["first", "second"]


async def test_a_message_that_is_refused_for_good_is_set_aside_and_the_next_goes_on(house: TestHouse) -> None:
    house.messenger.failures["7"] = [Refused(400)]
    await write(house, "poison")
    await write(house, "after it")
    await house.deliver()
    assert house.messenger.texts("7")[-1] == "after it"
    assert await states(house) == [("failed", "refused with status 400"), ("delivered", "")]


async def test_a_network_fault_is_tried_again_after_1_4_15_and_60_seconds_then_every_five_minutes(
    house: TestHouse,
) -> None:
    house.messenger.failures["7"] = [ChannelFailure() for _ in range(5)]
    await write(house, "at last")
    await house.deliver()
    for seconds in (1, 4, 15, 60, 300):
        left = len(house.messenger.failures["7"])
        house.clock.pass_(seconds=seconds - 0.5)
        await house.deliver()
        assert len(house.messenger.failures["7"]) == left
        assert "at last" not in house.messenger.texts("7")
        house.clock.pass_(seconds=0.5)
        await house.deliver()
    assert "at last" in house.messenger.texts("7")


async def test_bursts_of_three_then_one_a_second(house: TestHouse) -> None:
    for number in range(5):
        await write(house, f"line {number}")
    before = len(house.messenger.texts("7"))
    await house.deliver()
    assert len(house.messenger.texts("7")) - before == 3
    house.clock.pass_(seconds=1)
    await house.deliver()
    assert len(house.messenger.texts("7")) - before == 4
    house.clock.pass_(seconds=1)
    await house.deliver()
    assert [t for t in house.messenger.texts("7") if t.startswith("line")] == [f"line {n}" for n in range(5)]


async def test_after_a_quarter_of_an_hour_a_human_message_waits_until_they_write(house: TestHouse) -> None:
    house.clock.pass_(minutes=16)
    await write(house, "are you there?")
    await house.deliver()
    assert await states(house) == [("waiting", "held: until they write")]
    await house.says("yes")
    assert "are you there?" in house.messenger.texts("7")


async def test_what_was_held_for_three_days_expires_and_staff_are_told(house: TestHouse) -> None:
    house.clock.pass_(minutes=16)
    await write(house, "are you there?")
    await house.deliver()
    house.clock.pass_(hours=72)
    await house.deliver()
    assert [state for state, _ in await states(house)] == ["expired"]
    assert "expired" in [kind for kind, _ in await house.alerts()]
    assert "are you there?" not in house.messenger.texts("7")
