"""Which language each example of `nlu_data` is written in: by its folder, which Rasa forgets as it reads them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.codes import LANGUAGES, UNDETERMINED
from bot.nlu.cleaning import clean

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = "nlu_data"
UNSPOKEN: Final = "unspoken"
"""The key of a file that holds sentences in languages that we do not speak, by language."""


def languages_of_examples(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Give each cleaned example with the languages it is an example of; neighbours share a sentence now and then."""
    return _languages(folder, digest_of(folder))


@lru_cache(maxsize=1)
def _languages(folder: Path, _: str) -> Mapping[str, tuple[str, ...]]:
    """Read once for all components that learn, as long as no file changes."""
    found: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        for text in _examples(folder / language):
            cleaned = clean(text).text
            found[cleaned] = (*(known for known in found.get(cleaned, ()) if known != language), language)
    return found


def unspoken(folder: Path) -> list[str]:
    """Give the sentences in languages that we do not speak, cleaned."""
    return [
        clean(sentence).text
        for file in sorted((folder / UNDETERMINED).glob("*.yml"))
        for sentences in parsed(file)[UNSPOKEN].values()
        for sentence in sentences
    ]


def digest_of(folder: Path) -> str:
    """Give a digest of everything that the functions above read."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(folder.rglob("*.yml")):
        digest.update(f"\0{file.relative_to(folder)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def parsed(file: Path) -> Any:
    """Parse a file of examples, once while it stays as it is; nobody may change what comes of it. Raises YAMLError."""
    return _parsed(file.read_text(encoding="utf-8"))


def _examples(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.yml")):
        for block in parsed(file).get("nlu") or []:
            yield from (example["text"] for example in block.get("examples") or [])


@cache
def _parsed(text: str) -> Any:
    return yaml.load(text, yaml.CSafeLoader)
