"""The evaluation set is whole, labelled by the contract's codes, and apart from what is trained on."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, URGENCIES
from tests.dialogue.running import ROOT

FOLDER = ROOT / "tests" / "nlu" / "evaluation"


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
def test_no_message_is_trained_on(language: str) -> None:
    kept_apart = {row["text"] for row in read(FOLDER / f"{language}.yml") if len(row["text"].split()) > 3}
    trained = {
        example["text"]
        for path in sorted((ROOT / "nlu_data" / language).glob("*.yml"))
        for block in read(path)["nlu"]
        for example in block["examples"]
    }
    assert not kept_apart & trained
