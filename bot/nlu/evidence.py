"""Finds the words that a code was read from: the smallest span that holds most of what the code's head looked at."""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.nlu.pieces import Cut, Span

ENOUGH: Final = 0.6
"""Share of the look that the span must hold."""


def span_of(text: str, pieces: Cut, looked: NDArray[np.float32]) -> Span:
    """Give the span in code points of `text`; it ends on whole words, and never between a letter and its marks."""
    first, last = pieces.read
    places = [place for place in pieces.places[first:last] if place is not None]
    if not places:
        return (0, len(text))
    start, end = _smallest_window(looked[first:last], ENOUGH * float(looked[first:last].sum()))
    return _whole(text, places[start][0], places[end - 1][1])


def _smallest_window(looked: NDArray[np.float32], enough: float) -> Span:
    """Give the shortest run of pieces that together hold enough; of several the first."""
    best = (0, len(looked))
    held = 0.0
    start = 0
    for end, share in enumerate(looked, start=1):
        held += float(share)
        while held - float(looked[start]) >= enough and start < end - 1:
            held -= float(looked[start])
            start += 1
        if held >= enough and end - start < best[1] - best[0]:
            best = (start, end)
    return best


def _whole(text: str, start: int, end: int) -> Span:
    while start > 0 and _joins(text, start):
        start -= 1
    while end < len(text) and _joins(text, end):
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else (0, len(text))


def _joins(text: str, place: int) -> bool:
    """Tell whether a word goes on here: a mark on its letter, or two letters of an alphabet that writes spaces."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after).startswith("M"):
        return True
    return before.isalnum() and after.isalnum() and not (_is_dense(before) or _is_dense(after))


def _is_dense(character: str) -> bool:
    """Scripts that write no space between words: Thai, Lao, Burmese, Khmer, Chinese."""
    code = ord(character)
    return 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF or code >= 0x2E80  # noqa: PLR2004
