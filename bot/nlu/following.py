"""What follows what in a language: how likely a word is after the two before it, by what stood so in some texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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

    def after(self, first: str, second: str) -> Callable[[str], float]:
        """Give the chance of each word after two others; a shorter run helps where a longer one is rare."""
        words, pairs, threes, total = self._words, self._pairs, self._threes, self._total
        known, known_two = self._before[second], self._before_two[first, second]
        less, less_two = TRUST[0] * self._kinds[second], TRUST[1] * self._kinds_two[first, second]

        def chance(word: str) -> float:
            found = (words.get(word, 0) + RARE) / total
            if known:
                found = (pairs.get((second, word), 0) + less * found) / (known + less)
            if known_two:
                found = (threes.get((first, second, word), 0) + less_two * found) / (known_two + less_two)
            return found

        return chance

    def seen(self, word: str) -> int:
        """Tell how often a word stood in the texts."""
        return self._words[word]
