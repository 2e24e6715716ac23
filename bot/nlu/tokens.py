"""Cuts a text into the pieces that multilingual-e5-small knows, and says where each piece stands in the text.

The unigram model of XLM-RoBERTa: of all ways to cut the text, the one whose pieces are likeliest together. Written
here because the package that brings the model gives neither ids nor places, and evidence needs the places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SPACE: Final = "▁"
UNKNOWN_PENALTY: Final = 10.0
"""How much less likely than the rarest piece a character is that no piece holds."""


@dataclass(frozen=True)
class Piece:
    """One piece: its id and the code points of the text that it covers."""

    id: int
    start: int
    end: int


class Tokenizer:
    """Cuts texts; keeps nothing of them."""

    def __init__(self, scores: Mapping[str, tuple[int, float]], rewrites: Mapping[int, str], unknown: int) -> None:
        """`scores` gives id and log-likelihood of each piece; `rewrites` replaces single code points first."""
        self._scores = scores
        self._rewrites = rewrites
        self._unknown = unknown
        # By its first two letters: most of them begin no long piece, and then none is looked for.
        self._longest: dict[str, int] = {}
        for piece in scores:
            self._longest[piece[:2]] = max(len(piece), self._longest.get(piece[:2], 1))
        self._worst = min(score for _, score in scores.values()) - UNKNOWN_PENALTY

    def pieces(self, text: str) -> list[Piece]:
        """Cut a text from left to right."""
        written, places = self._rewrite(text)
        return [
            Piece(self._id(written[a:b]), places[a], min(places[b - 1] + 1, len(text)))
            for a, b in self._best_cuts(written)
        ]

    def _id(self, piece: str) -> int:
        known = self._scores.get(piece)
        return self._unknown if known is None else known[0]

    def _rewrite(self, text: str) -> tuple[str, list[int]]:
        """Rewrite code points, join spaces, put a space before the first word; give each its place in the text."""
        written = [SPACE]
        places = [0]
        for place, character in enumerate(text):
            for new in self._rewrites.get(ord(character), character):
                kept = SPACE if new == " " else new
                if kept == SPACE and written[-1] == SPACE:
                    continue
                written.append(kept)
                places.append(place)
        return "".join(written), places

    def _best_cuts(self, written: str) -> list[tuple[int, int]]:
        best = [0.0] + [float("-inf")] * len(written)
        came_from = [0] * (len(written) + 1)
        for start in range(len(written)):
            here = best[start]
            longest = self._longest.get(written[start : start + 2], 1)
            for end in range(start + 1, min(start + longest, len(written)) + 1):
                known = self._scores.get(written[start:end])
                if known is not None:
                    score = here + known[1]
                elif end == start + 1:
                    score = here + self._worst
                else:
                    continue
                if score > best[end]:
                    best[end] = score
                    came_from[end] = start
        cuts = []
        end = len(written)
        while end > 0:
            cuts.append((came_from[end], end))
            end = came_from[end]
        return cuts[::-1]
