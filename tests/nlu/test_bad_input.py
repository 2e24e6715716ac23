"""Whatever is sent, every component takes it, and what cannot be read is honestly `und` without a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.cleaning import Cleaning, Places, clean
from bot.nlu.language import name_language
from bot.nlu.sentences import choose_parts

BAD = {
    "empty": "",
    "blanks": " \n\t ",
    "emojis": "😢🙏👨‍👩‍👧",
    "digits": "0812 345",
    "thai digits": "๐๘๑๒",
    "controls": "\x00\x01\x02\x1b[31m\x7f",
    "half a surrogate": "\ud83d",
    "two halves the wrong way round": "\ude22\ud83d",
    "directions": "\u202e\u2066\u200f",
    "private code points": "\ue000\uf8ff",
    "invisible letters": "\u3164\u115f",
    "Shan": "ၶႃႈၶႂ်ႈပွၵ်ႈႁိူၼ်း",
    "Karen": "မၤစၢၤယၤတက့ၢ်",
    "Rohingya": "𐴀𐴝𐴙𐴕𐴝",
    "Nepali": "मलाई मद्दत गर्नुहोस्",
    "Bengali": "আমাকে সাহায্য করুন",
    "Arabic": "ساعدوني من فضلكم",
}


def always(part: str) -> bool:
    return True


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_undetermined(text: str) -> None:
    assert name_language(text, {}).language == "und"


@pytest.mark.parametrize("letter", ["a", "ก", "ကေ", "字", "\u0301", "😢", "\u200b", "\u1031"])
def test_one_letter_4096_times_is_taken(letter: str) -> None:
    text = letter * (4096 // len(letter))
    cleaned = clean(text)
    assert len(cleaned.aligned.starts) == len(cleaned.text) <= len(text)
    assert name_language(text, {}).language in {"en", "th", "my", "zh", "und", "id", "ms", "tl", "vi"}
    assert len(choose_parts(cleaned.text, "und", always)) <= 12


@given(st.text(st.one_of(st.characters(), st.sampled_from("\ud800\udfff\x00")), max_size=80))
def test_any_text_passes_from_the_first_component_to_the_last(text: str) -> None:
    message = Message({"text": text, "metadata": {"zawgyi": 0.4, "languages": {"my": 2}}})
    Cleaning().process([message])
    Places().process([message])
    assert message.get("indicators") == []
    message.get("text").encode()


@pytest.mark.parametrize("hints", [{}, {"zawgyi": None, "languages": None}, {"zawgyi": 1e9, "languages": {"xx": 3}}])
def test_poor_hints_change_nothing_for_the_worse(hints: dict[str, object]) -> None:
    assert name_language("I want to go home now please", hints).language == "en"
