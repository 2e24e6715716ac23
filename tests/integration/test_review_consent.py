"""Reviewers look only with the person's own yes to exactly that, and it is taken back with one press (H8, D2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.consent import REVIEWED, is_given_to_review
from bot.domain.flags import ASKED
from bot.services.review.flagging import Flagging, Standing
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, open_test_house


def db(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}"


async def scopes(house: TestHouse) -> list[str]:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        return [consent.scope for consent in await tx.casework.consents(conversation.id)]


async def standing(house: TestHouse) -> tuple[bool, Standing] | None:
    """Give whether the case is listed, and how it stands."""
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        flag = await tx.reviews.flag(conversation.id)
    flagging = Flagging(house.house.vault, house.house.content.flags, house.house.home.id)
    return None if flag is None else (flag.listed, flagging.open(flag))


async def test_the_yes_has_its_own_button_and_is_taken_back_under_more(tmp_path: Path) -> None:
    async with open_test_house(db(tmp_path), tmp_path) as house:
        house.engine.is_down = True
        await house.says("", kind="start")
        await house.presses("More")
        assert "May people of Bridge House look" in (await house.presses("Let Bridge House look"))[-1]
        assert await scopes(house) == []
        said = await house.presses("Yes, Bridge House may look")
        assert said[0].startswith("People of Bridge House may look at what you told.")
        assert await scopes(house) == [REVIEWED]
        await house.presses("More")
        assert "Let Bridge House look" not in house.labels()
        await house.presses("Nobody may look any more")
        assert await scopes(house) == [REVIEWED, f"{REVIEWED}:none"]
        conversation = await house.conversation()
        async with house.house.records.begin() as tx:
            assert not is_given_to_review(await tx.casework.consents(conversation.id))


async def test_no_is_a_sound_decision_and_gives_nothing(tmp_path: Path) -> None:
    async with open_test_house(db(tmp_path), tmp_path) as house:
        await house.says("", kind="start")
        await house.presses("More")
        await house.presses("Let Bridge House look")
        assert "a good decision" in (await house.presses("No, nobody looks"))[0]
        assert await scopes(house) == []


@pytest.mark.parametrize("kind", ["text", "press"])
async def test_nothing_but_the_press_of_that_button_gives_it(tmp_path: Path, kind: str) -> None:
    """A typed act, and a button that somebody made up, are no consent."""
    async with open_test_house(db(tmp_path), tmp_path) as house:
        await house.says("", kind="start")
        made_up = "w:review_yes" if kind == "press" else "review_yes"
        await house.says(made_up, kind="text" if kind == "text" else "press")
        conversation = await house.conversation()
        assert REVIEWED not in await scopes(house)
        assert not is_given_to_review([])
        assert conversation.own.state.value == "BOT"


async def test_a_child_is_offered_a_person_in_its_place(tmp_path: Path) -> None:
    """C7: a child is never asked to consent alone to being read by more people."""
    async with open_test_house(db(tmp_path), tmp_path) as house:
        await house.says("", kind="start")
        await house.presses("More")
        await house.presses("Let Bridge House look")
        data = house.data_of("Yes, Bridge House may look")
        house.engine.readings["I am fourteen"] = a_reading("child")
        await house.says("I am fourteen")
        await house.says(data, kind="press")
        assert await scopes(house) == []
        await house.presses("More")
        assert "Let Bridge House look" not in house.labels()


async def test_a_case_is_listed_as_the_turn_that_says_so_is_committed(tmp_path: Path) -> None:
    """H8: codes only. What counts together may be told weeks apart."""
    async with open_test_house(db(tmp_path), tmp_path) as house:
        await house.says("", kind="start")
        await house.says("hello")
        assert await standing(house) is None
        house.engine.readings["he has my passport"] = a_reading("document_retention")
        await house.says("he has my passport")
        assert await standing(house) == (False, Standing(("document_retention",), ()))
        house.engine.readings["and my phone"] = a_reading("isolation")
        await house.says("and my phone")
        assert await standing(house) == (True, Standing(("document_retention", "isolation"), ("not-free",)))
        await house.presses("More")
        await house.presses("Let Bridge House look")
        await house.presses("Yes, Bridge House may look")
        found = await standing(house)
        assert found is not None
        assert found[1].rules == ("not-free", ASKED)


async def test_who_deletes_the_message_takes_the_case_off_the_list(tmp_path: Path) -> None:
    async with open_test_house(db(tmp_path), tmp_path) as house:
        await house.says("", kind="start")
        house.engine.readings["they sold me"] = a_reading("sold")
        await house.says("they sold me")
        assert await standing(house) == (True, Standing(("sold",), ("sold",)))
        await house.says("delete")
        await house.presses("Only my last message")
        assert await standing(house) == (False, Standing((), ()))


async def test_no_word_of_the_person_is_in_what_is_kept_of_it(tmp_path: Path) -> None:
    """H8, D5: the list is made of codes; the row itself is sealed."""
    async with open_test_house(db(tmp_path), tmp_path) as house:
        await house.says("", kind="start")
        house.engine.readings["they sold me for planted-price"] = a_reading("sold")
        await house.says("they sold me for planted-price")
        conversation = await house.conversation()
        async with house.house.records.begin() as tx:
            flag = await tx.reviews.flag(conversation.id)
        assert flag is not None
        assert b"sold" not in flag.sealed
        opened = house.house.vault.open(f"flag:{flag.conversation}", flag.sealed)
        assert b"planted-price" not in opened
