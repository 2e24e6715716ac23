"""Turns: every message in exactly one, committed whole or not at all; ways out first; the bot says only what it may."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES
from bot.domain.ownership import Deed, Does, Ownership, State, step
from bot.domain.reply import Effect, Reply, Say
from bot.services.ports import TurnAnswer
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, content, open_test_house


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(database_url, tmp_path) as made:
        yield made


def words(key: str, language: str = "en") -> str:
    words = content().words
    phrase = words.say("cover.phrase", language)
    return words.say(key, language, org="Bridge House", messenger="Telegram", phrase=phrase)


async def hold(house: TestHouse, member: str = "ann") -> None:
    """Let a counsellor hold the conversation."""
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        own = Ownership(State.QUEUED, house.clock.now())
        own = step(own, Deed(Does.CLAIM, by=member), house.clock.now())  # type: ignore[arg-type]
        await tx.conversations.save(replace(fresh, own=own))


async def test_the_first_words_say_who_this_is_and_start_with_the_practice_line(house: TestHouse) -> None:
    said = await house.says("", kind="start")
    assert said == [words(f"opening.{key}") for key in ("practice", "who", "reads", "ways")]
    assert house.labels()[:4] == ["Yes", "Not now", "I am in danger", "Just information"]
    assert house.labels()[-4:] == ["A person", "Pause", "Recipes", "More"]


async def test_the_languages_are_shown_by_their_own_names_until_the_person_wrote_once(house: TestHouse) -> None:
    await house.says("", kind="start")
    names = [words(f"languages.{code}") for code in LANGUAGES]
    assert house.labels()[4:-4] == names
    assert (await house.presses(words("languages.lo")))[-1] == words("opening.ways", "lo")
    await house.says("hello")
    await house.says("", kind="start")
    assert not set(names) & set(house.labels())


@pytest.mark.parametrize("language", ["th", "my", "km", "lo", "vi", "zh", "id", "ms", "tl", "en"])
async def test_a_person_is_answered_in_the_language_they_write(house: TestHouse, language: str) -> None:
    house.engine.readings["hello"] = a_reading(language=language)
    said = await house.says("hello", hint="")
    assert said[-1] == words("opening.ways", language)


async def test_a_burst_is_one_turn_and_every_message_is_in_it(house: TestHouse) -> None:
    await house.says("", kind="start")
    for text in ("one", "two", "three"):
        await house.writes(text)
    await house.settle()
    async with house.house.records.begin() as tx:
        counts = await tx.inbox.counts()
    assert (await house.conversation()).turn == 2
    assert counts["waiting"] == 0
    assert counts["committed"] == 4
    assert house.engine.intents == ["start", "tell"]


async def test_what_was_told_is_kept_as_observations_and_answered_to_the_need(house: TestHouse) -> None:
    await house.says("", kind="start")
    house.engine.readings["my boss has my passport"] = a_reading("document_retention")
    said = await house.says("my boss has my passport")
    assert said == [words("listening.need-papers")]
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        heard = await tx.messages.observations(conversation.id)
    assert len(heard) == 1
    assert (await house.talk()).known == ("document_retention",)
    assert conversation.level == "P2"


async def test_the_same_update_twice_is_one_message(house: TestHouse) -> None:
    await house.writes("hello")
    house._updates -= 1
    await house.writes("hello")
    await house.settle()
    async with house.house.records.begin() as tx:
        assert sum((await tx.inbox.counts()).values()) == 1


async def test_a_turn_that_was_overtaken_is_done_again_and_committed_once(house: TestHouse) -> None:
    await house.says("", kind="start")

    async def overtake() -> None:
        house.engine.before_answer = None
        conversation = await house.conversation()
        async with house.house.records.begin() as tx:
            fresh = await tx.conversations.get(conversation.id)
            assert fresh is not None
            await tx.conversations.save(replace(fresh, level="P3"))

    house.engine.before_answer = overtake
    said = await house.says("I tell you something")
    assert said == [words("listening.heard-1")]
    assert house.engine.intents == ["start", "tell", "tell"]
    conversation = await house.conversation()
    assert (conversation.turn, conversation.level) == (2, "P3")


async def test_consent_is_never_taken_from_a_typed_yes(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.presses("A person")
    assert (await house.conversation()).own.state is State.OFFERED
    house.engine.answer = lambda *_: TurnAnswer(Reply((Say("handoff.queued"),), (Effect("queue"),)))
    await house.says("a yes of some kind")
    conversation = await house.conversation()
    assert conversation.own.state is not State.QUEUED
    async with house.house.records.begin() as tx:
        assert not await tx.casework.consents(conversation.id)


async def test_asking_for_a_person_by_buttons_queues_with_a_consent_and_calls_staff(house: TestHouse) -> None:
    await house.says("", kind="start")
    assert await house.presses("A person") == [words("handoff.offer-nobody")]
    asked = words("weeks.may-write")
    assert await house.presses(words("handoff.yes-wait")) == [words("handoff.queued-nobody"), asked]
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        consents = await tx.casework.consents(conversation.id)
    assert [(c.scope, c.act) for c in consents] == [("counsellor_reads", "handoff_yes")]
    assert ("waiting", "P3") in await house.alerts()


async def test_somebody_on_duty_who_speaks_the_language_is_said_before_they_choose(house: TestHouse) -> None:
    await house.add_present_counsellor(("en",))
    await house.says("", kind="start")
    assert await house.presses("A person") == [words("handoff.offer")]


async def test_somebody_on_duty_who_does_not_speak_it_does_not_count(house: TestHouse) -> None:
    await house.add_present_counsellor(("th",))
    await house.says("", kind="start")
    assert await house.presses("A person") == [words("handoff.offer-nobody")]


async def test_any_other_message_lets_the_offer_go(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.presses("A person")
    await house.says("something else")
    assert (await house.conversation()).own.state is State.BOT


async def test_a_button_from_before_changes_nothing_and_says_so_calmly(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.presses("A person")
    old = house.data_of(words("handoff.yes-wait"))
    await house.says("something else")
    assert await house.says(old, kind="press") == [words("escape.stale")]
    assert (await house.conversation()).own.state is State.BOT


async def test_the_bot_is_silent_while_a_counsellor_holds_the_conversation(house: TestHouse) -> None:
    """H5: while a person writes, the program says nothing."""
    await house.says("", kind="start")
    await hold(house)
    assert await house.says("hello counsellor") == []
    assert house.engine.intents == ["start"]


async def test_a_counsellor_reads_what_a_changed_message_says_now(house: TestHouse) -> None:
    await house.says("", kind="start")
    await hold(house)
    house.engine.readings["they are at the door"] = a_reading(urgency="danger_now")
    assert await house.says("they are at the door", kind="edited") == []
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        latest = await tx.messages.latest(conversation.id, 1)
    assert [message.author for message, _, _ in latest] == ["person"]
    assert ("danger_read", "P1") in await house.alerts()


async def test_danger_is_read_while_a_counsellor_holds_the_conversation(house: TestHouse) -> None:
    await house.says("", kind="start")
    await hold(house)
    house.engine.readings["he is at the door"] = a_reading(urgency="danger_now")
    assert await house.says("he is at the door") == []
    assert ("danger_read", "P1") in await house.alerts()


async def test_while_held_a_message_is_kept_at_once_and_marked_when_the_engine_is_down(house: TestHouse) -> None:
    await house.says("", kind="start")
    await hold(house)
    house.engine.is_down = True
    await house.says("are you there")
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        latest = await tx.messages.latest(conversation.id, 1)
    assert [message.read for message, _, _ in latest] == [False]


async def test_the_person_ends_the_talk_with_the_counsellor_by_button(house: TestHouse) -> None:
    await house.says("", kind="start")
    await hold(house)
    assert await house.says("w:back", kind="press") == [words("handoff.back-done")]
    assert (await house.conversation()).own.state is State.BOT


async def test_after_stop_nothing_leaves_until_they_write(house: TestHouse) -> None:
    await house.says("", kind="start")
    assert await house.says("stop") == [words("escape.paused")]
    conversation = await house.conversation()
    assert conversation.flags.paused
    async with house.house.records.begin() as tx:
        await house.house.speaker.write(tx, conversation, "are you well?", "ann", house.clock.now())  # type: ignore[arg-type]
    before = len(house.messenger.sent)
    await house.deliver()
    assert len(house.messenger.sent) == before
    await house.says("I am back")
    assert "are you well?" in house.messenger.texts("7")


async def test_a_stop_in_a_burst_is_obeyed_and_the_rest_is_still_read_for_danger(house: TestHouse) -> None:
    await house.says("", kind="start")
    house.engine.readings["he has a knife"] = a_reading(urgency="danger_now")
    await house.writes("he has a knife")
    said = await house.says("stop")
    assert said == [words("escape.paused")]
    assert (await house.conversation()).flags.paused
    assert ("danger_read", "P1") in await house.alerts()


async def test_delete_asks_first_and_erases_only_by_its_button(house: TestHouse) -> None:
    await house.says("", kind="start")
    assert await house.says("delete") == [words("escape.erase-ask")]
    conversation = await house.conversation()
    stays = [words("escape.erased"), words("escape.erased-stays")]
    assert await house.presses("Yes, delete everything") == stays
    async with house.house.records.begin() as tx:
        assert await tx.conversations.get(conversation.id) is None
        assert not (await tx.inbox.counts()).get("committed")


async def test_after_an_erasure_a_message_opens_a_new_conversation(house: TestHouse) -> None:
    await house.says("", kind="start")
    first = (await house.conversation()).id
    await house.says("delete")
    await house.presses("Yes, delete everything")
    said = await house.says("hello again")
    assert said[-1] == words("opening.ways")
    assert (await house.conversation()).id != first


async def test_the_danger_word_says_the_truth_when_nobody_is_there_and_calls_staff(house: TestHouse) -> None:
    await house.says("", kind="start")
    assert await house.presses("I am in danger") == [words("safety.danger-nobody")]
    assert ("danger", "P0") in await house.alerts()
    assert await house.presses("A person may write to me now") == [words("handoff.queued-nobody")]
    conversation = await house.conversation()
    assert (conversation.own.state, conversation.level) == (State.QUEUED, "P0")


async def test_the_language_can_be_changed_at_any_turn(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.says("hello")
    await house.says("language")
    assert await house.presses("ไทย") == [words("escape.language-set", "th")]
    house.engine.readings["an English sentence that is long enough"] = a_reading(language="en")
    await house.says("an English sentence that is long enough")
    assert (await house.conversation()).language == "th"


async def test_a_return_after_hours_is_a_welcome_and_not_the_last_question(house: TestHouse) -> None:
    await house.says("", kind="start")
    house.clock.pass_(hours=7)
    said = await house.says("hello, it is me")
    assert said == [words("opening.practice"), words("opening.welcome-back")]


@pytest.mark.parametrize(("kind", "key"), [("other", "trouble.not-text"), ("edited", "trouble.edited")])
async def test_pictures_and_changed_messages_get_a_kind_answer_and_are_not_kept(
    house: TestHouse, kind: str, key: str
) -> None:
    await house.says("", kind="start")
    assert await house.says("", kind=kind) == [words(key)]  # type: ignore[arg-type]


async def test_a_person_who_left_the_chat_is_unreachable_until_they_write(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.says("", kind="blocked")
    assert (await house.conversation()).flags.unreachable
    await house.says("I am back")
    assert not (await house.conversation()).flags.unreachable


async def test_only_the_newest_message_keeps_its_buttons(house: TestHouse) -> None:
    await house.says("", kind="start")
    first = len(house.messenger.sent)
    await house.says("I tell you something")
    assert ("7", str(first)) in house.messenger.retired
