"""Danger: sure only where the model is sure, asked about where a word or a doubt speaks of it."""

from __future__ import annotations

import pytest
import yaml

from bot.domain.codes import LANGUAGES, URGENCIES
from bot.nlu.calibration import Calibration, calibrations
from bot.nlu.danger import FILE, danger_in, important_parts
from bot.nlu.urgency import judge

URGENT = [urgency for urgency in URGENCIES if urgency != "none"]


def chances(**given: float) -> dict[str, float]:
    """Give probabilities, zero where none is named."""
    return {**dict.fromkeys(URGENT, 0.0), **given}


def test_a_danger_word_alone_is_asked_about_and_never_an_alarm() -> None:
    assert judge(chances(), "self_harm", readable=True) == ("none", "self_harm")


def test_the_gravest_urgency_is_named() -> None:
    assert judge(chances(medical=1.0, danger_now=1.0), "none", readable=True) == ("danger_now", "danger_now")


def test_what_is_sure_is_asked_about_too() -> None:
    sure, maybe = judge(chances(medical=1.0), "none", readable=True)
    assert (sure, maybe) == ("medical", "medical")


def test_in_a_language_that_is_none_of_ours_nothing_is_sure_but_danger_is_asked_about() -> None:
    assert judge(chances(danger_now=1.0), "none", readable=False) == ("none", "danger_now")


def test_every_language_has_danger_words_of_every_kind() -> None:
    stored = yaml.safe_load(FILE.read_text())
    assert set(stored) == set(LANGUAGES)
    assert all(set(kinds) == {"danger_now", "self_harm", "medical"} for kinds in stored.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_danger_word_is_found_in_the_middle_of_a_long_message(language: str) -> None:
    for urgency, phrases in yaml.safe_load(FILE.read_text())[language].items():
        for phrase in phrases:
            assert danger_in("la la la. " * 300 + f"la {phrase.upper()} la. " + "la la la. " * 300) != "none", (
                urgency,
                phrase,
            )


def test_the_sentence_with_a_danger_word_is_read_however_long_the_message_is() -> None:
    text = "We carried stones all day. " * 60 + "Tonight I want to die. " + "We carried stones all day. " * 60
    chosen = important_parts(text, lambda part: len(part) // 4)
    assert any("I want to die" in text[start:end] for start, end in chosen)


def test_everyday_words_are_no_danger() -> None:
    assert danger_in("he is coming home for lunch and we eat rice") == "none"
    assert danger_in("") == "none"


def test_a_probability_rises_with_the_score() -> None:
    rule = Calibration(slope=0.7, shift=-0.2, sure=0.5, maybe=0.1)
    assert 0 <= rule.probability(-1e9) < rule.probability(0) < rule.probability(1e9) <= 1


def test_asking_needs_no_more_than_being_sure() -> None:
    assert all(rule.maybe <= rule.sure for rule in calibrations().values())
