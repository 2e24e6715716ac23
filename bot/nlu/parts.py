"""Cuts a text into the parts that can stand as evidence: sentences and clauses, with their places."""

from __future__ import annotations

import re
from typing import Final

Span = tuple[int, int]
"""Start and end in code points of the text as given."""

MOST_PARTS: Final = 16
"""A longer text has its neighbouring parts joined, which bounds the time of one reading."""

_CUT: Final = re.compile(
    r"(?:[.!?…;,]+(?=\s|$))|[。！？；，、။၊។៕\n]+"  # noqa: RUF001 - the full-width marks are meant
    r"|(?<=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\s+(?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])",
)
_DENSE: Final = re.compile(r"[\u3040-\u9fff\U00020000-\U000323af]")


def parts_of(text: str) -> list[Span]:
    """Give the clauses in order, at least one where the text is not blank; those too short to say much are joined."""
    pieces = _pieces(text)
    joined: list[Span] = []
    for start, end in pieces:
        if joined and _too_short(text[joined[-1][0] : joined[-1][1]]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    if len(joined) > 1 and _too_short(text[joined[-1][0] : joined[-1][1]]):
        last = joined.pop()
        joined[-1] = (joined[-1][0], last[1])
    return _at_most(joined, MOST_PARTS)


def _pieces(text: str) -> list[Span]:
    pieces, start = [], 0
    for cut in _CUT.finditer(text):
        pieces.append((start, cut.end()))
        start = cut.end()
    pieces.append((start, len(text)))
    return [stripped for piece in pieces if (stripped := _stripped(text, piece))[0] < stripped[1]]


def _stripped(text: str, span: Span) -> Span:
    piece = text[span[0] : span[1]]
    start = span[0] + len(piece) - len(piece.lstrip())
    return start, max(start, span[0] + len(piece.rstrip()))


def _too_short(piece: str) -> bool:
    letters = sum(3 if _DENSE.match(c) else 1 for c in piece if c.isalpha())
    return letters < 12


def _at_most(spans: list[Span], most: int) -> list[Span]:
    step = -(-len(spans) // most) or 1
    return [
        (spans[first][0], spans[min(first + step, len(spans)) - 1][1]) for first in range(0, len(spans), step)
    ]
