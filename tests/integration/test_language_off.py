"""A language that is switched off is said to be off, once; danger and the ways out are still said in it."""

from __future__ import annotations

from pathlib import Path

from bot.services.content.words import SWITCHED_OFF
from tests.support.house import TestHouse, open_test_house


async def switch_off(house: TestHouse, *languages: str) -> None:
    async with house.house.records.begin() as tx:
        await tx.casework.set_fact(SWITCHED_OFF, " ".join(languages))
    await house.house.word_book.look()


async def test_who_writes_in_it_is_told_so_in_it_and_read_on_in_english(sqlite_url: str, tmp_path: Path) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        await switch_off(house, "th", "km")
        words = house.house.content.words
        said = await house.says("", kind="start", hint="th")
        assert said[0] == words.say("opening.language-off", "th")
        assert said[1] == words.say("opening.practice", "en")
        labels = house.labels()
        assert words.say("languages.my", "my") in labels
        assert words.say("languages.th", "th") not in labels
        assert words.say("escape.person", "th") in labels, "the ways out stay readable"
        again = await house.says("", kind="start", hint="th")
        assert words.say("opening.language-off", "th") not in again, "it is said once"


async def test_danger_is_still_answered_in_their_language(sqlite_url: str, tmp_path: Path) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        await switch_off(house, "th")
        await house.says("", kind="start", hint="th")
        words = house.house.content.words
        said = await house.presses(words.say("opening.safe-danger", "th"))
        assert said
        assert any("\u0e00" <= sign <= "\u0e7f" for text in said for sign in text)


async def test_switched_on_again_it_is_spoken_at_once(sqlite_url: str, tmp_path: Path) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        await switch_off(house, "th")
        await house.says("", kind="start", hint="th")
        await switch_off(house)
        words = house.house.content.words
        assert words.say("escape.paused", "th") in await house.presses(words.say("escape.pause", "th"))
