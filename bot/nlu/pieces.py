"""Chooses what of a text is read, and cuts it into the pieces that the encoder knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.nlu.e5 import E5, Numbers
from bot.nlu.tokens import Piece

MOST: Final = 256
"""Pieces that are read at once, the marks of begin and end among them."""

Span = tuple[int, int]
Choose = Callable[[str, Callable[[str], int]], Sequence[Span]]
"""Gives the parts of a long text that are read, in order, by what a part costs in pieces."""


@dataclass(frozen=True)
class Cut:
    """A text as the encoder reads it: ids, and where each id stands in the text (None for marks)."""

    ids: NDArray[np.int32]
    places: tuple[Span | None, ...]

    @property
    def read(self) -> Span:
        """Give the first row of the person's own words and the one behind the last."""
        own = [row for row, place in enumerate(self.places) if place is not None]
        return (own[0], own[-1] + 1) if own else (0, len(self.places))


def cut(model: E5, text: str, choose: Choose) -> Cut:
    """Cut a text; of one that is too long only the chosen parts are read, in their own order.

    The prompt that the shipped model was taught to expect (`query: `) is left out: nothing is heard less for it where
    the upper layers learn, and an eighth of learning and reading is saved.
    """
    # A part is weighed once or twice before it is taken: its pieces are kept until then.
    pieces_of = cache(model.tokenizer.pieces)
    room = MOST - 2
    pieces = pieces_of(text)
    if len(pieces) > room:
        pieces = _of_parts(pieces_of, text, choose(text, lambda part: len(pieces_of(part))), room)
    ids = [model.begin, *(piece.id for piece in pieces), model.end]
    places = (None, *((piece.start, piece.end) for piece in pieces), None)
    return Cut(np.array(ids, np.int32), places)


def rows_of(model: E5, ids: NDArray[np.int32]) -> Numbers:
    """Give what enters the first layer: the vectors of the pieces with their positions, made even."""
    shape = model.shape
    rows = model.word_vectors(ids) + model.tensors["emb.pos"][: len(ids)] + model.tensors["emb.type"][: shape.width]
    centred = rows - rows.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + shape.epsilon)
    entering: Numbers = (centred / spread * model.tensors["emb.ln.w"] + model.tensors["emb.ln.b"]).astype(np.float32)
    return entering


def _of_parts(pieces_of: Callable[[str], list[Piece]], text: str, parts: Sequence[Span], room: int) -> list[Piece]:
    """Take the pieces of the parts as far as there is room."""
    taken: list[Piece] = []
    for start, end in parts:
        taken += [Piece(p.id, p.start + start, p.end + start) for p in pieces_of(text[start:end])]
    return taken[:room]
