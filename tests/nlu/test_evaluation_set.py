"""The evaluation set is whole, labelled by the contract's codes, and apart from what is trained on."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, URGENCIES
from bot.evaluation.arithmetic import Counts, compare, kappa
from tests.dialogue.running import ROOT

FOLDER = ROOT / "tests" / "nlu" / "evaluation"
KINDS = ["plain", "no_diacritics", "romanised", "slang", "typos", "mixed", "one_word", "long", "third_person", "past"]
ENOUGH = 0.9
"""Agreement below which the rules of labelling would be too vague to measure by."""


def read(path: Any) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_120_messages_with_known_labels_and_twenty_urgent_ones(language: str) -> None:
    rows = read(FOLDER / f"{language}.yml")
    assert len({row["id"] for row in rows}) == len(rows) == 120
    assert {row["language"] for row in rows} == {language}
    codes = Counter(code for row in rows for code in row["indicators"])
    assert set(codes) == set(INDICATOR_CODES)
    urgencies = Counter(row["urgency"] for row in rows)
    assert set(urgencies) <= set(URGENCIES)
    assert 120 - urgencies["none"] >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tenth_is_labelled_twice(language: str) -> None:
    second = {row["id"] for row in read(FOLDER / "second" / f"{language}.yml")}
    assert len(second) == 12
    assert second <= {row["id"] for row in read(FOLDER / f"{language}.yml")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_written_in_the_ways_in_which_people_write(language: str) -> None:
    kinds = Counter(row["kind"] for row in read(FOLDER / f"{language}.yml"))
    assert set(kinds) <= set(KINDS)
    assert {"plain", "slang", "typos", "mixed", "one_word", "long", "third_person", "past"} <= set(kinds)
    assert kinds["plain"] <= 80


def test_an_independent_labelling_of_a_tenth_agrees() -> None:
    """Who labels by the rules comes to the same labels; README.md of the set shows these figures."""
    first = {row["id"]: row for language in LANGUAGES for row in read(FOLDER / f"{language}.yml")}
    other = {row["id"]: row for language in LANGUAGES for row in read(FOLDER / "independent" / f"{language}.yml")}
    assert len(other) == 120
    pairs = [(first[name], row) for name, row in other.items()]
    for field in ("intent", "urgency"):
        assert kappa([one[field] for one, _ in pairs], [two[field] for _, two in pairs]) >= ENOUGH
    codes = [(frozenset(one["indicators"]), frozenset(two["indicators"])) for one, two in pairs]
    f1 = sum((compare(two, one) for one, two in codes), Counts()).f1
    assert f1 is not None
    assert f1 >= ENOUGH
    each = [(code in one, code in two) for one, two in codes for code in INDICATOR_CODES]
    assert kappa([one for one, _ in each], [two for _, two in each]) >= ENOUGH


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_trained_on(language: str) -> None:
    kept_apart = {row["text"] for row in read(FOLDER / f"{language}.yml") if len(row["text"].split()) > 3}
    trained = {
        example["text"]
        for path in sorted((ROOT / "nlu_data" / language).glob("*.yml"))
        for block in read(path)["nlu"]
        for example in block["examples"]
    }
    assert not kept_apart & trained
