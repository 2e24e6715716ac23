"""Learns languages by their letters: a fastText model of our own, of the examples' words and their runs of letters.

It is learnt by this module run as a program. Where one thread learns, fastText 0.9.3 gives only a tenth of its numbers
a value to begin with (`DenseMatrix::uniformThread`); the rest is what the allocator hands over. In memory that others
had used before, learning ended in NaN now and then, and with more threads no two runs are alike. A process of its own
can be told at its start that memory is handed out as zeros.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

MODEL: Final = "letters.bin"
LABEL: Final = "__label__"
SETTINGS: Final[dict[str, Any]] = {
    "minn": 2,
    "maxn": 5,
    "dim": 16,
    "bucket": 200_000,
    "epoch": 15,
    "lr": 0.5,
    "thread": 1,
    "verbose": 0,
}
"""The best of eight tried on strangers' messages that were left out of learning. Half the width of 32 in a third of the
space names as many of them right."""
ZEROS: Final = {"MALLOC_PERTURB_": "255"}
"""The C library fills what it hands out with the complement of this byte."""
UNLIKELY: Final = 0.01
"""A smaller chance counts as this one: of a short word fastText is far too sure."""
SEED: Final = 3
ROOT: Final = Path(__file__).resolve().parents[2]
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


class NotLearnt(RuntimeError):
    """FastText did not learn; the text says what it said."""


@dataclass(frozen=True)
class Letters:
    """What was learnt."""

    model: Any
    """FastText's own, with a label a language."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages that it knows."""
        return tuple(label.removeprefix(LABEL) for label in self.model.get_labels())

    def scores(self, text: str) -> dict[str, float]:
        """Give how much likelier each language is than the mean of all, as logarithms; 0 where no letter tells."""
        written = _written(text)
        if not written:
            return dict.fromkeys(self.languages, 0.0)
        labels, chances = self.model.predict(written, k=-1)
        found = np.log(np.maximum(chances, UNLIKELY))
        named = (label.removeprefix(LABEL) for label in labels)
        return dict(zip(named, (found - found.mean()).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        self.model.save_model(str(folder / MODEL))

    @classmethod
    def load(cls, folder: Path) -> Letters:
        """Read what `save` wrote."""
        import fasttext

        return cls(fasttext.load_model(str(folder / MODEL)))


def learn(examples: Iterable[tuple[str, str]]) -> Letters:
    """Learn from pairs of language and text, the same each time. Raises NotLearnt."""
    with tempfile.TemporaryDirectory() as name:
        lines, model = Path(name) / "lines.txt", Path(name) / MODEL
        lines.write_text("".join(f"{line}\n" for line in _lines(list(examples))), encoding="utf-8")
        command = [sys.executable, "-m", __name__, str(lines), str(model)]
        done = subprocess.run(  # noqa: S603 - our own
            command, cwd=ROOT, env={**os.environ, **ZEROS}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotLearnt(f"the languages could not be learnt: {done.stderr.strip()}")
        return Letters.load(Path(name))


def _lines(examples: list[tuple[str, str]]) -> list[str]:
    """Give fastText's lines, mixed; a language with fewer examples has each of them more often, by the root."""
    counts = Counter(language for language, _ in examples)
    most = max(counts.values(), default=0)
    times = {language: round((most / count) ** 0.5) for language, count in counts.items()}
    lines = [
        f"{LABEL}{language} {written}"
        for language, text in examples
        if (written := _written(text))
        for _ in range(times[language])
    ]
    return [lines[place] for place in np.random.default_rng(SEED).permutation(len(lines))]


def _written(text: str) -> str:
    """Give the words of a text without digits and signs, on one line."""
    return " ".join(_LETTERS.findall(text.lower()))


def main(arguments: list[str]) -> None:
    """Learn from a file of lines, and write the model into another."""
    import fasttext

    lines, model = arguments
    fasttext.train_supervised(lines, **SETTINGS).save_model(model)


if __name__ == "__main__":
    main(sys.argv[1:])
