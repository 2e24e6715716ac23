"""Thresholds can be chosen anew from scores that were kept, without learning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.calibration import WAYS
from bot.nlu.cross_validate import LeftOut, calibrate, keep_scores, kept_scores
from bot.nlu.encoder import Example
from bot.nlu.understanding import LABELS

SAID = Example("they keep my papers", frozenset({"document_retention"}), "tell")
CALM = Example("good morning", frozenset(), "tell")
URGENT = Example("he hits me as i write", frozenset({"danger_now"}), "tell")


def scored(count: int) -> tuple[list[Example], LeftOut]:
    """Give examples and scores that part them well, with some doubt left."""
    examples = [(SAID, CALM, URGENT)[place % 3] for place in range(count)]
    random = np.random.default_rng(1)
    scores = LeftOut(random.normal(-4, 1, (count, len(LABELS))), random.normal(-2, 1, (count, len(LABELS))))
    for row, example in enumerate(examples):
        for label in example.labels:
            scores.encoder[row, LABELS.index(label)] += 7
            scores.letters[row, LABELS.index(label)] += 2
    for column in range(len(LABELS)):
        examples[column] = Example(f"example of {LABELS[column]}", frozenset({LABELS[column]}), "tell")
    return examples, scores


def test_kept_scores_are_given_back(tmp_path: Path) -> None:
    examples, scores = scored(60)
    keep_scores(tmp_path / "var" / "kept.npz", examples, scores)
    found = kept_scores(tmp_path / "var" / "kept.npz", examples)
    assert np.array_equal(found.encoder, scores.encoder)
    assert np.array_equal(found.letters, scores.letters)


def test_scores_of_other_examples_are_refused(tmp_path: Path) -> None:
    examples, scores = scored(60)
    keep_scores(tmp_path / "kept.npz", examples, scores)
    with pytest.raises(SystemExit, match="other examples"):
        kept_scores(tmp_path / "kept.npz", [*examples[1:], CALM])


def test_missing_scores_are_told(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="missing"):
        kept_scores(tmp_path / "none.npz", [CALM])


def test_no_text_is_kept(tmp_path: Path) -> None:
    examples, scores = scored(60)
    keep_scores(tmp_path / "kept.npz", examples, scores)
    with np.load(tmp_path / "kept.npz", allow_pickle=False) as stored:
        assert set(stored.files) == {"encoder", "letters", "of"}
        assert len(str(stored["of"])) == 32


def test_fewer_calm_messages_may_be_taken_for_urgent_than_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    examples, scores = scored(300)
    chosen = calibrate(examples, scores, [WAYS[place % 3] for place in range(len(examples))])
    assert chosen["danger_now"]["maybe"] <= chosen["danger_now"]["with_word"] <= chosen["danger_now"]["sure"]
    assert set(chosen) == set(LABELS)
    assert "danger words: reach" in capsys.readouterr().out
