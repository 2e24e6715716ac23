"""Thresholds can be chosen anew from scores that were kept, without learning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.domain.codes import INDICATOR_CODES
from bot.nlu.cross_validate import (
    NEIGHBOURS,
    LeftOut,
    by_any_code,
    calibrate,
    folds_of,
    keep_scores,
    kept_scores,
    said_at,
)
from bot.nlu.examples import Example
from bot.nlu.understanding import ANY_CODE, ANY_DANGER, LABELS, URGENT

SAID = Example("they keep my papers", frozenset({"document_retention", ANY_CODE}), "tell")
CALM = Example("อรุณสวัสดิ์", frozenset(), "tell")
DANGER = Example("เขากำลังตีฉัน", frozenset({"danger_now", ANY_DANGER}), "tell", "khao kamlang ti chan")


def scored(count: int) -> tuple[list[Example], LeftOut]:
    """Give examples and scores that part them well, with some doubt left."""
    examples = [(SAID, CALM, DANGER)[place % 3] for place in range(count)]
    random = np.random.default_rng(1)
    scores = LeftOut(random.normal(-4, 1, (count, len(LABELS))), random.normal(-2, 1, (count, len(LABELS))))
    for row, example in enumerate(examples):
        for label in example.labels:
            scores.encoder[row, LABELS.index(label)] += 7
            scores.letters[row, LABELS.index(label)] += 2
    for column in range(len(LABELS)):
        label = LABELS[column]
        whole = {ANY_CODE} if label in INDICATOR_CODES else {ANY_DANGER} if label in URGENT else set()
        examples[column] = Example(f"example of {label}", frozenset({label, *whole}), "tell")
    return examples, scores


def all_of(examples: Sequence[Example]) -> NDArray[np.bool_]:
    """Say of every example that a stranger wrote it."""
    return np.ones(len(examples), np.bool_)


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
    chosen = calibrate(examples, scores, all_of(examples))
    assert chosen.alarm["maybe"] <= chosen.alarm["with_word"] <= chosen.alarm["sure"]
    assert set(chosen.labels) == set(LABELS)
    assert "danger words: recall" in capsys.readouterr().out


def test_what_was_not_left_out_decides_nothing() -> None:
    examples, scores = scored(300)
    unknown = np.full((40, len(LABELS)), np.nan)
    more = LeftOut(*(np.vstack((part, unknown)) for part in (scores.encoder, scores.letters)))
    longer = [*examples, *[SAID] * 40]
    assert calibrate(longer, more, all_of(longer)) == calibrate(examples, scores, all_of(examples))


def test_false_alarms_are_counted_on_what_strangers_wrote() -> None:
    """Calm messages that were written to look like danger do not make the reader deaf to it."""
    examples, scores = scored(300)
    calm = [row for row, example in enumerate(examples) if example is CALM]
    scores.encoder[calm[::3]] += 5
    strange = all_of(examples)
    strange[calm[::3]] = False
    hard = calibrate(examples, scores, all_of(examples)).alarm
    assert calibrate(examples, scores, strange).alarm["maybe"] < hard["maybe"]


def test_from_which_chance_a_code_is_said_is_decided_by_what_strangers_wrote() -> None:
    """Riddles count where the views are added up; they make no code harder to say."""
    examples, scores = scored(300)
    riddles = [row for row, example in enumerate(examples) if example is CALM][::2]
    for views in (scores.encoder, scores.letters):
        views[riddles, LABELS.index("document_retention")] += np.linspace(0, 4, len(riddles))
    strange = all_of(examples)
    strange[riddles] = False
    by_all, by_strangers = (
        calibrate(examples, scores, judged).labels["document_retention"] for judged in (all_of(examples), strange)
    )
    assert by_strangers.pop("said") < by_all.pop("said")
    assert by_strangers == by_all


def test_codes_are_silent_where_hardly_anything_seems_said() -> None:
    examples, scores = scored(300)
    chosen = calibrate(examples, scores, all_of(examples))
    assert 0 < chosen.labels[ANY_CODE]["said"] <= 0.6


def test_strangers_are_left_out_with_their_neighbours_and_learnt_from_in_the_other_parts() -> None:
    strange = np.arange(12 * NEIGHBOURS) % 2 == 0
    fold = folds_of(strange, 3)
    theirs = fold[strange]
    for start in range(0, len(theirs), NEIGHBOURS):
        assert len(set(theirs[start : start + NEIGHBOURS])) == 1
    assert set(theirs) == set(fold[~strange]) == {0, 1, 2}


def test_what_says_something_is_noticed_as_surely_as_what_says_nothing_is_left_alone() -> None:
    random = np.random.default_rng(3)
    true = np.zeros((4000, len(INDICATOR_CODES)), np.bool_)
    true[:1000, 0] = True
    any_code = np.clip(np.where(true[:, 0], 0.75, 0.4) + random.normal(0, 0.15, 4000), 0.01, 0.99)
    reached = np.where(true, 0.9, 0.1)
    none, likeliest = by_any_code(any_code, reached, true)
    heard = said_at(any_code, reached, none, likeliest).any(axis=1)
    assert abs(heard[:1000].mean() - (~heard[1000:]).mean()) < 0.03
