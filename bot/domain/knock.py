"""The knock: one neutral line of the person's theme, which says nothing of the talk (rules S9, P6)."""

from __future__ import annotations

from typing import Final

LINES: Final = ("weeks.knock-one", "weeks.knock-two", "weeks.knock-three")
"""Lines of the default theme."""


def line(turn: int) -> str:
    """Give the words key of a knock; another one after another turn, so that it does not look like a machine's."""
    return LINES[turn % len(LINES)]
