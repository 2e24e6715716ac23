"""Labelled messages to measure by: the set of this repository, or another one in the same shape.

What is measured by is never trained on. The one that trains is `bot.evaluation.peers.training`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, URGENCIES
from bot.errors import SettingError


@dataclass(frozen=True)
class Labelled:
    """One message and what it says by the contract's rules; `gloss` is its meaning in English."""

    id: str
    text: str
    language: str
    kind: str
    intent: str
    codes: frozenset[str]
    urgency: str
    gloss: str = ""
    evidence: tuple[tuple[str, int, int], ...] = ()
    """Code, start and end where somebody marked the words; today nobody did."""

    @property
    def is_urgent(self) -> bool:
        """Tell whether it needs somebody now."""
        return self.urgency != "none"

    @property
    def is_quiet(self) -> bool:
        """Tell whether it is told without any sign: a denial, a harmless mention, plain life."""
        return self.intent == "tell" and not self.codes and not self.is_urgent


def read_set(path: Path) -> list[Labelled]:
    """Read a file of messages, or a folder with one file a language; a wrong label raises SettingError."""
    files = sorted(path.glob("*.yml")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise SettingError(f"{path} should be a file of labelled messages, or a folder with one <language>.yml each")
    return [labelled_of(row, file) for file in files for row in _rows(file)]


def labelled_of(row: dict[str, Any], file: Path) -> Labelled:
    """Check one row and give it; the sentence of a fault names the row, never its text."""
    name = f"{file.name}, message {row.get('id')!r}"
    codes, urgency, intent = row.get("indicators") or [], row.get("urgency", "none"), row.get("intent", "tell")
    # YAML takes a bare `no` for a truth value, and `no` is one of our intents.
    checks = {
        "text should be a string": isinstance(row.get("text"), str),
        f"language should be one of {' '.join(LANGUAGES)}": row.get("language") in LANGUAGES,
        "intent should be a string (put quotes around yes and no)": isinstance(intent, str),
        "indicators should be a list of the contract's codes": set(codes) <= set(INDICATOR_CODES),
        f"urgency should be one of {' '.join(URGENCIES)}": urgency in URGENCIES,
    }
    for sentence, holds in checks.items():
        if not holds:
            raise SettingError(f"{name}: {sentence}")
    return Labelled(
        id=str(row.get("id")),
        text=row["text"],
        language=row["language"],
        kind=str(row.get("kind") or "plain"),
        intent=intent,
        codes=frozenset(codes),
        urgency=urgency,
        gloss=str(row.get("gloss") or ""),
        evidence=tuple((code, int(start), int(end)) for code, start, end in row.get("evidence") or ()),
    )


def _rows(file: Path) -> Iterable[dict[str, Any]]:
    try:
        rows = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise SettingError(f"{file} cannot be read as YAML") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SettingError(f"{file} should be a list of messages with id, text and language")
    return rows
