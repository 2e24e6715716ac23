"""In cover everything seen is the theme, whoever writes and whatever is typed or pressed (S5, S10, S12)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES
from bot.domain.ownership import Deed, Does, step
from bot.services.records import Conversation
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, content, open_test_house

PHRASE = "green mango and rain"
OWN = "velvet tractor"
SECOND = "purple ladder"


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as opened:
        yield opened


def words(key: str, language: str = "en", **args: str) -> str:
    return content().words.say(key, language, org="Bridge House", messenger="Telegram", **args)


def is_theme(text: str, language: str = "en") -> bool:
    """Tell whether a text is a piece of a theme and nothing else."""
    pieces = [piece for (_, code), all_of in content().themes.pieces.items() if code == language for piece in all_of]
    return any(text.endswith(piece.text) for piece in pieces)


async def begins(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.says("my boss keeps my passport")
    said = await house.presses("Recipes")
    assert len(said) == 1
    assert is_theme(said[0])


async def sets_word(house: TestHouse, word: str = OWN) -> list[str]:
    await house.presses("More")
    await house.presses("Screen and words")
    await house.presses("My own word")
    return await house.says(word)


async def messages(house: TestHouse, conversation: Conversation) -> list[tuple[str, bool]]:
    async with house.house.records.begin() as tx:
        rows = await tx.messages.after(conversation.id, 0, 500)
    return [(message.author, message.covered) for message, _, _ in rows]


async def test_the_theme_button_turns_the_screen_and_the_phrase_turns_it_back(house: TestHouse) -> None:
    """S5: one tap; the phrase of the opening leads back, and its message is deleted from the chat at once.

    H6: where nobody may count on a person yet, that is said first here too.
    """
    await begins(house)
    assert house.labels() == ["Another recipe"]
    for typed in ("hello", "stop", "delete", "language", "A person", "/start", "who are you", "1", "velvet tractor"):
        said = await house.says(typed)
        assert len(said) == 1, typed
        assert is_theme(said[0]), typed
    assert await house.says(PHRASE) == [words("opening.practice"), words("cover.back")]
    assert not (await house.conversation()).flags.covered
    assert house.messenger.taken_off == [f"p{house._updates}"], "the message that carried the phrase"
    assert await house.says("it goes on") != []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_words_begin_and_end_it_in_every_language_with_the_engine_stopped(
    house: TestHouse, language: str
) -> None:
    """S5, T7: no part of it needs the engine."""
    house.engine.is_down = True
    await house.says("", kind="start", hint=language)
    said = await house.says(words("themes.recipes", language), hint=language)
    assert len(said) == 1
    assert is_theme(said[0], language)
    back = await house.says(words("cover.phrase", language))
    assert back[0] == words("opening.practice", language), "they were never told who this is, for the engine was down"
    assert not any(is_theme(said, language) for said in back)
    assert not (await house.conversation()).flags.covered


async def test_what_is_typed_in_cover_is_kept_apart_and_is_not_the_persons_writing(house: TestHouse) -> None:
    await begins(house)
    before = await house.conversation()
    house.clock.pass_(minutes=30)
    house.engine.readings["he keeps my passport"] = a_reading("document_retention")
    await house.says("he keeps my passport")
    after = await house.conversation()
    assert after.last_inbound == before.last_inbound
    assert after.level == before.level, "only danger counts"
    assert (await messages(house, after))[-1] == ("person", True)
    async with house.house.records.begin() as tx:
        assert not [o for o in await tx.messages.observations(after.id) if o.at > before.created_at.replace(minute=20)]


async def test_danger_in_cover_calls_staff_and_nothing_is_seen(house: TestHouse) -> None:
    """S2, S5: by exact word P0, by what was read P1; the screen stays what it is."""
    await begins(house)
    house.engine.readings["they come to beat me now"] = a_reading(urgency="danger_now")
    said = await house.says("they come to beat me now")
    assert is_theme(said[0])
    assert ("danger_read", "P1") in await house.alerts()
    said = await house.says("I am in danger")
    assert is_theme(said[0])
    assert ("danger", "P0") in await house.alerts()
    assert (await house.conversation()).level == "P0"


async def test_a_button_from_before_gets_the_theme(house: TestHouse) -> None:
    await house.says("", kind="start")
    data = [house.data_of(label) for label in ("A person", "Pause", "More", "I am in danger", "Yes")]
    await house.presses("Recipes")
    for one in data:
        assert is_theme((await house.says(one, kind="press"))[0])
    conversation = await house.conversation()
    assert conversation.flags.covered
    assert not conversation.flags.paused
    assert ("danger", "P0") in await house.alerts(), "danger is a way out in cover, silently"


async def test_live_messages_wait_while_the_screen_is_changed(house: TestHouse) -> None:
    """Rule 0 of safe contact: whatever anybody writes, only the theme leaves; afterwards it arrives."""
    await begins(house)
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        await house.house.speaker.write(tx, conversation, "counsellor here", None, house.clock.now())  # type: ignore[arg-type]
    await house.settle()
    assert "counsellor here" not in house.messenger.texts("7")
    assert is_theme((await house.says("hm"))[-1])
    said = await house.says(PHRASE)
    assert "counsellor here" in said
    assert said[-1] == words("cover.back")


async def test_cover_works_while_a_counsellor_holds_the_conversation(house: TestHouse) -> None:
    await house.says("", kind="start")
    conversation = await house.conversation()
    member = await house.add_present_counsellor()
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        own = step(fresh.own, Deed(Does.QUEUE), house.clock.now())
        own = step(own, Deed(Does.CLAIM, by=member.id), house.clock.now())
        await tx.conversations.save(replace(fresh, own=own))
    said = await house.presses("Recipes")
    assert is_theme(said[0])
    assert is_theme((await house.says("who is there"))[0])
    assert await house.says(PHRASE) == [words("cover.back-person")]
    assert (await house.conversation()).own.state.value == "HELD"


async def test_an_own_word_takes_the_place_of_the_phrase_and_is_kept_nowhere(house: TestHouse) -> None:
    """S10, S12: compared as a keyed hash; its message is deleted and not stored."""
    await house.says("", kind="start")
    said = await sets_word(house)
    assert said == [words("cover.word-set", theme="Recipes")]
    conversation = await house.conversation()
    assert f"p{house._updates}" in house.messenger.taken_off
    assert [author for author, _ in await messages(house, conversation)].count("person") == 3, "three presses, no word"
    await house.presses("Recipes")
    assert is_theme((await house.says(PHRASE))[0]), "the phrase no longer works"
    assert is_theme((await house.says("velvet tractors"))[0]), "a wrong word gets a recipe"
    assert await house.says("  Velvet   TRACTOR! ") == [words("opening.practice"), words("cover.back")]


@pytest.mark.parametrize(
    ("word", "key"),
    [("abc", "cover.word-short"), ("mother", "cover.word-common"), ("aaaaaa", "cover.word-common")],
)
async def test_a_word_that_others_may_type_is_refused(house: TestHouse, word: str, key: str) -> None:
    await house.says("", kind="start")
    assert await sets_word(house, word) == [words(key)]
    assert (await house.talk()).word == ""
    assert await house.says(OWN) == [words("cover.word-set", theme="Recipes")]


async def test_a_way_out_works_while_a_word_is_asked_for_and_telling_is_not_taken_for_one(house: TestHouse) -> None:
    """Pacing, invariant 3."""
    await house.says("", kind="start")
    assert await sets_word(house, "stop") == [words("escape.paused")]
    await house.says("I write again")
    await sets_word(house, "my boss keeps my passport and I am afraid to ask him for it")
    assert (await house.talk()).word == ""
    assert house.engine.read_texts[-1].startswith("my boss keeps")


async def test_the_second_word_hides_and_tells_staff(house: TestHouse) -> None:
    """S10: offered only after the first word; nothing is seen but the theme."""
    await house.says("", kind="start")
    await house.presses("More")
    await house.presses("Screen and words")
    assert "A second word" not in house.labels()
    await sets_word(house)
    await house.presses("More")
    await house.presses("Screen and words")
    await house.presses("A second word")
    assert await house.says(OWN) == [words("cover.word-common")], "not the same as the first"
    assert await house.says(SECOND) == [words("cover.second-set")]
    said = await house.says(SECOND)
    assert len(said) == 1
    assert is_theme(said[0])
    assert ("takeover", "P1") in await house.alerts()
    assert f"p{house._updates}" in house.messenger.taken_off
    assert is_theme((await house.says("give me the number"))[0])
    assert await house.says(OWN) == [words("opening.practice"), words("cover.back")]


async def test_who_set_a_word_is_met_by_the_theme_when_they_come_back(house: TestHouse) -> None:
    """S12: after hours nothing old is said before the word."""
    await house.says("", kind="start")
    await sets_word(house)
    house.clock.pass_(hours=7)
    said = await house.says("hello?")
    assert len(said) == 1
    assert is_theme(said[0])
    assert await house.says(OWN) == [words("opening.practice"), words("cover.back")]


async def test_a_start_after_a_day_opens_a_new_talk_and_the_old_one_stays_behind(house: TestHouse) -> None:
    await begins(house)
    old = await house.conversation()
    house.clock.pass_(hours=23, minutes=59)
    assert is_theme((await house.says("", kind="start"))[0])
    house.clock.pass_(minutes=1)
    said = await house.says("", kind="start")
    assert words("opening.who") in said
    new = await house.conversation()
    assert new.id != old.id
    [left] = await house.conversations([old.id])
    assert left is not None
    assert left.flags.covered
    async with house.house.records.begin() as tx:
        await house.house.speaker.write(tx, left, "from before", None, house.clock.now())  # type: ignore[arg-type]
    await house.settle()
    assert "from before" not in house.messenger.texts("7")


async def test_a_burst_that_begins_and_ends_cover_is_taken_in_order(house: TestHouse) -> None:
    await house.says("", kind="start")
    for text in ("my boss beats me", "recipes", "what is this", PHRASE, "I am back"):
        await house.writes(text)
    await house.settle()
    house.clock.pass_(seconds=9)
    await house.settle()
    conversation = await house.conversation()
    assert not conversation.flags.covered
    kept = [covered for author, covered in await messages(house, conversation) if author == "person"]
    assert kept == [False, False, True, False], "the telling, the word of the theme, what was typed there, and after"


async def test_danger_in_the_same_breath_as_hiding_is_not_lost(house: TestHouse) -> None:
    await house.says("", kind="start")
    await house.writes("danger")
    await house.writes("hide")
    await house.settle()
    assert ("danger", "P0") in await house.alerts()
    assert (await house.conversation()).flags.covered


async def test_what_the_engine_could_not_read_in_cover_is_read_later_and_answered_once(house: TestHouse) -> None:
    await begins(house)
    house.engine.is_down = True
    text = "they come to take me now"
    house.engine.readings[text] = a_reading(urgency="danger_now")
    said = await house.says(text)
    assert len(said) == 1
    assert is_theme(said[0])
    assert "engine" in {kind for kind, _ in await house.alerts()}
    house.engine.is_down = False
    before = len(house.messenger.texts("7"))
    house.clock.pass_(seconds=20)
    await house.settle()
    assert ("danger_read", "P1") in await house.alerts()
    assert len(house.messenger.texts("7")) == before


async def test_a_talk_that_the_clock_erased_in_cover_leaves_the_theme_behind(house: TestHouse) -> None:
    """D3, S5: nothing of the talk is kept, and no stranger who types there meets a hotline."""
    await begins(house)
    old = await house.conversation()
    house.clock.pass_(hours=30)
    assert await house.house.forget.forget_the_quiet() == 1
    assert await messages(house, old) == []
    said = await house.says("what is this?")
    assert len(said) == 1
    assert is_theme(said[0])
    said = await house.says(PHRASE)
    assert said[-1] == words("opening.ways", phrase=PHRASE), "nothing was kept, so it begins as at first"
    await house.presses("Recipes")
    house.clock.pass_(days=2)
    assert await house.house.forget.forget_the_quiet() == 1


async def test_a_screen_without_a_talk_goes_after_a_month(house: TestHouse) -> None:
    await begins(house)
    house.clock.pass_(hours=30)
    assert await house.house.forget.forget_the_quiet() == 1
    house.clock.pass_(days=29)
    assert await house.house.forget.forget_the_quiet() == 0
    house.clock.pass_(days=2)
    assert await house.house.forget.forget_the_quiet() == 1
    assert words("opening.who") in await house.says("hello")
