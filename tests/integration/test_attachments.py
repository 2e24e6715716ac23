"""Pictures, voices and places: asked about, fetched only after a yes, kept sealed, never demanded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.codes import MemberId
from bot.domain.ownership import Ownership, State
from bot.errors import Refused
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, content, open_test_house
from tests.support.pure_talk import answer_at_its_pace

VOICE = "voice:AwACAgIAAxk"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}", tmp_path) as made:
        await made.says("", kind="start")
        yield made


def words(key: str) -> str:
    return content().words.say(key, "en", org="Bridge House", messenger="Telegram")


async def kept(house: TestHouse) -> list[bytes]:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        return [sealed for _, sealed in await tx.casework.attachments(conversation.id)]


async def authors(house: TestHouse) -> list[str]:
    """Give who wrote, oldest first."""
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        return [message.author for message, _, _ in await tx.messages.after(conversation.id, 0, 500)]


async def is_held(house: TestHouse) -> None:
    """Let a counsellor hold the conversation."""
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        own = Ownership(State.HELD, house.clock.now(), counsellor=MemberId("ann"))
        await tx.conversations.save(replace(fresh, own=own))


async def test_a_voice_gets_a_warning_and_a_question_and_nothing_is_fetched(house: TestHouse) -> None:
    """S16: not asked for; if sent, warn and ask whether to keep."""
    assert await house.says("", kind="other", sent=VOICE) == [words("attachments.ask")]
    assert house.labels()[:2] == [words("attachments.keep-yes"), words("attachments.keep-no")]
    assert house.messenger.fetched == []
    assert await kept(house) == []


async def test_after_a_yes_it_is_kept_as_it_is_sealed_to_the_conversation(house: TestHouse) -> None:
    """S16: kept after the person's own button, and the app cannot open it any more."""
    house.messenger.files["AwACAgIAAxk"] = b"ogg bytes as they came"
    await house.says("", kind="other", sent=VOICE)
    assert await house.presses(words("attachments.keep-yes")) == [words("attachments.kept")]
    assert house.messenger.fetched == ["AwACAgIAAxk"]
    (sealed,) = await kept(house)
    assert b"ogg bytes" not in sealed


async def test_after_a_no_nothing_is_fetched_and_what_stays_is_said(house: TestHouse) -> None:
    """S16, S6: the limit of what we can delete is said."""
    await house.says("", kind="other", sent=VOICE)
    assert await house.presses(words("attachments.keep-no")) == [words("attachments.let-go")]
    assert house.messenger.fetched == []
    assert await kept(house) == []


async def test_what_cannot_be_fetched_is_said_honestly_and_nothing_is_kept(house: TestHouse) -> None:
    """S16: too big, gone, or a channel that cannot: the truth, and no demand to send it again."""
    house.messenger.file_failures.append(Refused(413))
    await house.says("", kind="other", sent=VOICE)
    assert await house.presses(words("attachments.keep-yes")) == [words("attachments.could-not")]
    assert await kept(house) == []


async def test_a_place_is_never_kept(house: TestHouse) -> None:
    """S16: location is stripped by default."""
    assert await house.says("", kind="other", sent="place") == [words("attachments.place")]
    assert await kept(house) == []
    assert (await house.talk()).sent == ()


async def test_a_picture_with_words_is_asked_about_beside_the_answer_to_the_words(house: TestHouse) -> None:
    """S16, P1: the words are heard first; the question about the picture comes only where nothing else is asked."""
    said = await house.says("look at this", sent="photo:AgACAgIAAxk")
    assert said[-1] in (words("attachments.ask"), words("listening.heard-1"))
    assert len([text for text in said if "?" in text]) <= 1


async def test_a_counsellor_sees_that_a_picture_came_with_the_words(house: TestHouse) -> None:
    await is_held(house)
    await house.says("this is the gate", sent="photo:AgACAgIAAxk")
    conversation, vault = await house.conversation(), house.house.vault
    async with house.house.records.begin() as tx:
        home = await tx.staff.home()
        assert home is not None
        wrapped = await tx.conversations.wrapped_keys(conversation.id, home.id)
        latest = [message for message, _, _ in await tx.messages.latest(conversation.id, 2)]
    key = vault.open(f"organisation:{home.id}", home.waiting_private or b"")
    private = vault.open_with(key, wrapped[-1][1])
    (text,) = [vault.open_with(private, it.sealed).decode() for it in latest if it.author == "person"]
    assert text == f"this is the gate\n▸ {words('attachments.sent-label')}"


async def test_an_album_is_asked_about_once(house: TestHouse) -> None:
    """S16, P1: one question for all that came together."""
    for number in range(3):
        await house.writes("", kind="other", sent=f"photo:file-{number}")
    await house.settle()
    assert (await house.talk()).sent == ("photo:file-0", "photo:file-1", "photo:file-2")


async def test_writing_on_is_no_yes_and_the_picture_is_let_go(house: TestHouse) -> None:
    """S16: only the button keeps; the button of an old question keeps nothing."""
    await house.says("", kind="other", sent=VOICE)
    await house.says("never mind")
    assert (await house.talk()).sent == ()
    assert await kept(house) == []


async def test_danger_beside_a_picture_is_answered_first(house: TestHouse) -> None:
    """S2, S3: a picture never stands before danger."""
    house.engine.readings["he is at the door"] = a_reading(urgency="danger_now")
    said = await house.says("he is at the door", sent="photo:AgACAgIAAxk")
    assert house.engine.intents[-1] == "urgent"
    assert not {words("attachments.ask"), words("attachments.not-kept")} & set(said)
    assert ("danger_read", "P1") in await house.alerts()


async def test_erasing_the_talk_erases_what_was_kept(house: TestHouse) -> None:
    """S6: everything means the pictures and voices too."""
    await house.says("", kind="other", sent=VOICE)
    await house.presses(words("attachments.keep-yes"))
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        await tx.conversations.erase(conversation.id)
        assert await tx.casework.attachments(conversation.id) == []


async def test_a_way_out_is_obeyed_without_a_word_about_the_picture_beside_it(house: TestHouse) -> None:
    """S2, S3: after "danger" and after "stop" nothing else is said."""
    assert await house.says("danger", sent="photo:AgACAgIAAxk") == [words("safety.danger-nobody")]
    assert await house.says("stop", sent="photo:AgACAgIAAxk") == [words("escape.paused")]


@pytest.mark.parametrize(
    ("sent", "key"), [("", "trouble.not-text"), ("place", "attachments.place"), (VOICE, "attachments.ask")]
)
async def test_what_comes_without_words_takes_no_answer_away(house: TestHouse, sent: str, key: str) -> None:
    """P1, S1: whether it is safe to write can be answered after a sticker, a place, and a voice that was not kept."""
    house.engine.answer = answer_at_its_pace
    await house.says("", kind="start")
    assert await house.says("", kind="other", sent=sent) == [words(key)]
    if sent == VOICE:
        assert await house.presses(words("attachments.keep-no")) == [words("attachments.let-go")]
    assert words("opening.safe-yes") in house.labels()
    assert await house.presses(words("opening.safe-yes")) == [words("opening.begin")]


async def test_a_question_whose_buttons_came_twice_is_let_go(house: TestHouse) -> None:
    """Pacing, invariant 10: stickers do not bring a question again and again."""
    house.engine.answer = answer_at_its_pace
    await house.says("", kind="start")
    for _ in range(2):
        await house.says("", kind="other")
    assert words("opening.safe-yes") not in house.labels()


async def test_a_voice_for_a_counsellor_is_asked_about_and_kept_only_by_its_button(house: TestHouse) -> None:
    """S16, H5: the counsellor sees that something came; whether it is kept only the person says."""
    house.messenger.files["AwACAgIAAxk"] = b"ogg bytes as they came"
    await is_held(house)
    assert await house.says("", kind="other", sent=VOICE) == [words("attachments.ask")]
    assert (await authors(house))[-2:] == ["person", "bot"], "that something came stands in the counsellor's chat"
    assert await house.says("this is what he said to me") == []
    assert house.messenger.fetched == []
    assert await house.presses(words("attachments.keep-yes")) == [words("attachments.kept")]
    assert house.messenger.fetched == ["AwACAgIAAxk"]
    (sealed,) = await kept(house)
    assert b"ogg bytes" not in sealed
    assert (await house.conversation()).own.state is State.HELD


@pytest.mark.parametrize(("sent", "key"), [("place", "attachments.place"), ("", "trouble.not-text")])
async def test_what_a_counsellor_cannot_see_is_said_once(house: TestHouse, sent: str, key: str) -> None:
    """S16, H5: whoever sends a place while they wait for help must not believe that somebody has it."""
    await is_held(house)
    for _ in range(3):
        await house.writes("", kind="other", sent=sent)
    await house.settle()
    assert house.messenger.texts("7")[-1] == words(key)
    assert (await authors(house))[-4:] == ["person", "person", "person", "bot"]
    assert await house.says("are you there?") == [], "the program does not go on to speak"


async def test_a_way_out_while_a_counsellor_is_there_is_obeyed_without_a_word_about_the_picture(
    house: TestHouse,
) -> None:
    """S2, H5: danger stays silent on the screen, whatever comes beside it."""
    await is_held(house)
    assert await house.says("danger", sent="photo:AgACAgIAAxk") == []
    assert ("danger", "P0") in await house.alerts()
