"""A long text is cut where a reader pauses: after a sentence, else between words, never within a letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.parts import LIMIT, parts_for, parts_of


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("I am here. You can write.", 18, ["I am here.", "You can write."]),
        ("Are you “safe?” I read.", 18, ["Are you “safe?”", "I read."]),
        ("It costs 3.50 baht a day, no more", 20, ["It costs 3.50 baht a", "day, no more"]),
        ("我在这里。你可以写。没有人催你。", 11, ["我在这里。你可以写。", "没有人催你。"]),
        ("ကျွန်တော် ရှိတယ်။ စာရေးနိုင်တယ်။", 20, ["ကျွန်တော် ရှိတယ်။", "စာရေးနိုင်တယ်။"]),
    ],
)
def test_a_part_ends_with_a_sentence_where_one_ends_in_its_second_half(text: str, limit: int, parts: list[str]) -> None:
    assert parts_of(text, limit) == parts


@given(st.text(alphabet="ab .。\n\u0e01\u0e33😀", max_size=200), st.integers(8, 40))
def test_no_part_is_too_long_and_only_blanks_are_lost(text: str, limit: int) -> None:
    parts = parts_of(text, limit)
    assert all(len(part.encode("utf-16-le")) // 2 <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_page_takes_whatever_length_and_telegram_its_own() -> None:
    text = "x" * (LIMIT + 1)
    assert parts_for("webchat", text) == [text]
    assert [len(part) for part in parts_for("telegram", text)] == [LIMIT, 1]
