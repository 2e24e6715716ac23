"""From probabilities to labels, for peers: thresholds by cross-validation on the training data alone, as ours are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bot.domain.codes import INDICATOR_CODES, URGENCIES
from bot.evaluation.arithmetic import f1_of
from bot.evaluation.peers.training import Example
from bot.evaluation.readings import Read

FOLDS: Final = 3
SEED: Final = 7
RECALL_FIRST: Final = 0.97
"""Recall that `urgency_maybe` is tuned to: what the issue wants of it."""
LABELS: Final = (*INDICATOR_CODES, *(urgency for urgency in URGENCIES if urgency != "none"))

Score = Callable[[Sequence[str]], Any]
"""Gives one row of probabilities a text, a column for each of `LABELS`."""
Learn = Callable[[Sequence[Example]], Score]


@dataclass(frozen=True)
class Thresholds:
    """For each label, the probability from which it is said, and the one from which it may be."""

    sure: Mapping[str, float]
    maybe: Mapping[str, float]

    def read(self, row: Any, language: str | None, intent: str | None) -> Read:
        """Make a reading of one row of probabilities."""
        scores: dict[str, float] = {label: float(score) for label, score in zip(LABELS, row, strict=True)}
        return Read(
            language=language,
            intent=intent,
            codes=frozenset(code for code in INDICATOR_CODES if scores[code] >= self.sure[code]),
            urgency=_first(scores, self.sure),
            urgency_maybe=_first(scores, self.maybe),
            scores={code: scores[code] for code in INDICATOR_CODES},
        )


def choose(examples: Sequence[Example], learn: Learn) -> Thresholds:
    """Learn on some folds, score the other, and take the threshold of the best F1, and that of the wanted recall."""
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(examples))
    scores = np.zeros((len(examples), len(LABELS)))
    for number in range(FOLDS):
        score = learn([example for example, own in zip(examples, fold, strict=True) if own != number])
        scores[fold == number] = score([e.text for e, own in zip(examples, fold, strict=True) if own == number])
    true = np.array([[label in example.labels for label in LABELS] for example in examples])
    columns = {label: (scores[:, column], true[:, column]) for column, label in enumerate(LABELS)}
    return Thresholds(
        {label: best_f1(*column) for label, column in columns.items()},
        {label: with_recall(*column) for label, column in columns.items()},
    )


def best_f1(scores: Any, true: Any) -> float:
    """Give the threshold with the highest F1; 1.1, which nothing reaches, where there is no such example."""
    steps = np.unique(np.round(scores[true], 3))
    found = [
        (f1_of((said & true).sum(), (said & ~true).sum(), (~said & true).sum()) or 0.0, float(step))
        for step in steps
        for said in [scores >= step]
    ]
    return max(found)[1] if found else 1.1


def with_recall(scores: Any, true: Any) -> float:
    """Give the highest threshold that still finds `RECALL_FIRST` of the examples."""
    found = np.sort(scores[true])
    return float(found[int((1 - RECALL_FIRST) * len(found))]) if len(found) else 1.1


def _first(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> str:
    return next((name for name in URGENCIES if name != "none" and scores[name] >= thresholds[name]), "none")
