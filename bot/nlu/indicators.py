"""Hears what a message says of a person's situation: indicator codes with evidence, and urgency.

One binary classifier a code and a degree of urgency, over the vectors of the whole text and of its parts, learnt from
the metadata of the examples (`indicators: [...]`, `urgency: ...`); an example without metadata says nothing of either.
What it gives is `heard`, never a verdict (design/conversation.md, *Indicators*).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.codes import INDICATOR_CODES, URGENCIES
from bot.nlu.embeddings import embed, vector_of
from bot.nlu.heads import Heads, learn
from bot.nlu.parts import Span, parts_of
from bot.nlu.scripts import UNWRITTEN, script_of

INDICATORS: Final = "indicators"
URGENCY: Final = "urgency"
URGENCY_MAYBE: Final = "urgency_maybe"
NAMES: Final = (*INDICATOR_CODES, *(urgency for urgency in URGENCIES if urgency != "none"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Indicators(GraphComponent):
    """Sets `indicators`, `urgency` and `urgency_maybe` on each message."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, heads: Heads | None) -> None:
        """Keep where to store what is learnt, or what was learnt."""
        self._model_storage = model_storage
        self._resource = resource
        self._heads = heads

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Indicators:
        """Make the component before it has learnt."""
        return cls(model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Indicators:
        """Make the component from what it learnt."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Heads.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples; an unknown code in their metadata raises ValueError."""
        examples = [example for example in training_data.training_examples if vector_of(example) is not None]
        labels = np.array([[name in _labels_of(example) for name in NAMES] for example in examples], dtype=bool)
        self._heads = learn(np.vstack([vector_of(example) for example in examples]), labels, NAMES)
        with self._model_storage.write_to(self._resource) as folder:
            self._heads.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the examples as they are."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Hear what each message says."""
        for message in messages:
            self._hear(message)
        return messages

    def _hear(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        found: list[dict[str, Any]] = []
        urgency = maybe = "none"
        if self._heads is not None and script_of(text) != UNWRITTEN:
            spans, vectors = _candidates(text, vector_of(message))
            scores = self._heads.scores(vectors)
            found = list(_indicators(self._heads, scores, spans))
            highest = scores.max(axis=0)
            urgency = _first_of(self._heads, highest, self._heads.sure)
            maybe = _first_of(self._heads, highest, self._heads.maybe)
        message.set(INDICATORS, found, add_to_output=True)
        message.set(URGENCY, urgency, add_to_output=True)
        message.set(URGENCY_MAYBE, maybe, add_to_output=True)


def _labels_of(example: Message) -> set[str]:
    data = (example.get("metadata") or {}).get("example") or {}
    labels = set(data.get("indicators") or ())
    if data.get("urgency", "none") != "none":
        labels.add(data["urgency"])
    unknown = labels - set(NAMES)
    if unknown:
        raise ValueError(f"unknown codes in the metadata of an example: {', '.join(sorted(unknown))}")
    return labels


def _candidates(text: str, whole: NDArray[np.float32] | None) -> tuple[list[Span], NDArray[np.float32]]:
    """Give the whole text and, where it has several, its parts, each with its vector."""
    parts = parts_of(text)
    everything = (parts[0][0], parts[-1][1])
    rows = whole if whole is not None else embed([text])
    if len(parts) == 1:
        return [everything], rows
    return [everything, *parts], np.vstack([rows, embed([text[start:end] for start, end in parts])])


def _indicators(heads: Heads, scores: NDArray[np.float64], spans: list[Span]) -> list[dict[str, Any]]:
    found = []
    for column, name in enumerate(heads.names):
        confidence = float(scores[:, column].max())
        if name in INDICATOR_CODES and confidence >= heads.sure[column]:
            row = _smallest_row(scores[:, column], heads.sure[column])
            found.append({"code": name, "confidence": round(confidence, 4), "evidence": list(spans[row])})
    return found


def _smallest_row(scores: NDArray[np.float64], enough: float) -> int:
    """Give the best part if a part is enough by itself, else the whole text, which is row 0."""
    if len(scores) == 1:
        return 0
    best = 1 + int(scores[1:].argmax())
    return best if scores[best] >= enough else 0


def _first_of(heads: Heads, highest: NDArray[np.float64], enough: NDArray[np.float64]) -> str:
    heard = {name for name, score, needed in zip(heads.names, highest, enough, strict=True) if score >= needed}
    return next((urgency for urgency in URGENCIES if urgency in heard), "none")
