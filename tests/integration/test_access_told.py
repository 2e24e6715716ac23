"""A person learns that they were read without their yes: once, only while they write, and only when it is safe."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.domain.about import tell_about
from bot.domain.access import Access, answer, begin
from bot.domain.case import case_from_json
from bot.domain.codes import MemberId
from bot.services.ports import TurnAnswer
from tests.support.house import TestHouse, content, open_test_house

SAM = MemberId("sam")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}", tmp_path) as made:
        await made.says("", kind="start")
        await made.presses(words("opening.safe-yes"))
        yield made


def words(key: str, language: str = "en", **args: str) -> str:
    phrase = content().words.say("cover.phrase", language)
    said = {"org": "Bridge House", "messenger": "Telegram", "phrase": phrase, **args}
    return content().words.say(key, language, **said)


async def was_read(house: TestHouse, how: str = "confirmed") -> None:
    """Let the conversation be read without a yes, and let it go so."""
    lead = await house.add_present_counsellor()
    it, now = await house.conversation(), house.clock.now()
    access = begin(Access("one", it.id, lead.id, "danger_now", b"sealed", now), (), now, at_once=True)
    if how in ("confirmed", "refused"):
        access = answer(access, SAM, now, yes=how == "confirmed")
    async with house.house.records.begin() as tx:
        await tx.accesses.add(access)


@pytest.mark.parametrize("how", ["confirmed", "refused"])
async def test_it_is_said_once_before_the_next_answer(house: TestHouse, how: str) -> None:
    await was_read(house, how)
    house.clock.pass_(minutes=2)
    await house.settle()
    said = await house.says("they keep my papers")
    assert said[0] == words(f"access.{how}")
    assert len(said) > 1
    assert words(f"access.{how}") not in await house.says("and my phone")


async def test_nothing_is_written_first_for_it(house: TestHouse) -> None:
    """P6, S8: no knock is spent and nothing waits to leave, however long they are silent."""
    before = len(house.messenger.sent)
    await was_read(house)
    house.clock.pass_(hours=80)
    await house.workers.due.look()
    await house.settle()
    assert len(house.messenger.sent) == before
    assert not [kind for kind, _ in await house.alerts() if kind == "expired"]


async def test_while_nobody_answered_yet_nothing_is_said(house: TestHouse) -> None:
    await was_read(house, "open")
    assert not [text for text in await house.says("they keep my papers") if "without your yes" in text]


async def test_what_lapsed_is_told_as_that(house: TestHouse) -> None:
    await house.presses(words("escape.more"))
    await house.presses(words("escape.danger"))
    await was_read(house, "open")
    house.clock.pass_(hours=25)
    await house.workers.due.look()
    await house.says("I am back")
    said = await house.presses(words("opening.safe-yes"))
    assert said[0] == words("access.lapsed")


async def test_in_cover_nothing_on_the_screen_tells_of_it(house: TestHouse) -> None:
    """S5, S12: neither while the screen is changed, nor with the way back, before they said that it is safe."""
    await was_read(house)
    shown = await house.presses("Recipes")
    shown += await house.says("they keep my papers")
    shown += await house.says(words("cover.phrase"))
    assert not [text for text in shown if "without your yes" in text]
    assert (await house.presses(words("opening.safe-yes")))[0] == words("access.confirmed")


async def test_who_comes_back_is_asked_first_whether_it_is_safe(house: TestHouse) -> None:
    await was_read(house)
    house.clock.pass_(hours=20)
    assert words("access.confirmed") not in await house.says("hello again")
    assert (await house.presses(words("opening.safe-yes")))[0] == words("access.confirmed")


async def test_an_answer_about_danger_stands_alone(house: TestHouse) -> None:
    await house.presses(words("escape.more"))
    await was_read(house)
    assert words("access.confirmed") not in await house.presses(words("escape.danger"))
    assert words("access.confirmed") in await house.says("they keep my papers")


async def asks_what_is_kept(house: TestHouse) -> list[str]:
    def tell(intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        return TurnAnswer(tell_about(case_from_json(dict(case), dict(dialogue)), intent), dialogue)

    house.engine.answer = tell
    await house.presses(words("escape.more"))
    await house.presses(words("about.who-label"))
    return await house.presses(words("about.stored-label"))


async def test_who_asks_what_is_kept_learns_how_often_it_was_read_without_a_yes(house: TestHouse) -> None:
    """H8: on request, in plain words and without names, also before a second member of staff answered."""
    await was_read(house, "open")
    assert words("access.stored", opened="1") in await asks_what_is_kept(house)


async def test_who_was_not_read_without_a_yes_hears_nothing_of_it(house: TestHouse) -> None:
    said = await asks_what_is_kept(house)
    assert words("about.stored") in said
    assert not [text for text in said if "without your yes" in text]


def test_every_way_in_which_it_went_has_its_own_sentence() -> None:
    """In each of the ten languages."""
    for language in ("en", "th", "my", "km", "lo", "vi", "zh", "id", "ms", "tl"):
        said = {words(f"access.{how}", language) for how in ("confirmed", "refused", "lapsed")}
        assert len(said) == 3
