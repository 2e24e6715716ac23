"""The danger words of each language, sought in the whole of a text, however long it is.

They come from `flows/danger.yml`, which people of the hotline change without programming.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from bot.domain.codes import UNDETERMINED, URGENCIES, Urgency
from bot.nlu.sentences import choose_parts

FILE: Final = Path(__file__).resolve().parents[2] / "flows" / "danger.yml"
_NOT_SPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff]")


def danger_in(text: str) -> Urgency:
    """Give the gravest urgency that a danger word speaks of; `none` where there is none."""
    words, run_together = _folded(text)
    for urgency, (spaced, dense) in _phrases():
        if any(phrase in words for phrase in spaced) or any(phrase in run_together for phrase in dense):
            return urgency
    return "none"


def important_parts(text: str, cost: Callable[[str], int]) -> list[tuple[int, int]]:
    """Choose what of a long text is read: its ends, and every sentence with a danger word."""
    return choose_parts(text, UNDETERMINED, lambda part: danger_in(part) != "none", cost)


def _folded(text: str) -> tuple[str, str]:
    """Give a text in lower case without accents: with one space around each word, and without any space."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not 0x300 <= ord(c) <= 0x36F)  # noqa: PLR2004
    plain = unicodedata.normalize("NFC", plain).replace("đ", "d")
    words = " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain))
    run_together = "".join(c for c in plain if c.isalnum() or unicodedata.category(c).startswith("M"))
    return f" {words} ", run_together


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[Urgency, tuple[tuple[str, ...], tuple[str, ...]]], ...]:
    """Give for each urgency its phrases of scripts with spaces, and of those without; the gravest first."""
    stored: dict[str, dict[Urgency, list[str]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = []
    for urgency in URGENCIES:
        phrases = [phrase for kinds in stored.values() for phrase in kinds.get(urgency, [])]
        dense = tuple(_folded(phrase)[1] for phrase in phrases if _NOT_SPACED.search(phrase))
        spaced = tuple(_folded(phrase)[0] for phrase in phrases if not _NOT_SPACED.search(phrase))
        found.append((urgency, (spaced, dense)))
    return tuple(found)
