"""The ways out work by word in ten languages, from every state, with the engine stopped (S2, T7, H1; pacing, 3)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES, MemberId
from bot.domain.escape import WAYS
from bot.domain.ownership import State
from bot.domain.wording import WordsByWay
from tests.integration.test_cover import is_theme
from tests.support.house import TestHouse, open_test_house

STATES = tuple(State)
EXPECTED = {
    "stop": {"escape.paused"},
    "delete": {"escape.erase-ask"},
    "language": {"escape.language-ask"},
    "way_back": {"escape.already-program"},
}
"""What is said whatever the state; the other ways depend on who is there."""
SILENT_WHILE_HELD = {"danger", "person"}
"""A human reads: danger raises its alert, and asking for a person needs no answer."""


def first_words() -> WordsByWay:
    """Read the file of exact words once more, by way and language."""
    import yaml

    root = Path(__file__).resolve().parents[2]
    words: WordsByWay = yaml.safe_load((root / "flows" / "escape.yml").read_text(encoding="utf-8"))
    return words


async def put_in(house: TestHouse, chat: str, state: State) -> None:
    """Put a conversation into a state, as if the ways there had been gone."""
    conversation = await house.conversation(chat)
    counsellor = MemberId("counsellor-1") if state.value in ("RESERVED", "HELD", "TRANSFERRING") else None
    receiver = MemberId("counsellor-2") if state.value == "TRANSFERRING" else None
    due = house.clock.now() if state.value == "PROMISED" else None
    own = replace(conversation.own, state=state, counsellor=counsellor, receiver=receiver, due=due)
    async with house.house.records.begin() as tx:
        fresh = await tx.conversations.get(conversation.id)
        assert fresh is not None
        await tx.conversations.save(replace(fresh, own=own))


@pytest.mark.parametrize("state", STATES)
async def test_every_way_out_works_with_the_engine_stopped(tmp_path: Path, state: State) -> None:
    """Pacing, invariant 3: within one message, whatever owns the conversation."""
    words = first_words()
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}", tmp_path) as house:
        house.engine.is_down = True
        for number, way in enumerate(WAYS):
            # Each way in another language; over all states every language is met.
            language = LANGUAGES[(number + 3 * STATES.index(state)) % len(LANGUAGES)]
            chat = str(number)
            await house.says("", chat, kind="start", hint=language)
            await house.says(words["language"][language][0], chat)
            await put_in(house, chat, state)
            spoken = (await house.conversation(chat)).language
            said = await house.says(words[way][language][0], chat, hint=language)
            if way in SILENT_WHILE_HELD and state.value in ("HELD", "TRANSFERRING"):
                assert said == [], way
            elif way == "hide":
                assert len(said) == 1
                assert is_theme(said[0], spoken)
            else:
                assert said, way
                assert house.engine.intents == [], way
            for key in EXPECTED.get(way, ()):
                assert house.house.content.words.say(key, spoken, org="Bridge House") in said, way
        assert ("danger", "P0") in await house.alerts()
