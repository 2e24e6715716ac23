"""Reads the examples for Rasa: its own reading of YAML, four times over in plain Python, takes a minute longer.

Putting them together, Rasa copies and hashes every example nine times; `Told` makes both cheap.

`saphan check` looks at every field of them (`bot/services/checks/training.py`); here only what cannot be learnt from is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from typing_extensions import Self, override

from bot.domain.codes import LANGUAGES
from bot.nlu.written import FOLDER, ROOT, parsed


class NoExample(ValueError):
    """A file of `nlu_data` holds something that is no example."""


class Told(Message):
    """An example, whose copies share what was written and keep the fingerprint until something of them changes."""

    @override
    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property; what it is already is no change."""
        shown = not add_to_output or prop in self.output_properties
        if not shown or prop not in self.data or self.data[prop] != info:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        """Give one that can be changed by itself; the values within are never changed in place."""
        other = type(self)(self.data, set(self.output_properties), self.time, list(self.features))
        other._cached_fingerprint = self._cached_fingerprint  # noqa: SLF001 - pinned to Rasa 3.6.21
        return other


class Importer(RasaFileImporter):
    """Gives Rasa the examples of `nlu_data`, and all else as Rasa reads it; named in `config.yml`."""

    @cached_property
    def _examples(self) -> TrainingData:
        return examples_for_rasa(ROOT / FOLDER)

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Give the examples of all languages; Rasa asks with and without its `language`, which says nothing here."""
        return self._examples


def examples_for_rasa(folder: Path, files: str = "*.yml") -> TrainingData:
    """Read the examples of all languages below a folder; raises NoExample where a block cannot be read."""
    files_of_all = (file for language in LANGUAGES for file in sorted((folder / language).glob(files)))
    return TrainingData([message for file in files_of_all for message in _messages(file)])


def _messages(file: Path) -> Iterator[Message]:
    try:
        for block in parsed(file).get("nlu") or ():
            for example in block["examples"]:
                text, metadata = example["text"].strip(), example.get("metadata")
                yield Told.build(text, block["intent"], example_metadata=metadata)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        name = f"{FOLDER}/{file.parent.name}/{file.name}"
        raise NoExample(f"{name} cannot be read; `saphan check` tells where: {type(error).__name__}") from error
