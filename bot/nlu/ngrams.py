"""FastText models of our own: which words, pairs of words and runs of letters speak for which label.

They are learnt by this module run as a program. Where one thread learns, fastText 0.9.3 gives only a tenth of its
numbers a value to begin with (`DenseMatrix::uniformThread`); the rest is what the allocator hands over. In memory that
others had used before, learning ended in NaN now and then, and with more threads no two runs are alike. A process of
its own can be told at its start that memory is handed out as zeros.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

MODEL: Final = "ngrams.bin"
LABEL: Final = "__label__"
ALWAYS: Final[dict[str, Any]] = {"thread": 1, "verbose": 0}
ZEROS: Final = {"MALLOC_PERTURB_": "255"}
"""The C library fills what it hands out with the complement of this byte."""
SEED: Final = 3
ROOT: Final = Path(__file__).resolve().parents[2]


class NotLearnt(RuntimeError):
    """FastText did not learn; the text says what it said."""


@dataclass(frozen=True)
class Ngrams:
    """What was learnt."""

    model: Any

    def chances(self, text: str) -> dict[str, float]:
        """Give the chance of each label for a text on one line."""
        labels, chances = self.model.predict(text, k=-1)
        return {label.removeprefix(LABEL): float(chance) for label, chance in zip(labels, chances, strict=True)}

    def save(self, folder: Path) -> None:
        """Write what was learnt into a folder."""
        self.model.save_model(str(folder / MODEL))

    @classmethod
    def load(cls, folder: Path) -> Ngrams:
        """Read what `save` wrote."""
        import fasttext

        return cls(fasttext.load_model(str(folder / MODEL)))


def learn(examples: Sequence[tuple[Collection[str], str]], settings: Mapping[str, Any]) -> Ngrams:
    """Learn from labels and texts on one line each, in any order and the same each time. Raises NotLearnt.

    `settings` are fastText's own; the examples are mixed, for it learns them one after the other.
    """
    order = np.random.default_rng(SEED).permutation(len(examples))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = folder / "lines.txt"
        lines.write_text("".join(_line(*examples[place]) for place in order), encoding="utf-8")
        command = [sys.executable, "-m", __name__, str(lines), str(folder / MODEL), json.dumps({**settings, **ALWAYS})]
        done = subprocess.run(  # noqa: S603 - our own
            command, cwd=ROOT, env={**os.environ, **ZEROS}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotLearnt(f"fastText could not learn: {done.stderr.strip()}")
        return Ngrams.load(folder)


def _line(labels: Collection[str], text: str) -> str:
    return " ".join([*(LABEL + label for label in sorted(labels)), text]) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Learn from a file of lines by these settings, and write the model into another file."""
    import fasttext

    lines, model, settings = arguments
    fasttext.train_supervised(lines, **json.loads(settings)).save_model(model)


if __name__ == "__main__":
    main(sys.argv[1:])
