"""The one model behind the reader: gives for a text the score of everything that it may say.

multilingual-e5-small, read out of the package that ships it (`bot.nlu.e5`). Its lower layers are as they were shipped,
its upper ones and the heads as they were learnt (`bot.nlu.schooling`); together they are one graph (`bot.nlu.graph`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.nlu import e5
from bot.nlu.graph import FAR, Graph, session
from bot.nlu.knowledge import Knowledge
from bot.nlu.pieces import Choose, Cut, cut, rows_of

READER: Final = "reader.onnx"
NAMES: Final = "names.json"


@dataclass(frozen=True)
class Scores:
    """What one text may say: a raw score a label and an intent, and where each label looked."""

    labels: dict[str, float]
    intents: dict[str, float]
    cut: Cut
    looked: NDArray[np.float32]
    """(labels, pieces), in the order of `labels`; each row adds up to 1."""


class Encoder:
    """A model that has learnt. Safe to use from several threads."""

    def __init__(self, graph: Any, labels: Sequence[str], intents: Sequence[str]) -> None:
        """Keep the running graph and the names of what it gives."""
        self._graph = graph
        self._labels = tuple(labels)
        self._intents = tuple(intents)
        self._model = e5.load()

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """Open what `write` wrote into a folder."""
        names = json.loads((folder / NAMES).read_text())
        # A thread a reading: the server reads several messages side by side, and none of them waits for another.
        return cls(session(folder / READER, threads=1), names["labels"], names["intents"])

    def read(self, text: str, choose: Choose) -> Scores:
        """Score one clean text."""
        pieces = cut(self._model, text, choose)
        first, last = pieces.read
        unread = np.full((1, len(pieces.ids)), FAR, np.float32)
        unread[0, first:last] = 0
        given = {"x": rows_of(self._model, pieces.ids)[None], "hidden": np.zeros_like(unread), "unread": unread}
        labels, intents, looked = self._graph.run(["labels", "intent_scores", "looked"], given)
        return Scores(
            labels=dict(zip(self._labels, labels[0].tolist(), strict=True)),
            intents=dict(zip(self._intents, intents[0].tolist(), strict=True)),
            cut=pieces,
            looked=looked[0],
        )


def write(knowledge: Knowledge, folder: Path) -> None:
    """Write what was learnt into a folder, as the graph that `Encoder.load` opens."""
    model = e5.load()
    graph = Graph(model.shape)
    above = graph.layers({**model.tensors, **knowledge.layers}, range(model.shape.layers), "x")
    graph.heads(knowledge.heads, above)
    graph.save(["labels", "intent_scores", "looked"], folder / READER)
    (folder / NAMES).write_text(json.dumps({"labels": knowledge.labels, "intents": knowledge.intents}))
