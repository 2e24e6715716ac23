"""Evidence is the smallest span that carries a code, on whole words."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.nlu import e5
from bot.nlu.evidence import span_of
from bot.nlu.pieces import MOST, Cut, cut


def looked_at(pieces: Cut, text: str, words: str) -> NDArray[np.float32]:
    """Look at the pieces of some words only."""
    start = text.index(words)
    look = np.array([float(p is not None and p[0] < start + len(words) and p[1] > start) for p in pieces.places])
    looked: NDArray[np.float32] = (look / look.sum()).astype(np.float32)
    return looked


def whole(text: str, cost: object) -> list[tuple[int, int]]:
    return [(0, len(text))]


def test_the_span_holds_the_words_that_were_looked_at_and_hardly_more() -> None:
    text = "It rains a lot here and they keep my passport in the office, I like the food."
    pieces = cut(e5.load(), text, whole)
    start, end = span_of(text, pieces, looked_at(pieces, text, "keep my passport"))
    assert text[start:end] in {"keep my passport", "keep my", "my passport", "passport"}


def test_a_span_never_ends_between_a_letter_and_its_marks() -> None:
    text = "เขาขังฉันไว้ในห้อง"
    pieces = cut(e5.load(), text, whole)
    for place in (p for p in pieces.places if p is not None):
        look = np.array([float(p == place) for p in pieces.places], np.float32)
        start, end = span_of(text, pieces, look / look.sum())
        assert end == len(text) or not "\u0e31" <= text[end] <= "\u0e3a"
        assert not "\u0e31" <= text[start] <= "\u0e3a" or start == 0


@given(st.text(alphabet="ab ก่ကို中 .", max_size=40), st.integers(0, 10_000))
def test_every_span_lies_in_the_text(text: str, seed: int) -> None:
    pieces = cut(e5.load(), text, whole)
    look = np.random.default_rng(seed).random(len(pieces.ids)).astype(np.float32)
    start, end = span_of(text, pieces, look / look.sum())
    assert 0 <= start <= end <= len(text)


def test_a_long_text_is_read_within_its_room() -> None:
    text = "word " * 900
    pieces = cut(e5.load(), text, whole)
    assert len(pieces.ids) == len(pieces.places) <= MOST
