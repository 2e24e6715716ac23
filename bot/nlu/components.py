"""What every component of ours tells Rasa: how it is made, and where it keeps what it learnt."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Final, Generic, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from typing_extensions import Self

HERE: Final = Path(__file__).parent

Learnt = TypeVar("Learnt")


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
    """A component that keeps what it learnt in a folder of the model.

    Rasa takes from its cache what was learnt unless the examples, the settings or the class changed. What else it is
    learnt with is therefore named here: a model learnt otherwise than the code says is never taken for a current one.
    """

    learns_with: ClassVar[tuple[str, ...]]
    """The modules of this package, as files, that say how is learnt; the component's own is the first."""

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
    def learns_from(cls) -> str:
        """Give a digest of what is learnt from beside the texts and metadata of the examples."""
        return ""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Learn anew when it is learnt otherwise, or from something else."""
        sources = (hashlib.blake2b((HERE / file).read_bytes(), digest_size=16) for file in cls.learns_with)
        return repr((cls.learns_from(), *(source.hexdigest() for source in sources)))

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
