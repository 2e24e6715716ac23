"""New sentences are written only with a yes to exactly that; it is taken back as easily, and never a child's."""

from __future__ import annotations

from pathlib import Path

from bot.domain.consent import is_learnt_from
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, open_test_house

PAY = "they do not pay us"


async def allowed(house: TestHouse) -> bool:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        return is_learnt_from(await tx.casework.consents(conversation.id))


def label(house: TestHouse, key: str) -> str:
    return house.house.content.words.say(key, "en")


async def told(house: TestHouse, *codes: str) -> None:
    """Let the person open the talk and tell something."""
    await house.says("", kind="start")
    house.engine.readings[PAY] = a_reading(*(codes or ("withheld_wages",)))
    await house.says(PAY)


async def test_d4_without_a_yes_nothing_is_learnt_and_before_a_talk_nothing_is_asked(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        await house.says("", kind="start")
        await house.presses(label(house, "escape.more"))
        assert label(house, "learn.label") not in house.labels()
        assert not await allowed(house)


async def test_d4_the_yes_has_a_button_of_its_own_and_is_taken_back_under_more(sqlite_url: str, tmp_path: Path) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        await told(house)
        await house.presses(label(house, "escape.more"))
        asked = await house.presses(label(house, "learn.label"))
        assert "learns from example sentences" in asked[0], asked
        assert not await allowed(house)
        yes = house.data_of(label(house, "learn.yes"))
        await house.presses(label(house, "learn.yes"))
        assert await allowed(house)
        await house.presses(label(house, "escape.more"))
        assert label(house, "learn.label") not in house.labels()
        await house.presses(label(house, "learn.end-label"))
        assert not await allowed(house)
        await house.says(yes, kind="press")
        assert not await allowed(house), "an old button gives nothing"


async def test_d4_no_is_a_sound_decision(sqlite_url: str, tmp_path: Path) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        await told(house)
        await house.presses(label(house, "escape.more"))
        await house.presses(label(house, "learn.label"))
        assert label(house, "learn.declined") in await house.presses("No")
        assert not await allowed(house)


async def test_c7_a_child_is_not_asked(sqlite_url: str, tmp_path: Path) -> None:
    async with open_test_house(sqlite_url, tmp_path / "home") as house:
        await told(house, "child", "withheld_wages")
        await house.presses(label(house, "escape.more"))
        assert label(house, "learn.label") not in house.labels()
