"""Peer: fastText alone, with character n-grams; small, and much quicker than anything else here."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.evaluation.peers.thresholds import LABELS, choose
from bot.evaluation.peers.training import Example
from bot.evaluation.readings import Read
from bot.nlu import ngrams
from bot.nlu.ngrams import Ngrams

NO_LABEL: Final = "nothing"
SETTINGS: Final[dict[str, Any]] = {
    "minn": 2,
    "maxn": 5,
    "wordNgrams": 2,
    "dim": 64,
    "bucket": 200_000,
    "epoch": 100,
    "lr": 1.0,
}
"""The best of five tried by cross-validation on the training data."""


class FastText:
    """Reads by one model a question."""

    name = "fastText alone"
    has_all_scores = True

    def __init__(self, examples: Sequence[Example]) -> None:
        """Learn."""
        started = time.perf_counter()
        self._labels = _train(examples, lambda example: example.labels, "ova")
        self._thresholds = choose(examples, lambda some: _Scores(_train(some, lambda one: one.labels, "ova")))
        self._language = _train(examples, lambda example: frozenset({example.language}), "softmax")
        self._intent = _train(examples, lambda example: frozenset({example.intent}), "softmax")
        self.training_seconds: float | None = time.perf_counter() - started
        self.size = sum(_size(model) for model in (self._labels, self._language, self._intent))

    def read(self, text: str) -> Read:
        """Read one text."""
        language, intent = _best(self._language, text), _best(self._intent, text)
        return self._thresholds.read(_Scores(self._labels)([text])[0], language, intent)


class _Scores:
    """Gives the probability of each label."""

    def __init__(self, model: Ngrams) -> None:
        self._model = model

    def __call__(self, texts: Sequence[str]) -> Any:
        rows = []
        for text in texts:
            found = self._model.chances(_line(text))
            rows.append([found.get(label, 0.0) for label in LABELS])
        return np.array(rows)


def _train(examples: Sequence[Example], labels: Callable[[Example], frozenset[str]], loss: str) -> Ngrams:
    lines = [(labels(one) or {NO_LABEL}, _line(one.text)) for one in examples]
    return ngrams.learn(lines, {**SETTINGS, "loss": loss})


def _best(model: Ngrams, text: str) -> str:
    chances = model.chances(_line(text))
    return max(chances, key=lambda label: chances[label])


def _line(text: str) -> str:
    """Make one line of it, without what fastText cannot take."""
    return " ".join(text.replace("\0", " ").encode("utf-8", "ignore").decode().split()) or "."


def _size(model: Ngrams) -> int:
    with tempfile.TemporaryDirectory() as name:
        model.save(Path(name))
        return (Path(name) / ngrams.MODEL).stat().st_size
