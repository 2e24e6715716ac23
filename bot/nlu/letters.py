"""Learns languages by their letters: which short runs of letters, and which words, are likelier in which language.

A naive Bayes model over runs of letters. It is small, learns in seconds, gives the same numbers each time, and every
decision is a sum that can be looked at run by run. (fastText's own training ended in NaN now and then on the same
file, in version 0.9.3, so its model could not be trusted to be there after `rasa train`.)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = "NDArray[np.float32]"

SHORTEST: Final = 2
LONGEST: Final = 5
"""Letters in a run; a blank stands for the border of a word."""
SEEN_IN: Final = 2
"""Texts that must hold a run before it counts."""
UNSEEN: Final = 0.3
"""Share of what all languages do in what a language is taken to do, so that no run is impossible in any."""
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def runs_of(text: str) -> set[str]:
    """Give the runs of letters of a text, and its words."""
    return set(_runs(" ".join(_LETTERS.findall(text.lower()))))


def _runs(written: str) -> Iterator[str]:
    if not written:
        return
    yield from (f" {word} " for word in written.split() if len(word) > LONGEST - 2)
    padded = f" {written} "
    for length in range(SHORTEST, LONGEST + 1):
        yield from (padded[start : start + length] for start in range(len(padded) - length + 1))


@dataclass(frozen=True)
class Letters:
    """What was learnt: a row a run, a column a language. No pickle: strings and numbers only."""

    languages: tuple[str, ...]
    rows: dict[str, int]
    weights: Numbers
    """Log-odds of the run in the language against the mean of all."""

    def scores(self, text: str) -> Numbers:
        """Give the summed log-odds of each language, for each run that is known; 0 where none is."""
        known = [row for row in map(self.rows.get, runs_of(text)) if row is not None]
        if not known:
            return np.zeros(len(self.languages), dtype=np.float32)
        summed: Numbers = self.weights[known].sum(axis=0) / np.float32(len(known) ** 0.5)
        return summed

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        (folder / "runs.json").write_text(json.dumps([self.languages, list(self.rows)], ensure_ascii=False))
        np.savez_compressed(folder / "letters.npz", weights=self.weights.astype(np.float16))

    @classmethod
    def load(cls, folder: Path) -> Letters:
        """Read what `save` wrote."""
        languages, runs = json.loads((folder / "runs.json").read_text())
        with np.load(folder / "letters.npz", allow_pickle=False) as stored:
            return cls(tuple(languages), {run: row for row, run in enumerate(runs)}, stored["weights"].astype("f4"))


def learn(examples: Iterable[tuple[str, str]]) -> Letters:
    """Learn from pairs of language and text."""
    counts: dict[str, Counter[str]] = {}
    for language, text in examples:
        counts.setdefault(language, Counter()).update(runs_of(text))
    seen: Counter[str] = Counter()
    for counted in counts.values():
        seen.update(counted)
    languages = tuple(sorted(counts))
    rows = {run: row for row, run in enumerate(run for run, times in seen.items() if times >= SEEN_IN)}
    table = np.zeros((len(rows), len(languages)), dtype=np.float64)
    for column, language in enumerate(languages):
        for run, times in counts[language].items():
            if run in rows:
                table[rows[run], column] += times
    chances = table / table.sum(axis=0)
    chances = np.log((1 - UNSEEN) * chances + UNSEEN * chances.mean(axis=1, keepdims=True))
    return Letters(languages, rows, (chances - chances.mean(axis=1, keepdims=True)).astype(np.float32))
