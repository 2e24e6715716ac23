"""Something to calm in a moment of distress: silent, unseen, with open eyes, and nothing is asked."""

from __future__ import annotations

import pytest

from bot.domain import grounding
from bot.domain.pacing_hearing import is_distress
from bot.domain.reply import Reply
from tests.support.cases import a_case
from tests.support.house import content

SAYS = [
    grounding.offer(a_case()),
    grounding.end(a_case()),
    *(grounding.begin(a_case(), x) for x in grounding.EXERCISES),
]


def walk(intent: str) -> list[Reply]:
    """Press "next" until the exercise ends."""
    said: list[str] = []
    replies = [grounding.begin(a_case(), intent)]
    for _ in range(9):
        said += [effect.value for effect in replies[-1].effects]
        replies.append(grounding.go_on(a_case(dialogue={"said": said})))
        if replies[-1].say[0].key == "grounding.end":
            break
    return replies


@pytest.mark.parametrize("intent", grounding.EXERCISES)
def test_an_exercise_is_taken_step_by_step_and_ends_on_a_choice(intent: str) -> None:
    """S14, P11: five things you see, a slow breath out, feet on the floor; each step by their own tap."""
    keys = [reply.say[0].key for reply in walk(intent)]
    assert keys == [*grounding.EXERCISES[intent], "grounding.end"]
    assert walk(intent)[-1].say[0].buttons


@pytest.mark.parametrize("intent", grounding.EXERCISES)
def test_nothing_is_asked_while_it_runs(intent: str) -> None:
    """S14: no question, and enough is one tap away at every step."""
    words = content().words
    for reply in walk(intent):
        assert not any(words.asks(say.key) for say in reply.say)
        assert len(reply.say) == 1
    for reply in walk(intent)[:-1]:
        assert {"ground_next", "ground_enough"} == {button.act for button in reply.say[0].buttons}


def test_no_step_needs_a_noise_a_movement_or_closed_eyes() -> None:
    """S15: it can be done in silence, unseen, with open eyes."""
    words = content().words
    for key in words.keys("en"):
        if key.startswith("grounding."):
            said = words.say(key, "en")
            assert not any(
                x in said for x in ("close your eyes", "say ", "speak", "stand up", "hum", "walk", "write them down")
            )


def test_next_without_an_exercise_offers_one() -> None:
    """S14: a press out of place leads nowhere bad."""
    assert grounding.go_on(a_case()).say[0].key == "grounding.offer"


def test_asking_for_calm_counts_as_distress() -> None:
    """S14: whoever asks for it is not asked for facts in the next turns."""
    assert is_distress(a_case(pressed="ground"), "ground")
    assert not is_distress(a_case(pressed="later"), "later")
