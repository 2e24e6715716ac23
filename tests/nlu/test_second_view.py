"""The second view hears by letters what it has seen written in like letters, the same each time it learns."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.examples import Example
from bot.nlu.ngrams import Ngrams
from bot.nlu.second_view import SUREST, View, learn

LABELS = ("withheld_wages", "threats")
EXAMPLES = 50 * [
    *(Example(text, frozenset({"withheld_wages"}), "tell") for text in ("mai dai ngoen duean", "ngoen duean mai ok")),
    *(Example(text, frozenset({"threats"}), "tell") for text in ("khu wa ja kha", "man khu kha thing")),
    *(Example(text, frozenset(), "tell") for text in ("sabai dee mai", "kin khao laeo")),
]


def test_a_spelling_nobody_wrote_is_heard_by_the_runs_it_shares() -> None:
    scores = learn(EXAMPLES, LABELS).read("mai mee ngern duean")
    assert scores["withheld_wages"] > scores["threats"]


def test_what_was_learnt_is_the_same_each_time_and_read_back_the_same(tmp_path: Path) -> None:
    learnt = learn(EXAMPLES, LABELS)
    learnt.ngrams.save(tmp_path)
    for other in (learn(EXAMPLES, LABELS), View(LABELS, Ngrams.load(tmp_path))):
        assert other.read("khu kha") == learnt.read("khu kha")


def test_a_label_that_no_example_carries_is_not_heard() -> None:
    assert learn(EXAMPLES, (*LABELS, "sold")).read("mai mee ngern duean")["sold"] == -SUREST


def test_how_it_was_typed_is_read_beside_how_it_is_written() -> None:
    learnt = learn(EXAMPLES, LABELS)
    assert learnt.read("เงิน", "khu wa ja kha")["threats"] > learnt.read("เงิน")["threats"]


@pytest.mark.parametrize("text", ["", " ", "\n", "7", "x" * 4096])
def test_a_text_that_says_nothing_has_scores_too(text: str) -> None:
    assert set(learn(EXAMPLES, LABELS).read(text)) == set(LABELS)
