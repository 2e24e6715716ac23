"""A knock looks like anything but us (rule S9)."""

from __future__ import annotations

import pytest

from bot.domain.codes import LANGUAGES
from bot.domain.knock import LINES, line
from bot.domain.wording import places
from tests.support.house import content

TELLING = (
    *("help", "safe", "counsel", "police", "chat", "bot", "program", "passport", "work", "pay", "danger", "bridge"),
    *("saphan", "hotline", "you"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", sorted({key for keys in LINES.values() for key in keys}))
def test_s9_a_knock_carries_no_telling_word_name_or_question(key: str, language: str) -> None:
    """S9: outbound texts carry no telling word, name or logo; P6: a knock asks for nothing."""
    words = content().words
    said = words.say(key, language)
    assert not words.asks(key)
    assert not places(said)
    assert not any(mark in said for mark in "?？")
    if language == "en":
        assert not set(said.casefold().replace(".", "").replace(",", "").split()) & set(TELLING)


def test_s9_a_theme_without_a_line_of_its_own_borrows_one() -> None:
    """S9: a theme that an organisation wrote itself never makes a knock fail, or stand out."""
    assert line("songs", 4) in LINES["recipes"]
    assert len({line("recipes", turn) for turn in range(3)}) == 3
