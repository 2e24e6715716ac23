"""Learns all that the reader knows (`python -m bot.nlu.schooling`), or teaches it what it has not met yet.

Learning everything takes from half an hour to some hours, so what was learnt lies beside the code
(`bot.nlu.knowledge`): every machine reads with the very numbers that were measured. Training teaches the heads what is
new among the examples; when much is, let everything be learnt.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from bot.nlu import e5, knowledge
from bot.nlu.cleaning import Cleaning
from bot.nlu.danger import important_parts
from bot.nlu.e5 import Numbers
from bot.nlu.examples import Example
from bot.nlu.graph import FAR, Graph, Tensors, session
from bot.nlu.importer import examples_for_rasa
from bot.nlu.knowledge import Knowledge
from bot.nlu.learning import Lesson, Upper, blank_heads
from bot.nlu.pieces import Choose, Cut, cut, rows_of
from bot.nlu.spelling import Spellings, spell_examples
from bot.nlu.understanding import LABELS, examples_of
from bot.nlu.written import languages_of_examples

KEPT_LAYERS: Final = 6
"""Lower layers that stay as shipped; the ones above them learn."""
AT_ONCE: Final = 4096
"""Pieces that go through the layers together while learning."""
TAUGHT_EPOCHS: Final = 3
"""Passes over what is new."""
PACE: Final = 0.35
"""How fast the heads learn what is new, as a share of how fast they learnt from nothing.

After 4,000 new messages of strangers, with as many old ones: of messages of others like them codes F1 0.817 instead of
0.804 and danger 0.82 instead of 0.80, of the rest 0.753 instead of 0.756 and 0.71 instead of 0.69. Without old ones the
rest fell to 0.746; with three times as many, at this pace or another, less of the new was heard (0.812 to 0.813).
"""
REPEATED: Final = 1500
"""How many old examples are gone over again at least. After eleven new ones in words unheard of, another like them
scored -1.4 instead of -3.8, and all else was heard as before (F1 0.945). With only four old ones, it was 2.8 and 0.913.
"""
SEED: Final = 5


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn everything from the examples, or only what is new, and keep it beside the code."""
    parser = argparse.ArgumentParser(prog="python -m bot.nlu.schooling", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("nlu_data"))
    parser.add_argument("--new", action="store_true", help="teach only what is new, as training does")
    options = parser.parse_args(arguments)
    examples = read_examples(options.data)
    if options.new:
        knowledge.save(taught(knowledge.load(), examples, LABELS, important_parts))
    else:
        knowledge.save(learn(examples, LABELS, important_parts))


def learn(examples: Sequence[Example], labels: Sequence[str], choose: Choose) -> Knowledge:
    """Learn everything from examples; `labels` are all there may be."""
    model = e5.load()
    intents = sorted({example.intent for example in examples})
    lesson = _lesson(examples, labels, intents, choose, range(KEPT_LAYERS), model.tensors)
    numbers = range(KEPT_LAYERS, model.shape.layers)
    learner = Upper(model.shape, model.tensors, numbers, blank_heads(model.shape.width, len(labels), len(intents)))
    learner.centre(lesson)
    learner.learn(lesson, _shown())
    learnt = learner.learnt()
    met = frozenset(example.mark for example in examples)
    return Knowledge(tuple(labels), tuple(intents), learnt.tensors, learnt.heads, met)


def read_examples(data: Path) -> list[Example]:
    """Read the training data, cleaned and spelt as it is learnt from."""
    read = Cleaning().process_training_data(examples_for_rasa(data))
    languages = languages_of_examples(data)
    return examples_of(spell_examples(read, languages, Spellings.learnt_from(languages)))


def taught(known: Knowledge, examples: Sequence[Example], labels: Sequence[str], choose: Choose) -> Knowledge:
    """Teach the heads which of these examples were not met, and some of the others again; the layers stay.

    A label or an intent that is not known raises ValueError: who adds one lets everything be learnt.
    """
    unknown = (set(labels) ^ set(known.labels)) | ({example.intent for example in examples} - set(known.intents))
    if unknown:
        raise ValueError(f"let everything be learnt, `python -m bot.nlu.schooling`: {', '.join(sorted(unknown))}")
    new = [example for example in examples if not known.has_met(example)]
    if not new:
        return known
    old = [example for example in examples if known.has_met(example)]
    again = np.random.default_rng(SEED).permutation(len(old))[: max(REPEATED, len(new))]
    model = e5.load()
    everything = [*new, *(old[place] for place in again)]
    tensors = {**model.tensors, **known.layers}
    lesson = _lesson(everything, known.labels, known.intents, choose, range(model.shape.layers), tensors)
    learner = Upper(model.shape, {}, (), known.heads)
    before = learner.scores(lesson)[len(new) :]
    learner.learn(lesson, _shown(), TAUGHT_EPOCHS, PACE)
    heads = learner.learnt().heads
    if old:
        # What is new is no fair share of all: mostly it is of what was heard worst. Without this the rest would sound
        # like it, and limits hold only while it scores as it did.
        moved = before - learner.scores(lesson)[len(new) :]
        heads = replace(heads, bias=heads.bias + moved.mean(axis=0))
    return replace(known, heads=heads, met=known.met | {example.mark for example in new})


def _lesson(
    examples: Sequence[Example],
    labels: Sequence[str],
    intents: Sequence[str],
    choose: Choose,
    numbers: Sequence[int],
    tensors: Tensors,
) -> Lesson:
    """Give what the layers of these numbers make of each example, and what is to be learnt of it."""
    model = e5.load()
    cuts = [cut(model, example.text, choose) for example in examples]
    marks = np.array([[label in example.labels for label in labels] for example in examples], np.float32)
    choices = np.array([intents.index(example.intent) for example in examples], np.int32)
    return Lesson(_through(numbers, tensors, cuts), [pieces.read for pieces in cuts], marks, choices)


def _through(numbers: Sequence[int], tensors: Tensors, cuts: Sequence[Cut]) -> list[Numbers]:
    """Give what some layers make of each text; texts of like length go together."""
    model = e5.load()
    graph = Graph(model.shape)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "layers.onnx"
        graph.save([graph.layers(tensors, numbers, "x")], path)
        running = session(path, threads=os.cpu_count() or 1)
    rows: list[Numbers] = [np.empty((0, 0), np.float32)] * len(cuts)
    order = sorted(range(len(cuts)), key=lambda text: len(cuts[text].ids))
    for batch in _together(order, cuts):
        longest = max(len(cuts[text].ids) for text in batch)
        x = np.zeros((len(batch), longest, model.shape.width), np.float32)
        hidden = np.full((len(batch), longest), FAR, np.float32)
        for place, text in enumerate(batch):
            x[place, : len(cuts[text].ids)] = rows_of(model, cuts[text].ids)
            hidden[place, : len(cuts[text].ids)] = 0
        above = running.run(None, {"x": x, "hidden": hidden})[0]
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


if __name__ == "__main__":
    main()
