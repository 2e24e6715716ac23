"""What every component of ours tells Rasa: how it is made, and where it keeps what it learnt."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, Generic, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from typing_extensions import Self

Learnt = TypeVar("Learnt")
Own = TypeVar("Own", bound="Unlearned")
OwnLearning = TypeVar("OwnLearning", bound="Learning[Any]")


class Unlearned(GraphComponent):
    """A component that learns nothing and has nothing to set."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Make the component."""
        return cls()


class Learning(GraphComponent, Generic[Learnt]):
    """A component that keeps what it learnt in a folder of the model."""

    def __init__(self, model_storage: ModelStorage, resource: Resource, learnt: Learnt | None) -> None:
        """Keep where to store what is learnt, or what was learnt."""
        self._model_storage = model_storage
        self._resource = resource
        self._learnt = learnt

    @classmethod
    @abstractmethod
    def opened(cls, folder: Path) -> Learnt:
        """Open what `train` wrote into the folder."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
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
    ) -> Self:
        """Make the component from what it learnt."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, cls.opened(folder))
