"""Cuts a long text into messages that a messenger takes, where a reader would pause (pure)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LIMIT: Final = 4096
"""Longest message of Telegram's Bot API, in UTF-16 code units."""
_LIMITS: Final = {"telegram": LIMIT}
"""A page of the web chat, and a terminal, take whatever length."""

_JOINS_BOTH: Final = "\u1039\u17d2\u200d"
"""Stacker of Burmese, of Khmer, and the joiner of emojis: what stands on either side belongs together."""
_JOINS_BEFORE: Final = "\u0e33\u0eb3"
"""The vowel AM of Thai and Lao: counted as a letter, written on the one before."""
_SENTENCE_ENDS: Final = re.compile("[.!?\u2026]+[\"'\u201d\u2019)\\]]*(?=\\s)|[\u3002\uff01\uff1f\u104b\u17d4]+\u201d?")
"""Where a sentence ends: before a blank, or, in Chinese, Burmese and Khmer, with a sign of its own."""


def parts_for(channel: str, text: str) -> list[str]:
    """Give the text in order, in parts that this channel takes."""
    limit = _LIMITS.get(channel)
    return [text] if limit is None else parts_of(text, limit)


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
    """Give where to cut: after a line or sentence, else at a blank, else between letters (some scripts have no blanks).

    No part is shorter than half of what fits.
    """
    half = fits // 2
    line = text.rfind("\n", half, fits + 1)
    if line > 0:
        return line
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(text, half, fits + 1) if found.end() <= fits]
    if ends:
        return ends[-1]
    blank = text.rfind(" ", half, fits + 1)
    if blank > 0:
        return blank
    return next((cut for cut in range(fits, half, -1) if _may_part(text[cut - 1], text[cut])), fits)


def _may_part(before: str, after: str) -> bool:
    if before in _JOINS_BOTH or after in _JOINS_BOTH or after in _JOINS_BEFORE:
        return False
    # Sk: the colours of a hand.
    return unicodedata.category(after) not in ("Mn", "Mc", "Me", "Sk")
