"""What is unclear is `tell`: the bot never says that it did not understand (design/conversation.md, `listening`)."""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.scripts import UNWRITTEN, script_of

TELL: Final = "tell"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Unclear(GraphComponent):
    """Makes an intent below `threshold`, or read from no letters at all, `tell`."""

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
    ) -> Unclear:
        """Make the component."""
        return cls(float(config["threshold"]))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Give the confidence that is used unless config.yml says otherwise."""
        return {"threshold": 0.4}

    def process(self, messages: list[Message]) -> list[Message]:
        """Let the unclear be `tell`."""
        for message in messages:
            intent = message.get(INTENT) or {"name": None, "confidence": 0.0}
            if script_of(message.get(TEXT) or "") == UNWRITTEN:
                message.set(INTENT, {"name": TELL, "confidence": 0.0}, add_to_output=True)
            elif intent["confidence"] < self._threshold:
                message.set(INTENT, {"name": TELL, "confidence": intent["confidence"]}, add_to_output=True)
        return messages
