"""A second view of a message, by its letters: which short runs of letters speak for which label.

The encoder has hardly seen romanised writing, slang or dialect; runs of letters that the examples share, it need not
have seen. Both views are added up where scores become probabilities (`bot.nlu.calibration`). One logistic regression a
label, over hashed runs: learnt in seconds, the same numbers each time. (fastText's own training ended in NaN now and
then in version 0.9.3.)
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.components import Learning
from bot.nlu.examples import Example
from bot.nlu.understanding import LABELS, TYPED, examples_of

BY_LETTERS: Final = "by_letters"
"""Where a message carries the second view's score of every label; not part of any answer."""
LENGTHS: Final = (1, 4)
"""Letters in a run, shortest and longest; a blank stands for the border of a word."""
PLACES: Final = 2**18
"""Into how many places the runs are hashed."""
TRUST: Final = 16.0
"""How far the examples may move the weights from nothing."""
NEVER: Final = -8.0
"""Score of a label that no example carries."""
NAMES: Final = "names.json"
WEIGHTS: Final = "weights.npz"


@dataclass(frozen=True)
class Runs:
    """What was learnt. No pickle: names and numbers only."""

    labels: tuple[str, ...]
    rarity: NDArray[np.float32]
    """What a run counts: the rarer, the more."""
    weights: NDArray[np.float16]
    """(places, labels)"""
    bias: NDArray[np.float32]

    def read(self, text: str, typed: str = "") -> dict[str, float]:
        """Score one clean text; `typed` is how it was typed, where that was in other letters."""
        places = _hashed([_both(text, typed)]).indices
        counts = self.rarity[places]
        length = float(np.sqrt((counts * counts).sum())) or 1.0
        scores = self.bias + (counts / length) @ self.weights[places].astype(np.float32)
        return dict(zip(self.labels, scores.tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        (folder / NAMES).write_text(json.dumps(self.labels))
        np.savez_compressed(folder / WEIGHTS, rarity=self.rarity, weights=self.weights, bias=self.bias)

    @classmethod
    def load(cls, folder: Path) -> Runs:
        """Read what `save` wrote."""
        with np.load(folder / WEIGHTS, allow_pickle=False) as stored:
            labels = tuple(json.loads((folder / NAMES).read_text()))
            return cls(labels, stored["rarity"], stored["weights"], stored["bias"])


def learn(examples: Sequence[Example], labels: Sequence[str]) -> Runs:
    """Learn from examples; `labels` are all there may be."""
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    counted = TfidfTransformer()
    rows = counted.fit_transform(_hashed([_both(example.text, example.typed) for example in examples]))

    def one(label: str) -> tuple[NDArray[np.float64], float]:
        said = [label in example.labels for example in examples]
        if not any(said):
            return np.zeros(PLACES), NEVER
        learnt = LogisticRegression(C=TRUST, solver="liblinear", tol=0.01).fit(rows, said)
        return learnt.coef_[0], float(learnt.intercept_[0])

    with ThreadPoolExecutor(os.cpu_count()) as learners:
        weights, bias = zip(*learners.map(one, labels), strict=True)
    columns = np.stack(weights, axis=1).astype(np.float16)
    return Runs(tuple(labels), counted.idf_.astype(np.float32), columns, np.array(bias, np.float32))


def _both(text: str, typed: str) -> str:
    """Give what the letters are read of: both ways of writing, for either may hold what the other lost."""
    return f"{text}\n{typed}" if typed else text


def _hashed(texts: Sequence[str]) -> Any:
    """Give for each text the places of its runs."""
    return _hasher().transform(texts)


@lru_cache(maxsize=1)
def _hasher() -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb",
        ngram_range=LENGTHS,
        n_features=PLACES,
        alternate_sign=False,
        norm=None,
        binary=True,
        dtype=np.float32,
    )


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondView(Learning[Runs]):
    """Learns codes and urgency by letters, and puts the scores of all on each message."""

    learns_with = ("runs.py", "understanding.py")

    @classmethod
    def opened(cls, folder: Path) -> Runs:
        """Open what was learnt."""
        return Runs.load(folder)

    @classmethod
    def learns_from(cls) -> str:
        """Learn anew when there are other labels."""
        return repr(LABELS)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples."""
        self._learnt = learn(examples_of(training_data), LABELS)
        with self._model_storage.write_to(self._resource) as folder:
            self._learnt.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Score each message."""
        for message in messages:
            if self._learnt is not None:
                scores = self._learnt.read(message.get(TEXT) or "", message.get(TYPED) or "")
                message.set(BY_LETTERS, scores)
        return messages
