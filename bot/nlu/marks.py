"""Puts the marks back on Vietnamese that was typed without them, since the encoder has hardly seen it so.

For each syllable there are a few ways to mark it; of all ways to mark a clause the likeliest is taken, by how often
three syllables followed each other in the examples and in `vietnamese.txt`. One letter stays one letter, so that places
in the text hold. What nobody has seen stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

from bot.nlu.following import BEGIN, END, Following

WORDS: Final = Path(__file__).with_name("vietnamese.txt")
FEW: Final = 0.4
"""Share of syllables with marks below which a text was typed without them; of ordinary Vietnamese 0.75 have some."""
TRIED: Final = 8
"""Ways to mark a clause that are followed side by side."""
MOST: Final = 40
"""Syllables that are looked at together; who writes without any stop is cut there."""

_SYLLABLE: Final = re.compile(r"[^\W\d_]+")
_BORDER: Final = re.compile(r"[^\w\s'-]|\n")


def bare(text: str) -> str:
    """Take the marks off; one letter stays one letter."""
    return "".join(map(_bare_letter, text))


@lru_cache(maxsize=2048)
def _bare_letter(letter: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(letter, unicodedata.normalize("NFD", letter)[0])


def is_unmarked(text: str) -> bool:
    """Tell whether a text has no marks, or next to none."""
    syllables: list[str] = _SYLLABLE.findall(text)
    return sum(bare(syllable) != syllable for syllable in syllables) < FEW * len(syllables)


def reference() -> list[str]:
    """Give the phrases of `vietnamese.txt`."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class Marks:
    """What follows what in Vietnamese. Safe to use from several threads."""

    def __init__(self, clauses: Iterable[Sequence[str]]) -> None:
        """Count over clauses, as syllables with their marks."""
        self.clauses: list[Sequence[str]] = list(clauses)
        self._ways: dict[str, dict[str, None]] = {}
        self._following = Following(self.clauses)
        for clause in self.clauses:
            for syllable in clause:
                self._ways.setdefault(bare(syllable), {})[syllable] = None

    @classmethod
    def learnt_from(cls, texts: Iterable[str]) -> Marks:
        """Learn from texts that have their marks; the others are passed over."""
        return cls(clause for text in texts if not is_unmarked(text) for clause in _clauses(text.lower()))

    def restore(self, text: str) -> str:
        """Give a text with its marks; one that has them already comes back as it is."""
        if not is_unmarked(text):
            return text
        written = list(text)
        for clause in _places(text):
            found = self._likeliest([text[start:end].lower() for start, end in clause])
            for (start, end), marked in zip(clause, found, strict=True):
                cased = (
                    new.upper() if old.isupper() else new for old, new in zip(text[start:end], marked, strict=True)
                )
                written[start:end] = cased
        return "".join(written)

    def _likeliest(self, syllables: Sequence[str]) -> tuple[str, ...]:
        """Follow the best ways through a clause; what has a mark, or was never seen, has one way only."""
        paths: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {(BEGIN, BEGIN): (0.0, ())}
        for syllable in (*syllables, END):
            grown: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}
            ways = list(self._ways.get(syllable) or (syllable,))
            for (first, second), (score, path) in paths.items():
                for way, chance in zip(ways, self._following.after(first, second, ways), strict=True):
                    reached = score + chance
                    if (second, way) not in grown or reached > grown[second, way][0]:
                        grown[second, way] = (reached, (*path, way))
            best = sorted(grown.items(), key=lambda item: item[1], reverse=True)
            paths = dict(best[:TRIED])
        return max(paths.values())[1][:-1]


def _clauses(text: str) -> Iterator[tuple[str, ...]]:
    for clause in _places(text):
        yield tuple(text[start:end] for start, end in clause)


def _places(text: str) -> Iterator[list[tuple[int, int]]]:
    """Give where the syllables of each clause stand; a stop, a comma or a new line parts clauses."""
    borders = [border.start() for border in _BORDER.finditer(text)]
    passed = 0
    numbered = []
    for count, syllable in enumerate(_SYLLABLE.finditer(text)):
        while passed < len(borders) and borders[passed] < syllable.start():
            passed += 1
        numbered.append(((passed, count // MOST), syllable.span()))
    for _, clause in groupby(numbered, key=lambda item: item[0]):
        yield [span for _, span in clause]
