"""Evidence can only be a place in the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.parts import MOST_PARTS, parts_of


@given(st.text(st.sampled_from("ab .,!?\n။၊。，ကခไทย中"), max_size=400))
def test_parts_lie_in_order_inside_the_text_and_cover_its_words(text: str) -> None:
    parts = parts_of(text)
    assert len(parts) <= MOST_PARTS
    assert bool(parts) == any(c.isalpha() for c in text)
    end = 0
    for start, stop in parts:
        assert end <= start < stop <= len(text)
        assert not any(c.isalpha() for c in text[end:start])
        end = stop
    assert not any(c.isalpha() for c in text[end:])


def test_sentences_are_told_apart() -> None:
    text = "They took my passport. The boss hits us every day, and I am not paid."
    assert [text[start:end] for start, end in parts_of(text)] == [
        "They took my passport.",
        "The boss hits us every day,",
        "and I am not paid.",
    ]
