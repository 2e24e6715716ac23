"""One logistic regression a label, each with two thresholds: sure (precision first) and maybe (recall first)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict

FOLDS: Final = 4
FEWEST: Final = 2 * FOLDS
"""Examples of a label below which its thresholds are not measured but assumed."""
ASSUMED: Final = (0.6, 0.4)
SURE_BETWEEN: Final = (0.45, 0.9)
MAYBE_BETWEEN: Final = (0.2, 0.6)

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Heads:
    """What was learnt: a row of weights a label. No pickle: numbers and names only."""

    names: tuple[str, ...]
    weights: Matrix
    bias: Matrix
    sure: Matrix
    maybe: Matrix

    def scores(self, vectors: NDArray[np.float32]) -> Matrix:
        """Give the probability of each label (columns) for each vector (rows)."""
        scores: Matrix = 1.0 / (1.0 + np.exp(-(vectors @ self.weights.T + self.bias)))
        return scores

    def save(self, folder: Path) -> None:
        """Write names and numbers into a folder."""
        (folder / "names.json").write_text(json.dumps(self.names))
        np.savez(folder / "heads.npz", weights=self.weights, bias=self.bias, sure=self.sure, maybe=self.maybe)

    @classmethod
    def load(cls, folder: Path) -> Heads:
        """Read what `save` wrote."""
        names = tuple(json.loads((folder / "names.json").read_text()))
        with np.load(folder / "heads.npz", allow_pickle=False) as stored:
            return cls(names, stored["weights"], stored["bias"], stored["sure"], stored["maybe"])


def learn(vectors: NDArray[np.float32], labels: NDArray[np.bool_], names: Sequence[str]) -> Heads:
    """Learn every label that has an example; the others are left out."""
    kept = [column for column in range(len(names)) if labels[:, column].any() and not labels[:, column].all()]
    rows, thresholds = [], []
    for column in kept:
        classifier = _classifier().fit(vectors, labels[:, column])
        rows.append((classifier.coef_[0], classifier.intercept_[0]))
        thresholds.append(_thresholds(vectors, labels[:, column]))
    return Heads(
        names=tuple(names[column] for column in kept),
        weights=np.array([weights for weights, _ in rows]),
        bias=np.array([bias for _, bias in rows]),
        sure=np.array([sure for sure, _ in thresholds]),
        maybe=np.array([maybe for _, maybe in thresholds]),
    )


def _classifier() -> LogisticRegression:
    return LogisticRegression(C=1.0, class_weight="balanced", max_iter=300, solver="lbfgs", random_state=7)


def _thresholds(vectors: NDArray[np.float32], labels: NDArray[np.bool_]) -> tuple[float, float]:
    if labels.sum() < FEWEST:
        return ASSUMED
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    scores = cross_val_predict(_classifier(), vectors, labels, cv=folds, method="predict_proba")[:, 1]
    precision, recall, cuts = precision_recall_curve(labels, scores)
    sure, maybe = (cuts[_f_score(precision, recall, beta)[:-1].argmax()] for beta in (0.5, 2.0))
    return float(np.clip(sure, *SURE_BETWEEN)), float(np.clip(maybe, *MAYBE_BETWEEN))


def _f_score(precision: Matrix, recall: Matrix, beta: float) -> Matrix:
    weight = beta * beta
    score: Matrix = (1 + weight) * precision * recall / np.maximum(weight * precision + recall, 1e-9)
    return score
