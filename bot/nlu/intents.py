"""Names what a message asks for. What is unclear is `tell`: the bot never says that it did not understand."""

from __future__ import annotations

import math
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.scripts import UNWRITTEN, script_of
from bot.nlu.understanding import scores_of

TELL: Final = "tell"
RANKED: Final = 3
SUREST: Final = 0.9999
"""What is read is never certain; 1 is what Rasa says of an order, which nobody can write."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Intents(GraphComponent):
    """Sets the likeliest intent; below `threshold`, or without a letter, it is `tell`."""

    def __init__(self, threshold: float) -> None:
        """Keep the confidence from which an intent counts."""
        self._threshold = threshold

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Intents:
        """Make the component."""
        return cls(float(config["threshold"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the confidence that is used unless config.yml says otherwise."""
        return {"threshold": 0.4}

    def process(self, messages: list[Message]) -> list[Message]:
        """Name the intent of each message."""
        for message in messages:
            scores = scores_of(message)
            ranked = _ranked(scores.intents) if scores is not None else [(TELL, 0.0)]
            name, confidence = ranked[0]
            if script_of(message.get(TEXT) or "") == UNWRITTEN:
                name, confidence = TELL, 0.0
            elif confidence < self._threshold:
                name = TELL
            message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
            ranking = [{"name": each, "confidence": share} for each, share in ranked[:RANKED]]
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _ranked(scores: dict[str, float]) -> list[tuple[str, float]]:
    """Give the intents with their share of all, at most `SUREST`, the likeliest first."""
    highest = max(scores.values())
    weights = {name: math.exp(score - highest) for name, score in scores.items()}
    total = sum(weights.values())
    return sorted(((name, min(weight / total, SUREST)) for name, weight in weights.items()), key=lambda pair: -pair[1])
