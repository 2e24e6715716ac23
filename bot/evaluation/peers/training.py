"""What the reader learns from, as plain rows, for whoever else shall learn from the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.domain.codes import LANGUAGES
from bot.errors import SettingError


@dataclass(frozen=True)
class Example:
    """One message of `nlu_data`."""

    text: str
    language: str
    intent: str
    codes: frozenset[str]
    urgency: str

    @property
    def labels(self) -> frozenset[str]:
        """Give codes and urgency together, as a multi-label learner wants them."""
        return self.codes | ({self.urgency} - {"none"})


def read_examples(folder: Path) -> list[Example]:
    """Read what people say in the ten languages; what else lies there teaches only which languages we do not speak."""
    files = [file for language in LANGUAGES for file in sorted((folder / language).glob("*.yml"))]
    if not files:
        raise SettingError(f"{folder} holds no training data")
    return [
        Example(
            text=example["text"],
            language=file.parent.name,
            intent=block["intent"],
            codes=frozenset((example.get("metadata") or {}).get("indicators") or ()),
            urgency=(example.get("metadata") or {}).get("urgency", "none"),
        )
        for file in files
        for block in yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]
        if "intent" in block
        for example in block["examples"]
    ]
