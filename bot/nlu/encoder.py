"""The one model behind the reader: learns from the examples, and gives for a text the score of everything it may say.

multilingual-e5-small, read out of the package that ships it (`bot.nlu.e5`). Its lower layers stay as they are, its
upper ones learn together with the heads (`bot.nlu.learning`); what comes out is one graph (`bot.nlu.graph`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.nlu import e5
from bot.nlu.e5 import Numbers
from bot.nlu.graph import FAR, Graph, session
from bot.nlu.pieces import Choose, Cut, cut, rows_of

KEPT_LAYERS: Final = 6
"""Lower layers that stay as shipped; the ones above them learn."""
READER: Final = "reader.onnx"
NAMES: Final = "names.json"
AT_ONCE: Final = 4096
"""Pieces that go through the lower layers together while learning."""


@dataclass(frozen=True)
class Example:
    """One text to learn from: the labels that it carries and its intent."""

    text: str
    labels: frozenset[str]
    intent: str
    typed: str = ""
    """How it was typed, where that was in Latin letters and `text` is in the script of the language."""


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
        """Open what `learn` wrote into a folder."""
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


def learn(examples: Sequence[Example], labels: Sequence[str], choose: Choose, folder: Path) -> None:
    """Learn from examples, and write the model into a folder; `labels` are all there may be."""
    from bot.nlu.learning import Lesson, Upper

    model = e5.load()
    intents = sorted({example.intent for example in examples})
    cuts = [cut(model, example.text, choose) for example in examples]
    marks = np.array([[label in example.labels for label in labels] for example in examples], np.float32)
    choices = np.array([intents.index(example.intent) for example in examples], np.int32)
    hidden = _through_lower(cuts, folder)
    upper = range(KEPT_LAYERS, model.shape.layers)
    learner = Upper(model.shape, model.tensors, upper, len(labels), len(intents))
    learner.learn(Lesson(hidden, [pieces.read for pieces in cuts], marks, choices), _shown())
    learnt = learner.learnt()
    graph = Graph(model.shape)
    tensors = {**model.tensors, **learnt.tensors}
    graph.heads(learnt.heads, graph.layers(tensors, range(model.shape.layers), "x"))
    graph.save(["labels", "intent_scores", "looked"], folder / READER)
    (folder / NAMES).write_text(json.dumps({"labels": list(labels), "intents": intents}))


def _through_lower(cuts: Sequence[Cut], folder: Path) -> list[Numbers]:
    """Give what the lower layers make of each text; texts of like length go together."""
    model = e5.load()
    path = folder / "lower.onnx"
    graph = Graph(model.shape)
    given = graph.layers(model.tensors, range(KEPT_LAYERS), "x")
    graph.save([given], path)
    lower = session(path, threads=os.cpu_count() or 1)
    path.unlink()
    rows: list[Numbers] = [np.empty((0, 0), np.float32)] * len(cuts)
    order = sorted(range(len(cuts)), key=lambda text: len(cuts[text].ids))
    for batch in _together(order, cuts):
        longest = max(len(cuts[text].ids) for text in batch)
        x = np.zeros((len(batch), longest, model.shape.width), np.float32)
        hidden = np.full((len(batch), longest), FAR, np.float32)
        for place, text in enumerate(batch):
            x[place, : len(cuts[text].ids)] = rows_of(model, cuts[text].ids)
            hidden[place, : len(cuts[text].ids)] = 0
        above = lower.run(None, {"x": x, "hidden": hidden})[0]
        for place, text in enumerate(batch):
            rows[text] = above[place, : len(cuts[text].ids)].copy()
    return rows


def _together(order: Sequence[int], cuts: Sequence[Cut]) -> list[list[int]]:
    batches: list[list[int]] = [[]]
    for text in order:
        if batches[-1] and len(cuts[text].ids) * (len(batches[-1]) + 1) > AT_ONCE:
            batches.append([])
        batches[-1].append(text)
    return batches


def _shown() -> Callable[[float], None]:
    """Show progress where somebody watches; one line, rewritten."""
    if not sys.__stderr__ or not sys.__stderr__.isatty():
        return lambda _: None
    stream = sys.__stderr__

    def show(share: float) -> None:
        stream.write(f"\rlearning ... {share:.0%}" + ("\n" if share >= 1 else ""))
        stream.flush()

    return show
