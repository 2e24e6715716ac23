"""Cuts a long text into messages that Telegram takes, where a reader would pause."""

from __future__ import annotations

import unicodedata
from typing import Final

LIMIT: Final = 4096
"""Longest message of the Bot API, in UTF-16 code units."""

_JOINS_BOTH: Final = "\u1039\u17d2\u200d"
"""Stacker of Burmese, of Khmer, and the joiner of emojis: what stands on either side belongs together."""
_JOINS_BEFORE: Final = "\u0e33\u0eb3"
"""The vowel AM of Thai and Lao: counted as a letter, written on the one before."""


def parts_of(text: str, limit: int = LIMIT) -> list[str]:
    """Give the text in order, in parts of at most `limit` units; blanks at a cut are left out."""
    parts = []
    rest = text
    while (fits := _fitting(rest, limit)) < len(rest):
        cut = _pause_before(rest, fits)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part] or [text]


def _fitting(text: str, limit: int) -> int:
    """Give how many code points from the beginning fit."""
    units = 0
    for place, letter in enumerate(text):
        units += 2 if ord(letter) > 0xFFFF else 1  # noqa: PLR2004 - the first plane ends here
        if units > limit:
            return place
    return len(text)


def _pause_before(text: str, fits: int) -> int:
    """Give where to cut: after a line, else at a blank, else between letters (some of our scripts have no blanks)."""
    for blank in ("\n", " "):
        place = text.rfind(blank, fits // 2, fits + 1)
        if place > 0:
            return place
    return next((cut for cut in range(fits, fits // 2, -1) if _may_part(text[cut - 1], text[cut])), fits)


def _may_part(before: str, after: str) -> bool:
    if before in _JOINS_BOTH or after in _JOINS_BOTH or after in _JOINS_BEFORE:
        return False
    # Sk: the colours of a hand.
    return unicodedata.category(after) not in ("Mn", "Mc", "Me", "Sk")
