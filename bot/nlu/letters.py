"""Learns languages by their letters: which words, and which runs of letters in them, are likelier in which language."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.nlu import ngrams
from bot.nlu.ngrams import Ngrams

SETTINGS: Final[dict[str, Any]] = {"minn": 2, "maxn": 5, "dim": 16, "bucket": 200_000, "epoch": 15, "lr": 0.5}
"""The best of eight tried on strangers' messages that were left out of learning. Half the width of 32 in two thirds of
the space names as many of them right."""
UNLIKELY: Final = 0.01
"""A smaller chance counts as this one: of a short word fastText is far too sure."""
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


@dataclass(frozen=True)
class Letters:
    """What was learnt."""

    ngrams: Ngrams

    def scores(self, text: str) -> dict[str, float]:
        """Give how much likelier each language is than the mean of all, as logarithms; nothing without a letter."""
        written = _written(text)
        if not written:
            return {}
        found = {one: math.log(max(chance, UNLIKELY)) for one, chance in self.ngrams.chances(written).items()}
        mean = sum(found.values()) / len(found)
        return {language: score - mean for language, score in found.items()}

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        self.ngrams.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Letters:
        """Read what `save` wrote."""
        return cls(Ngrams.load(folder))


def learn(examples: Iterable[tuple[str, str]]) -> Letters:
    """Learn from pairs of language and text. Raises NotLearnt.

    A language with fewer examples has each of them more often, by the root of what it lacks.
    """
    written = [(language, line) for language, text in examples if (line := _written(text))]
    counts = Counter(language for language, _ in written)
    times = {language: round((max(counts.values()) / count) ** 0.5) for language, count in counts.items()}
    repeated = [({language}, line) for language, line in written for _ in range(times[language])]
    return Letters(ngrams.learn(repeated, SETTINGS))


def _written(text: str) -> str:
    """Give the words of a text without digits and signs, on one line."""
    return " ".join(_LETTERS.findall(text.lower()))
