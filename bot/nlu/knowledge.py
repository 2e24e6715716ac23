"""What the reader has learnt, kept beside the code (`knowledge.npz`): learning it takes up to an hour.

`python -m bot.nlu.schooling` writes it. Matrices are kept as the reader multiplies by them, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bot.nlu.e5 import Numbers
from bot.nlu.examples import Example
from bot.nlu.graph import WIDEST, Heads, Tensors, in_whole_numbers

FILE: Final = Path(__file__).with_name("knowledge.npz")
WHOLE: Final = ".whole"
SCALE: Final = ".scale"
HEADS: Final = "heads."
WIDEST_OF_PLAIN: Final = 127
"""The last matrix of each layer is multiplied in plain numbers, so all eight bits may be used."""


@dataclass(frozen=True)
class Knowledge:
    """What was learnt of what."""

    labels: tuple[str, ...]
    intents: tuple[str, ...]
    layers: Tensors
    """The upper layers, by the names of the model file; matrices as (out, in)."""
    heads: Heads
    met: frozenset[int]
    """The marks of the examples that it was learnt from."""

    def has_met(self, example: Example) -> bool:
        """Tell whether it was learnt from this example too, labelled as it is now."""
        return example.mark in self.met


def save(knowledge: Knowledge, file: Path = FILE) -> None:
    """Write what was learnt; no text is kept, and no pickle: numbers and names only."""
    stored: dict[str, Any] = {HEADS + name: value for name, value in vars(knowledge.heads).items()}
    for name, tensor in knowledge.layers.items():
        if tensor.ndim == 1:
            stored[name] = tensor
        else:
            widest = WIDEST_OF_PLAIN if ".fo." in name else WIDEST
            stored[name + WHOLE], stored[name + SCALE] = in_whole_numbers(tensor, widest)
    met = np.array(sorted(knowledge.met), np.uint64)
    with file.open("wb") as written:
        np.savez_compressed(written, labels=knowledge.labels, intents=knowledge.intents, met=met, **stored)


def load(file: Path = FILE) -> Knowledge:
    """Read what `save` wrote."""
    with np.load(file, allow_pickle=False) as stored:
        heads = {name.removeprefix(HEADS): stored[name] for name in stored.files if name.startswith(HEADS)}
        layers = {name: _opened(stored, name) for name in _tensors_in(stored.files)}
        labels, intents = (tuple(stored[names].tolist()) for names in ("labels", "intents"))
        return Knowledge(labels, intents, layers, Heads(**heads), frozenset(stored["met"].tolist()))


def _tensors_in(names: Sequence[str]) -> list[str]:
    others = ("labels", "intents", "met")
    return [
        name.removesuffix(WHOLE)
        for name in names
        if name not in others and not name.startswith(HEADS) and not name.endswith(SCALE)
    ]


def _opened(stored: Any, name: str) -> Numbers:
    if name in stored.files:
        return np.asarray(stored[name])
    opened: Numbers = stored[name + WHOLE].astype(np.float32) * stored[name + SCALE][:, None]
    return opened
