"""Makes a text safe for every later component without moving a single code point.

Each replacement is one to one, so that offsets into the cleaned text are offsets into the text as it was given.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

KEPT_CONTROLS = frozenset("\n\t")
HARMLESS_SLASH = "\u2044"


def clean(text: str) -> str:
    """Replace NUL, controls, direction marks, lone surrogates and private code points by a blank, one to one.

    A slash that opens the text becomes a fraction slash: Rasa would take `/restart` for an order.
    """
    cleaned = "".join(_clean_character(character) for character in text)
    start = len(cleaned) - len(cleaned.lstrip())
    if cleaned.startswith("/", start):
        return cleaned[:start] + HARMLESS_SLASH + cleaned[start + 1 :]
    return cleaned


def _clean_character(character: str) -> str:
    if character in KEPT_CONTROLS or character in "\u200c\u200d":
        return character
    return " " if unicodedata.category(character)[0] == "C" else character


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Cleaning(GraphComponent):
    """Cleans the text of every message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Cleaning:
        """Make the component; it learns nothing."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Clean what a person wrote."""
        for message in messages:
            if message.get(TEXT) is not None:
                message.set(TEXT, clean(message.get(TEXT)), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Clean examples the same way, so that what is learnt is what is read."""
        self.process(training_data.training_examples)
        return training_data
