"""The mirror through the real turn: offered after something was told, one sentence at a time, kept as observations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.domain import child, listening, mirror, opening, turns
from bot.domain.case import case_from_json
from bot.domain.effects import OBSERVE, REMEMBER
from bot.domain.observations import Observed, counted
from bot.domain.pacing import to_json
from bot.domain.questions import Bank
from bot.domain.reply import Effect, Reply
from bot.services.observe import opened
from bot.services.ports import TurnAnswer
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, content, open_test_house

RULES: Mapping[str, turns.Rule] = {
    "start": lambda case, _: opening.welcome(case),
    "tell": lambda case, _: listening.hear(case),
    "age_adult": child.hear_age,
    "mirror_yes": lambda case, _: mirror.begin(case),
    "mirror_later": lambda case, _: mirror.decline(case),
    **{str(act): mirror.hear for act in mirror.ANSWERS},
}


def answer(intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
    """Answer as the engine does, with the real rules at the real pace; no bank of other questions."""
    rule = RULES.get(intent, lambda case, _: listening.let_rest(case))
    reply = turns.answer(case_from_json(dict(case), dict(dialogue)), intent, rule, Bank())
    assert reply.pacing is not None
    effects = tuple(effect for effect in reply.effects if effect.kind != REMEMBER)
    return TurnAnswer(Reply(reply.say, effects), {**dialogue, "pacing": to_json(reply.pacing)})


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as made:
        made.engine.answer = answer
        made.engine.readings["passport"] = a_reading("document_retention")
        yield made


def words(key: str) -> str:
    return content().words.say(key, "en")


async def observations(house: TestHouse) -> list[Observed]:
    conversation = await house.conversation()
    async with house.house.records.begin() as tx:
        stored = await tx.messages.observations(conversation.id)
    return [one for _, one in opened(house.house.vault, conversation.id, stored)]


async def tell_until_offered(house: TestHouse) -> None:
    """Tell, and let everything else that is offered on the way go by."""
    await house.says("", kind="start")
    for _ in range(9):
        said = await house.says("passport")
        if words("mirror.offer") in said:
            return
        if said[-1] == words("child.age"):
            await house.presses(words("child.age-adult"))
    raise AssertionError("nothing was offered")


async def test_a_right_is_said_only_after_a_yes_and_a_press_confirms_it_with_its_phase(house: TestHouse) -> None:
    """P4, pacing invariants 5 and 6; reference 1.4 and 1.6."""
    await tell_until_offered(house)
    assert {one.state for one in await observations(house)} == {"heard"}
    said = await house.presses(words("mirror.offer-yes"))
    assert said == [words("mirror.begin"), words("mirror.right-documents")]
    assert house.labels()[:4] == [words(f"mirror.{key}") for key in ("yes-now", "on-the-way", "no", "leave")]
    said = await house.presses(words("mirror.yes-now"))
    assert said[0] == words("mirror.heard-yes")
    observed = await observations(house)
    assert observed[-1] == Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents")
    assert counted(observed) == ("cd-documents",)


async def test_a_skip_is_kept_as_a_skip(house: TestHouse) -> None:
    """Pacing invariant 6: a skip is never a no."""
    await tell_until_offered(house)
    await house.presses(words("mirror.offer-yes"))
    await house.presses(words("mirror.leave"))
    assert (await observations(house))[-1] == Observed("document_retention", "skipped", mirror="documents")


async def test_not_now_is_the_end_of_it(house: TestHouse) -> None:
    """P2: what was declined is not offered again."""
    await tell_until_offered(house)
    assert (await house.presses(words("mirror.offer-later")))[0] == words("mirror.later")
    for _ in range(4):
        assert words("mirror.offer") not in await house.says("passport")
    assert {one.state for one in await observations(house)} == {"heard"}


async def test_a_typed_yes_confirms_nothing(house: TestHouse) -> None:
    """Design, *Consents, buttons, memory*."""
    await tell_until_offered(house)
    await house.presses(words("mirror.offer-yes"))
    house.engine.readings["yes it is"] = a_reading(intent="yes")
    await house.says("yes it is")
    assert {one.state for one in await observations(house)} == {"heard"}


async def test_an_engine_that_answers_for_the_person_is_not_believed(house: TestHouse) -> None:
    """Architecture, *One message, end to end*, 7: what gives something away needs its own button."""
    await tell_until_offered(house)
    await house.presses(words("mirror.offer-yes"))
    plain = house.engine.answer

    def lie(intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        made = plain(intent, case, dialogue)
        effects = (Effect(OBSERVE, "documents:now"), Effect(OBSERVE, "debt:now"))
        return TurnAnswer(Reply(made.reply.say, effects), made.dialogue)

    house.engine.answer = lie
    await house.says("passport")
    assert {one.state for one in await observations(house)} == {"heard"}


async def test_a_child_told_first_and_a_sale_weeks_later_call_staff_at_once(house: TestHouse) -> None:
    """Contract, *Codes*: `child` with `sold` is P1, also when the two are said in two messages."""
    house.engine.readings["sixteen"] = a_reading("child")
    house.engine.readings["sold"] = a_reading("sold")
    await house.says("", kind="start")
    await house.says("sixteen")
    assert ("child_protection", "P1") not in await house.alerts()
    house.clock.pass_(minutes=30)
    await house.says("sold")
    assert ("child_protection", "P1") in await house.alerts()
    assert (await house.conversation()).level == "P1"
    assert not {"mirror.offer"} & set((await house.talk()).labels.values())
