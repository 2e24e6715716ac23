"""A second view of a message, by its letters: which words and short runs of letters speak for which label.

The encoder has hardly seen slang, dialect or what is spelt in a hurry; runs of letters that the examples share, it need
not have seen. Both views are added up where scores become probabilities (`bot.nlu.calibration`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import ngrams
from bot.nlu.components import Learning
from bot.nlu.examples import Example
from bot.nlu.ngrams import Ngrams
from bot.nlu.understanding import LABELS, TYPED, examples_of

BY_LETTERS: Final = "by_letters"
"""Where a message carries the second view's score of every label; not part of any answer."""
SETTINGS: Final[dict[str, Any]] = {
    "loss": "ova",
    "minn": 2,
    "maxn": 5,
    "wordNgrams": 2,
    "dim": 16,
    "bucket": 500_000,
    "epoch": 40,
    "lr": 0.3,
}
"""Of twenty tried beside the encoder on strangers' messages that were left out of learning, the smallest of those that
heard most danger. Ten passes, or runs of one letter, hear less."""
NOTHING: Final = "nothing"
"""What an example without a label is learnt as."""
SUREST: Final = 8.0
"""FastText's own bounds of a score, as log-odds; also the score, below nothing, of a label that no example carries."""


@dataclass(frozen=True)
class View:
    """What was learnt."""

    labels: tuple[str, ...]
    """All there may be."""
    ngrams: Ngrams

    def read(self, text: str, typed: str = "") -> dict[str, float]:
        """Score one clean text; `typed` is how it was typed, where that was in other letters."""
        chances = self.ngrams.chances(_line(text, typed))
        return {label: _log_odds(chances.get(label, 0.0)) for label in self.labels}


def learn(examples: Sequence[Example], labels: Sequence[str]) -> View:
    """Learn from examples; `labels` are all there may be. Raises NotLearnt."""
    lines = [(example.labels or {NOTHING}, _line(example.text, example.typed)) for example in examples]
    return View(tuple(labels), ngrams.learn(lines, SETTINGS))


def _line(text: str, typed: str) -> str:
    """Give what the letters are read of: both ways of writing, for either may hold what the other lost."""
    return " ".join(f"{text} {typed}".lower().split())


def _log_odds(chance: float) -> float:
    if chance <= 0 or chance >= 1:
        return math.copysign(SUREST, chance - 0.5)
    return max(-SUREST, min(SUREST, math.log(chance / (1 - chance))))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondView(Learning[View]):
    """Learns codes and urgency by letters, and puts the scores of all on each message."""

    learns_with = ("second_view.py", "ngrams.py", "understanding.py")

    @classmethod
    def opened(cls, folder: Path) -> View:
        """Open what was learnt."""
        return View(LABELS, Ngrams.load(folder))

    @classmethod
    def learns_from(cls) -> str:
        """Learn anew when there are other labels."""
        return repr(LABELS)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples."""
        self._learnt = learn(examples_of(training_data), LABELS)
        with self._model_storage.write_to(self._resource) as folder:
            self._learnt.ngrams.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Score each message."""
        for message in messages:
            if self._learnt is not None:
                scores = self._learnt.read(message.get(TEXT) or "", message.get(TYPED) or "")
                message.set(BY_LETTERS, scores)
        return messages
