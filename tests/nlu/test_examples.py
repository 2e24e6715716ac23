"""What people say, as written in nlu_data: every language has what every other has, and codes are the contract's."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
import yaml

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, URGENCIES
from bot.services.checks.training import personal_detail
from tests.dialogue.running import ROOT

Example = tuple[str, str, dict[str, Any]]
MESSAGES = 400
WORDINGS = 25
THIRD = 1 / 3
ASKED_IN_THE_ISSUE = {
    *("stop", "delete", "hide", "person", "later", "skip", "yes", "no", "not_sure", "about_who", "about_safe"),
    *("about_reads", "ask_wages", "ask_papers", "about_police", "ask_home", "language", "complaint", "not_talk"),
    *("testing", "insult", "off_topic"),
}


@cache
def examples(language: str) -> tuple[Example, ...]:
    """Give intent, text and metadata of one language."""
    return tuple(
        (block["intent"], example["text"], example.get("metadata") or {})
        for path in sorted((ROOT / "nlu_data" / language).glob("*.yml"))
        for block in yaml.load(path.read_text(), Loader=yaml.CSafeLoader)["nlu"]
        for example in block["examples"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_enough_messages(language: str) -> None:
    assert len(examples(language)) >= MESSAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_said_in_at_least_25_wordings_and_every_urgency_in_some(language: str) -> None:
    said = Counter(code for _, _, data in examples(language) for code in data.get("indicators", []))
    urgent = Counter(data.get("urgency", "none") for _, _, data in examples(language))
    assert set(said) == set(INDICATOR_CODES)
    assert {code: count for code, count in said.items() if count < WORDINGS} == {}
    assert set(urgent) == set(URGENCIES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_that_anybody_would_use_first_are_taught(language: str) -> None:
    first = yaml.safe_load((ROOT / "tests" / "nlu" / "plain_words.yml").read_text())[language]
    assert set(first) == set(INDICATOR_CODES)
    said = [(text.lower(), data.get("indicators", ())) for _, text, data in examples(language)]
    assert {w: c for c, w in first.items() if not any(w in text and c in codes for text, codes in said)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_what_is_told_says_nothing_of_the_kind(language: str) -> None:
    told = [data for intent, _, data in examples(language) if intent == "tell"]
    calm = [data for data in told if not data]
    assert len(calm) >= THIRD * len(told) * 0.95


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_intent(language: str) -> None:
    intents = {intent for intent, _, _ in examples(language)}
    assert intents == {intent for intent, _, _ in examples("en")}
    assert intents >= ASKED_IN_THE_ISSUE


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_twice_and_nothing_leads_to_anybody(language: str) -> None:
    texts = [text for _, text, _ in examples(language)]
    assert [text for text, count in Counter(texts).items() if count > 1] == []
    assert [text for text in texts if personal_detail(text)] == []
