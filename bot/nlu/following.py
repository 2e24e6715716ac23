"""What follows what in a language: how likely a word is after the two before it, by what stood so in some texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

BEGIN: Final = "<"
END: Final = ">"
TRUST: Final = (1.0, 3.0)
"""How much what is shorter weighs against what is longer: two words against one, three against two."""
RARE: Final = 0.01
"""Times that a word is taken to have been seen before any."""


class Following:
    """Counts of one, two and three words in a row. Safe to use from several threads."""

    def __init__(self, clauses: Iterable[Sequence[str]]) -> None:
        """Count over the words of some clauses."""
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._threes: Counter[tuple[str, str, str]] = Counter()
        for clause in clauses:
            padded = (BEGIN, BEGIN, *clause, END)
            self._words.update(padded[2:])
            self._pairs.update(pairwise(padded[1:]))
            self._threes.update(zip(padded, padded[1:], padded[2:], strict=False))
        self._total = self._words.total() or 1
        self._before: Counter[str] = Counter()
        self._before_two: Counter[tuple[str, str]] = Counter()
        for (first, _), times in self._pairs.items():
            self._before[first] += times
        for (first, second, _), times in self._threes.items():
            self._before_two[first, second] += times
        self._kinds = Counter(first for first, _ in self._pairs)
        self._kinds_two = Counter((first, second) for first, second, _ in self._threes)

    def after(self, first: str, second: str, words: Sequence[str]) -> list[float]:
        """Give the logarithm of each word's chance after two others; a shorter run helps where a longer one is rare."""
        chances = [(self._words.get(word, 0) + RARE) / self._total for word in words]
        if times := self._before.get(second):
            seen = [self._pairs.get((second, word), 0) for word in words]
            chances = _nearer(chances, seen, times, TRUST[0] * self._kinds[second])
        if times := self._before_two.get((first, second)):
            seen = [self._threes.get((first, second, word), 0) for word in words]
            chances = _nearer(chances, seen, times, TRUST[1] * self._kinds_two[first, second])
        return list(map(math.log, chances))

    def seen(self, word: str) -> int:
        """Tell how often a word stood in the texts."""
        return self._words[word]


def _nearer(chances: Sequence[float], seen: Sequence[int], times: int, weight: float) -> list[float]:
    """Give the chances after a longer run, seen so many times in all; those after a shorter one have this weight."""
    return [(one + weight * chance) / (times + weight) for one, chance in zip(seen, chances, strict=True)]
