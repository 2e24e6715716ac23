"""Sentences that a counsellor may start from, in the person's language: by topic, from `flows/phrases/<language>/`.

They are only put into the box to write in; nothing of them is ever sent by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class HoldsPhrases(Protocol):
    """The files of phrases."""

    @property
    def asking(self) -> Mapping[str, bool]:
        """Every key, in the order of the files."""

    def has(self, key: str) -> bool:
        """Tell whether something is written under this key."""

    def say(self, key: str, language: str, **args: str) -> str:
        """Give the sentence of a key in a language."""


@dataclass(frozen=True)
class Phrases:
    """All phrases."""

    words: HoldsPhrases

    def in_language(self, language: str) -> Mapping[str, Mapping[str, str]]:
        """Give topic, key and sentence of every phrase in a language."""
        topics: dict[str, dict[str, str]] = {}
        for key in self.words.asking:
            topics.setdefault(key.partition(".")[0], {})[key] = self.words.say(key, language)
        return topics

    def say(self, key: str, language: str) -> str:
        """Give one sentence; empty for a key that is not there."""
        return self.words.say(key, language) if self.words.has(key) else ""
