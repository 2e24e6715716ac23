"""Recordings of sentences in `flows/voice/<language>/<topic>.<message>.ogg`; their hashes stand in `hashes.yml` there.

What is wrong in the folder `saphan check` says, and the program does not start with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.codes import LANGUAGES
from bot.domain.recordings import hash_of

HASHES: Final = "hashes.yml"


class RecordingFiles:
    """Body of `Recordings`: the names and hashes are read once, a sound when it is asked for."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        """`paths` by `language-hash`."""
        self._paths = paths
        self._languages = frozenset(name.partition("-")[0] for name in paths)

    @classmethod
    def read(cls, folder: Path) -> RecordingFiles:
        """Read what is there; no folder is no recordings."""
        paths: dict[str, Path] = {}
        for language in LANGUAGES:
            file = folder / language / HASHES
            hashes: Any = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}
            for key, hashed in (hashes or {}).items():
                paths[f"{language}-{hashed}"] = folder / language / f"{key}.ogg"
        return cls(paths)

    def has_any(self, language: str) -> bool:
        """Tell whether anything is recorded in a language."""
        return language in self._languages

    def hashes(self, language: str) -> frozenset[str]:
        """Give the hashes of the sentences that are recorded in a language."""
        names = (name.partition("-") for name in self._paths)
        return frozenset(hashed for code, _, hashed in names if code == language)

    def find(self, language: str, sentence: str) -> str:
        """Give the name of the recording of exactly this sentence; empty: there is none."""
        name = f"{language}-{hash_of(sentence)}"
        return name if name in self._paths else ""

    async def sound(self, name: str) -> bytes | None:
        """Give the sound of a recording; None where the name means none."""
        path = self._paths.get(name)
        return None if path is None or not path.exists() else await asyncio.to_thread(path.read_bytes)
