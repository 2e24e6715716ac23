"""Promises of `POST /webhooks/saphan/turn`."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from bot.domain.codes import URGENCIES
from bot.domain.effects import KINDS
from bot.domain.ownership import State
from tests.dialogue.running import CASE, ROOT, Engine, turn

INTENTS = [
    intent
    for path in sorted((ROOT / "flows" / "domain").glob("*.yml"))
    for intent in yaml.safe_load(path.read_text())["intents"]
]


def test_the_same_turn_sent_twice_gives_the_same_answer(engine: Engine) -> None:
    first, second = (engine.take(turn("tell", {"said": ["listening.heard-1"]})) for _ in range(2))
    assert first == second
    assert first[0] == 200


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_is_answered_in_every_state(engine: Engine, intent: str) -> None:
    for state in State:
        for on_duty in (True, False):
            status, answer = engine.take(turn(intent, state=state.value, on_duty=on_duty))
            assert status == 200, (state, answer)
            assert answer["turn"] == "t-1"
            assert answer["say"], state
            assert {effect["effect"] for effect in answer["effects"]} <= KINDS


@pytest.mark.parametrize("urgency", [urgency for urgency in URGENCIES if urgency != "none"])
def test_every_urgency_is_spoken_to(engine: Engine, urgency: str) -> None:
    status, answer = engine.take(turn("urgent", urgency=urgency))
    assert status == 200
    first = "child.duty" if urgency == "child_at_risk" else "safety."
    assert answer["say"][0]["say"].startswith(first), "the duty to report is said before a child tells (C2)"
    assert answer["say"][-1]["buttons"]


def test_what_was_said_is_remembered_and_never_returned_as_an_effect(engine: Engine) -> None:
    _, first = engine.take(turn("tell"))
    assert first["dialogue"]["said"]
    assert "remember" not in {effect["effect"] for effect in first["effects"]}
    _, second = engine.take(turn("tell", first["dialogue"]))
    assert second["say"][0]["say"] != first["say"][0]["say"]


def test_the_memory_of_a_talk_does_not_grow(engine: Engine) -> None:
    dialogue: dict[str, Any] = {}
    for _ in range(15):
        _, answer = engine.take(turn("tell", dialogue))
        dialogue = answer["dialogue"]
    assert len(dialogue["said"]) <= 12


def test_a_stop_that_was_only_read_offers_the_button_and_pauses_nothing(engine: Engine) -> None:
    _, answer = engine.take(turn("stop"))
    assert answer["effects"] == []
    assert [button["act"] for button in answer["say"][0]["buttons"]] == ["stop"]


@pytest.mark.parametrize("intent", ["", "nothing_we_know", "restart", "back", "session_start", "/greet", "EXTERNAL"])
def test_an_unknown_intent_is_422(engine: Engine, intent: str) -> None:
    assert engine.take(turn(intent))[0] == 422


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {**turn("tell"), "turn": 7},
        {**turn("tell"), "intent": None},
        {**turn("tell"), "entities": "none"},
        {**turn("tell"), "dialogue": []},
        {**turn("tell"), "case": {}},
        {**turn("tell"), "case": {**CASE, "text": "something"}},
        {**turn("tell"), "case": {**CASE, "now": "yesterday"}},
    ],
)
def test_a_body_that_is_no_turn_is_400(engine: Engine, body: Any) -> None:
    assert engine.take(body)[0] == 400


def test_one_rule_answers_each_intent_and_every_action_is_written() -> None:
    rules: dict[str, list[str]] = {}
    declared: set[str] = set()
    for path in (ROOT / "flows" / "rules").glob("*.yml"):
        for rule in yaml.safe_load(path.read_text())["rules"]:
            intent, action = rule["steps"]
            rules.setdefault(str(intent["intent"]), []).append(action["action"])
    for path in (ROOT / "flows" / "domain").glob("*.yml"):
        declared |= set(yaml.safe_load(path.read_text())["actions"])
    assert dict.fromkeys(INTENTS, 1) == {intent: len(actions) for intent, actions in rules.items()}
    assert {action for actions in rules.values() for action in actions} == declared
    written = "".join(path.read_text() for path in (ROOT / "actions").glob("*.py"))
    assert {action for action in declared if f'"{action}"' not in written} == set()
