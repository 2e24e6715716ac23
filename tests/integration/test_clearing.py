"""Clearing the chat as we go, and erasing: what goes, what stays, and that it is said (S6, S7; design, *erase*)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import Blocked, ChannelFailure, TryLater
from tests.integration.test_cover import OWN, is_theme, sets_word, words
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, open_test_house


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as opened:
        yield opened


async def clears_as_they_go(house: TestHouse) -> None:
    await house.presses("More")
    await house.presses("Screen and words")
    assert await house.presses("Clear old messages") == [words("cover.clear-on")]


async def ledger(house: TestHouse) -> dict[str, int]:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        return dict(await tx.screen.counts(conversation.id))


async def test_messages_of_both_sides_are_cleared_before_they_are_47_hours_old(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.says("it is about my passport")
    await clears_as_they_go(house)
    shown = await ledger(house)
    assert shown["shown"] > 6
    assert shown["gone"] == 0
    house.clock.pass_(hours=23)
    await house.settle()
    assert house.messenger.taken_off == []
    house.clock.pass_(hours=2)
    await house.settle()
    after = await ledger(house)
    assert after == {"shown": 0, "gone": shown["shown"], "stays": 0}
    assert {"p1", "p2", "1", "2"} <= set(house.messenger.taken_off), "of both sides"


async def test_what_the_messenger_would_not_delete_is_in_the_ledger(house: TestHouse) -> None:
    """S6: the limits are known and written down."""
    await house.says("", kind="start")
    await clears_as_they_go(house)
    house.messenger.too_old.add("p1")
    house.clock.pass_(hours=25)
    await house.settle()
    assert (await ledger(house))["stays"] == 1


async def test_after_a_long_outage_what_is_too_old_stays_without_being_asked_for(house: TestHouse) -> None:
    await house.says("", kind="start")
    await clears_as_they_go(house)
    house.clock.pass_(hours=49)
    await house.settle()
    assert house.messenger.taken_off == []
    assert (await ledger(house))["stays"] > 0


@pytest.mark.parametrize("failure", [TryLater(3), ChannelFailure("down")])
async def test_a_messenger_that_does_not_answer_is_asked_again(house: TestHouse, failure: Exception) -> None:
    await house.says("", kind="start")
    await clears_as_they_go(house)
    house.clock.pass_(hours=25)
    house.messenger.failures["7"] = [failure]
    await house.settle()
    assert (await ledger(house))["shown"] > 0
    house.clock.pass_(seconds=61)
    await house.settle()
    assert (await ledger(house))["shown"] == 0


async def test_in_a_chat_that_was_left_nothing_can_be_cleared(house: TestHouse) -> None:
    await house.says("", kind="start")
    await clears_as_they_go(house)
    house.clock.pass_(hours=25)
    house.messenger.failures["7"] = [Blocked("gone")]
    await house.settle()
    counts = await ledger(house)
    assert (counts["shown"], counts["gone"]) == (0, 0)


async def test_who_clears_as_they_go_has_nothing_but_the_theme_above_the_fold(house: TestHouse) -> None:
    """S5: no history of the talk stands above the theme."""
    await house.says("", kind="start")
    await clears_as_they_go(house)
    said = await house.presses("Recipes")
    assert is_theme(said[-1])
    theme = str(len(house.messenger.sent))
    everything = {str(number) for number in range(1, len(house.messenger.sent) + 1)} | {"p1"}
    assert everything - {theme} <= set(house.messenger.taken_off)
    assert theme not in house.messenger.taken_off


async def test_clearing_can_be_stopped(house: TestHouse) -> None:
    await house.says("", kind="start")
    await clears_as_they_go(house)
    await house.presses("More")
    await house.presses("Screen and words")
    assert await house.presses("Stop clearing") == [words("cover.clear-off")]
    house.clock.pass_(hours=40)
    await house.settle()
    assert house.messenger.taken_off == []


async def test_the_answer_to_pause_is_cleared_like_everything_else(house: TestHouse) -> None:
    """S6, S7: the last thing that left before the silence stands in the ledger, and in the outbox of nobody."""
    await house.says("", kind="start")
    await clears_as_they_go(house)
    assert await house.presses("Pause") == [words("escape.paused")]
    answer = str(len(house.messenger.sent))
    house.clock.pass_(hours=25)
    await house.settle()
    assert answer in house.messenger.taken_off
    assert (await ledger(house))["shown"] == 0


async def test_without_it_the_person_is_told_that_older_text_stays(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.presses("More")
    assert await house.presses("Screen and words") == [words("cover.screen", theme="Recipes")]


async def test_before_deleting_the_theme_is_offered_first(house: TestHouse) -> None:
    """S7: an empty chat can look strange too."""
    await house.says("", kind="start")
    await house.says("delete")
    assert house.labels()[0] == "Recipes"
    assert is_theme((await house.presses("Recipes"))[0])


async def test_erasing_with_the_chat_clears_the_screen_though_the_talk_is_gone(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.says("my boss keeps my passport")
    gone = (await house.conversation()).id
    await house.says("delete")
    count = len(house.messenger.sent)
    said = await house.presses("Delete, and clear this chat")
    assert said == [words("escape.erased-chat"), words("escape.erased-stays")]
    assert await house.conversations([gone]) == [None]
    assert {"p1", "p2", *(str(number) for number in range(1, count + 1))} <= set(house.messenger.taken_off)
    async with house.house.records.begin() as tx:
        assert list(await tx.screen.due(house.clock.now().replace(year=2999), 100)) == []


async def test_with_an_own_word_only_the_word_erases(house: TestHouse) -> None:
    """Whoever has the phone can press; the word is the person's."""
    await house.says("", kind="start")
    await sets_word(house)
    before = (await house.conversation()).id
    await house.says("delete")
    assert await house.presses("Yes, delete everything") == [words("escape.erase-word")]
    assert await house.says("wrong word") == [words("cover.word-wrong")]
    assert await house.says(OWN) == [words("escape.already-program")], "the question was let go"
    await house.says("delete")
    await house.presses("Yes, delete everything")
    assert await house.says(OWN) == [words("escape.erased"), words("escape.erased-stays")]
    assert await house.conversations([before]) == [None]


async def test_one_message_at_a_time_can_be_deleted_with_what_was_heard_in_it(house: TestHouse) -> None:
    """S6: message by message, here and in the chat."""
    house.engine.readings["they keep my passport"] = a_reading("document_retention")
    await house.says("", kind="start")
    await house.says("they keep my passport")
    assert "document_retention" in (await house.talk()).known
    number = f"p{house._updates}"
    await house.says("hello")
    conversation = await house.conversation()
    for _ in range(2):
        await house.says("delete")
        assert await house.presses("Only my last message") == [words("escape.erased-last")]
    assert number in house.messenger.taken_off
    assert "document_retention" not in (await house.talk()).known
    async with house.house.records.begin() as tx:
        assert list(await tx.messages.observations(conversation.id)) == []


async def test_a_complaint_calls_staff_without_a_text(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.presses("More")
    assert await house.presses("Complain") == [words("escape.complaint-ask")]
    assert await house.presses("Yes, tell a supervisor") == [words("escape.complaint-done")]
    assert "complaint" in {kind for kind, _ in await house.alerts()}
