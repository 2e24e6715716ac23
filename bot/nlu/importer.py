"""Reads the examples for Rasa: its own reading of YAML, four times over in plain Python, takes a minute longer.

`saphan check` looks at every field of them (`bot/services/checks/training.py`); here only what cannot be learnt from is
refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.codes import LANGUAGES
from bot.nlu.written import FOLDER, ROOT


class NoExample(ValueError):
    """A file of `nlu_data` holds something that is no example."""


class Importer(RasaFileImporter):
    """Gives Rasa the examples of `nlu_data`, and all else as Rasa reads it; named in `config.yml`."""

    def get_nlu_data(self, language: str | None = None) -> TrainingData:
        """Give the examples of all languages; `language` is Rasa's and says nothing here."""
        return examples_for_rasa(ROOT / FOLDER)


def examples_for_rasa(folder: Path, files: str = "*.yml") -> TrainingData:
    """Read the examples of all languages below a folder; raises NoExample where a block cannot be read."""
    files_of_all = (file for language in LANGUAGES for file in sorted((folder / language).glob(files)))
    return TrainingData([message for file in files_of_all for message in _messages(file)])


def _messages(file: Path) -> Iterator[Message]:
    try:
        for block in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader).get("nlu") or ():
            for example in block["examples"]:
                text, metadata = example["text"].strip(), example.get("metadata")
                yield Message.build(text, block["intent"], example_metadata=metadata)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        name = f"{FOLDER}/{file.parent.name}/{file.name}"
        raise NoExample(f"{name} cannot be read; `saphan check` tells where: {type(error).__name__}") from error
