"""Puts notes beside a talk in a terminal: two columns where there is room, notes below the talk where there is none."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

WIDE_FROM: Final = 96
"""Columns of a terminal from which two fit beside each other."""
BETWEEN: Final = " │ "


def cells(text: str) -> int:
    """Count the cells that a text takes: marks take none, wide signs two."""
    taken = 0
    for sign in text:
        if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
            continue
        taken += 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
    return taken


def wrapped(text: str, most: int) -> list[str]:
    """Break a text into lines of at most `most` cells, between letters where a script writes no blanks."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in _pieces(paragraph, most):
            if line and cells(line + word) > most:
                lines.append(line.rstrip())
                line = ""
            line += word if line else word.lstrip()
        lines.append(line.rstrip())
    return lines


def beside(left: Sequence[str], right: Sequence[str], columns: int) -> list[str]:
    """Put two lists of lines beside each other."""
    half = left_width(columns)
    rows = zip_longest(left, right, fillvalue="")
    return [f"{ours}{' ' * (half - cells(ours))}{BETWEEN}{notes}".rstrip() for ours, notes in rows]


def left_width(columns: int) -> int:
    """Give the cells of the talk in a terminal of so many columns; the notes get the rest."""
    return (columns - len(BETWEEN)) * 11 // 20


def below(notes: Iterable[str], columns: int) -> list[str]:
    """Put notes below the talk, set off from it."""
    return [f"  ┆ {line}" for note in notes for line in textwrap.wrap(note, max(20, columns - 4)) or [""]]


def _pieces(text: str, most: int) -> list[str]:
    """Cut a text at its blanks, and what is longer than a line between letters that stand alone."""
    pieces: list[str] = []
    for word in text.replace(" ", " \0").split("\0"):
        piece = ""
        for sign in word:
            if piece and cells(piece + sign) > most and unicodedata.category(sign)[0] != "M":
                pieces.append(piece)
                piece = ""
            piece += sign
        pieces.append(piece)
    return pieces
