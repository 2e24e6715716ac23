"""Peer: character TF-IDF with logistic regression, one-versus-rest for codes; what a careful weekend would give."""

from __future__ import annotations

import pickle
import time
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.evaluation.peers.thresholds import LABELS, choose
from bot.evaluation.peers.training import Example
from bot.evaluation.readings import Read


class TfIdf:
    """Reads by runs of one to four characters."""

    name = "character TF-IDF, logistic regression"
    has_all_scores = True

    def __init__(self, examples: Sequence[Example]) -> None:
        """Learn."""
        started = time.perf_counter()
        texts = [example.text for example in examples]
        self._score = learn(examples)
        self._thresholds = choose(examples, learn)
        self._view = _vectorizer().fit(texts)
        view = self._view.transform(texts)
        self._language = _one_of().fit(view, [example.language for example in examples])
        self._intent = _one_of().fit(view, [example.intent for example in examples])
        self.training_seconds: float | None = time.perf_counter() - started
        self.size = len(pickle.dumps((self._score.parts, self._view, self._language, self._intent)))

    def read(self, text: str) -> Read:
        """Read one text."""
        view = self._view.transform([text])
        language, intent = str(self._language.predict(view)[0]), str(self._intent.predict(view)[0])
        return self._thresholds.read(self._score([text])[0], language, intent)


class _Scores:
    """Gives the probability of each label."""

    def __init__(self, view: Any, heads: Sequence[Any]) -> None:
        self.parts = (view, heads)

    def __call__(self, texts: Sequence[str]) -> Any:
        view, heads = self.parts
        seen = view.transform(texts)
        nothing = np.zeros(len(texts))
        return np.column_stack([nothing if head is None else head.predict_proba(seen)[:, 1] for head in heads])


def learn(examples: Sequence[Example]) -> _Scores:
    """Learn every label that occurs."""
    view = _vectorizer()
    seen = view.fit_transform([example.text for example in examples])
    columns = [np.array([label in example.labels for example in examples]) for label in LABELS]
    return _Scores(view, [_head().fit(seen, column) if column.any() else None for column in columns])


def _vectorizer() -> Any:
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=2, sublinear_tf=True, dtype=np.float32)


def _head() -> Any:
    return LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear", random_state=7)


def _one_of() -> Any:
    warnings.simplefilter("ignore")
    return LogisticRegression(C=10.0, max_iter=100, solver="lbfgs", random_state=7)
