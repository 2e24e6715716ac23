"""The harmless chat that a screen turns into: recipes, football rules, sayings, a word game (rule S5).

What is shown is content of `flows/themes/`, the same whoever writes: nothing of the talk decides it, so that nothing of
the talk can be seen in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.folding import fold

THEMES: Final = ("recipes", "football", "sayings", "riddles")
DEFAULT: Final = "recipes"
FEWEST: Final[dict[str, int]] = {"recipes": 8, "football": 5, "sayings": 6, "riddles": 6}
"""How many pieces a theme has in each language at least: one that soon repeats itself is seen through."""
SHORTEST_TITLE: Final = 2
"""Letters of a title that is looked for in what was typed."""


@dataclass(frozen=True)
class Piece:
    """One recipe, rule, saying or riddle; the answer of a riddle comes with the next message."""

    title: str
    text: str
    answer: str = ""


@dataclass(frozen=True)
class Themes:
    """All pieces by theme and language."""

    pieces: Mapping[tuple[str, str], Sequence[Piece]]

    def of(self, theme: str, language: str) -> Sequence[Piece]:
        """Give the pieces of a theme in a language; a theme that is gone gives the default one."""
        found = self.pieces.get((theme, language)) or self.pieces.get((DEFAULT, language))
        return found or self.pieces[DEFAULT, "en"]


def choose(pieces: Sequence[Piece], place: int, typed: str = "") -> tuple[str, int]:
    """Give what is shown next, and the place after it; a piece whose title was typed is shown out of turn."""
    named = _named(pieces, typed)
    at = place % len(pieces) if named is None else named
    before = pieces[(place - 1) % len(pieces)] if place else None
    piece = pieces[at]
    answer = f"{before.answer}\n\n" if before is not None and before.answer else ""
    return f"{answer}{piece.title}\n{piece.text}" if piece.title else f"{answer}{piece.text}", at + 1


def _named(pieces: Sequence[Piece], typed: str) -> int | None:
    folded = fold(typed)
    for at, piece in enumerate(pieces):
        title = fold(piece.title)
        if len(title) >= SHORTEST_TITLE and title in folded:
            return at
    return None
