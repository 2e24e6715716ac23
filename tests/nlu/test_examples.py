"""What people say, as written in nlu_data: every language has what every other has, and codes are the contract's."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, URGENCIES
from bot.nlu.language import name_language
from tests.dialogue.running import ROOT

TOPICS = ("telling", "talk", "about")


def examples(language: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Give intent, text and metadata of one language."""
    return [
        (block["intent"], example["text"], example.get("metadata") or {})
        for topic in TOPICS
        for block in yaml.safe_load((ROOT / "nlu_data" / language / f"{topic}.yml").read_text())["nlu"]
        for example in block["examples"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_and_intent_has_examples_in_every_language(language: str) -> None:
    said = Counter(code for _, _, data in examples(language) for code in data.get("indicators", []))
    urgent = Counter(data.get("urgency", "none") for _, _, data in examples(language))
    assert set(said) == set(INDICATOR_CODES)
    assert set(urgent) == set(URGENCIES)
    assert {intent for intent, _, _ in examples(language)} == {intent for intent, _, _ in examples("en")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_twice_and_no_number_of_anybody_is_in_it(language: str) -> None:
    texts = [text for _, text, _ in examples(language)]
    assert [text for text, count in Counter(texts).items() if count > 1] == []
    assert [text for text in texts if re.search(r"\d{3}|@|http", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_examples_are_named_as_their_own_language(language: str) -> None:
    told = [text for intent, text, _ in examples(language) if intent == "tell"]
    wrong = [text for text in told if name_language(text, {}).language != language]
    # Some sentences are the same in Indonesian and Malay to the last letter.
    assert len(wrong) <= len(told) // (8 if language in {"id", "ms"} else 20), wrong
