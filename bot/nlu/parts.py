"""Cuts a text into the parts that can stand as evidence: sentences and clauses, with their places."""

from __future__ import annotations

import itertools
import re
from typing import Final

Span = tuple[int, int]
"""Start and end in code points of the text as given."""

MOST_PARTS: Final = 16
"""A longer text has its neighbouring parts joined, which bounds the time of one reading."""

LEAST_LETTERS: Final = 12
"""Letters below which a piece says too little alone; a Chinese one counts as three."""

_SENTENCE_END: Final = re.compile(r"[.!?…]+(?=\s|$)|[。！？။។៕\n]+")
_CLAUSE_END: Final = re.compile(
    r"[;,]+(?=\s|$)|[；，、၊]+"
    r"|(?<=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\s+(?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])",
)
_DENSE: Final = re.compile(r"[\u3040-\u9fff\U00020000-\U000323af]")


def parts_of(text: str) -> list[Span]:
    """Give the clauses in order, at least one where the text has a letter; short ones join their sentence's next."""
    sentences = _cut(text, (0, len(text)), _SENTENCE_END)
    clauses = [clause for sentence in sentences for clause in _joined(text, _cut(text, sentence, _CLAUSE_END))]
    return _at_most(clauses, MOST_PARTS)


def _cut(text: str, span: Span, end: re.Pattern[str]) -> list[Span]:
    """Cut behind every end, and leave out pieces without a letter."""
    cuts = [span[0], *(cut.end() for cut in end.finditer(text, *span)), span[1]]
    pieces = [_stripped(text, piece) for piece in itertools.pairwise(cuts)]
    return [(start, stop) for start, stop in pieces if any(c.isalpha() for c in text[start:stop])]


def _joined(text: str, clauses: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in clauses:
        if joined and (_too_short(text[slice(*joined[-1])]) or _too_short(text[start:end])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _stripped(text: str, span: Span) -> Span:
    piece = text[slice(*span)]
    return span[0] + len(piece) - len(piece.lstrip()), span[0] + len(piece.rstrip())


def _too_short(piece: str) -> bool:
    letters = sum(3 if _DENSE.match(c) else 1 for c in piece if c.isalpha())
    return letters < LEAST_LETTERS


def _at_most(spans: list[Span], most: int) -> list[Span]:
    step = -(-len(spans) // most) or 1
    return [(spans[first][0], spans[min(first + step, len(spans)) - 1][1]) for first in range(0, len(spans), step)]
