"""The knock: one neutral line of the person's theme, which says nothing of the talk (rules S9, P6)."""

from __future__ import annotations

from typing import Final

RECIPES: Final = ("weeks.knock-one", "weeks.knock-two", "weeks.knock-three")
"""Lines of the default theme; a theme of an organisation's own, which has no line here, borrows them."""
LINES: Final[dict[str, tuple[str, ...]]] = {
    "recipes": RECIPES,
    "football": ("weeks.knock-football",),
    "riddles": ("weeks.knock-riddles",),
    "sayings": ("weeks.knock-sayings",),
}


def line(theme: str, turn: int) -> str:
    """Give the words key of a knock; another one after another turn, so that it does not look like a machine's."""
    lines = LINES.get(theme, RECIPES)
    return lines[turn % len(lines)]
