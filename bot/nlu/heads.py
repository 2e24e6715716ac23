"""One logistic regression a label, each with two thresholds: sure (precision first) and maybe (recall first)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

SURE: Final = 0.5
MAYBE: Final = 0.2
"""Set by hand: the first examples are near translations of each other, so measuring on held-out ones would flatter."""

Matrix: TypeAlias = "NDArray[np.float64]"


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
    learnt = [_classifier().fit(vectors, labels[:, column]) for column in kept]
    return Heads(
        names=tuple(names[column] for column in kept),
        weights=np.array([classifier.coef_[0] for classifier in learnt]),
        bias=np.array([classifier.intercept_[0] for classifier in learnt]),
        sure=np.full(len(kept), SURE),
        maybe=np.full(len(kept), MAYBE),
    )


def _classifier() -> LogisticRegression:
    return LogisticRegression(C=1.0, class_weight="balanced", max_iter=300, solver="lbfgs", random_state=7)
