"""A cleaned text is safe and uniform, and every place in it is known in the text as given."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.cleaning import CLEANED, Cleaning, Places, clean

ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\n\t /\u200b\u200d\u202e\ufeff\u00ad\ue000\U000f0000"),
        st.sampled_from("\ud800\udfff"),
        st.sampled_from("กาำํ้่เแ๑ຂາຳໍ້ເແ໓ខ្ញុំ៣ကျွန်ုပ်ေ၀၇၁ဝ\u1039\u103a\u1037eé\u0301\u0323각각\U0001f1f9"),
    ),
    max_size=60,
)


@given(ANY_TEXT)
def test_every_place_is_known_in_the_text_as_given(text: str) -> None:
    aligned = clean(text).aligned
    assert len(aligned.starts) == len(aligned.ends) == len(aligned.text)
    assert list(aligned.starts) == sorted(aligned.starts)
    assert list(aligned.ends) == sorted(aligned.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(aligned.starts, aligned.ends, strict=True))
    start, end = aligned.given((0, len(aligned.text)))
    assert 0 <= start <= end <= len(text)


@given(ANY_TEXT)
def test_nothing_unsafe_is_left(text: str) -> None:
    cleaned = clean(text).text
    assert not [c for c in cleaned if unicodedata.category(c)[0] == "C" and c not in "\n\t"]
    assert not cleaned.lstrip().startswith("/")
    assert not [c for c in cleaned if c.isdecimal() and not c.isascii()]
    cleaned.encode()


@given(ANY_TEXT.filter(lambda text: not any("\u1000" <= c <= "\u109f" for c in text)))
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    cleaned = clean(text).text
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned).text == cleaned


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("they\x00 hit\x07me", "they  hit me"),
        ("a half \ud83d of one", "a half   of one"),
        ("pass\u200bport\ufeff", "passport"),
        ("bo\u202ess", "boss"),
        ("line\nline\ttab", "line\nline\ttab"),
        ("/restart", "\u2044restart"),
        ("  /stop", "  \u2044stop"),
        ("yes/no", "yes/no"),
        ("về", "về"),
        ("๓ เดือน", "3 เดือน"),
        ("໓ ເດືອນ", "3 ເດືອນ"),
        ("៣ ខែ", "3 ខែ"),
        ("၃ လ", "3 လ"),
        ("เเม่", "แม่"),
        ("ນໍ້າ", "ນ້ຳ"),
        ("น้ํา", "น้ำ"),
        ("၀ယ်", "ဝယ်"),
        ("သ၇ုပ်", "သရုပ်"),
        ("၁၀ ရက်", "10 ရက်"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_one_way_of_writing_is_left(given_text: str, cleaned: str) -> None:
    assert clean(given_text).text == cleaned


def evidence_of(text: str, part: str, **hints: Any) -> str:
    """Read what the two components make of evidence that a classifier found in the cleaned text."""
    message = Message({"text": text, "metadata": hints})
    components = (Cleaning(), Places())
    components[0].process([message])
    start = message.get("text").index(part)
    message.set("indicators", [{"code": "violence", "confidence": 0.9, "evidence": [start, start + len(part)]}])
    components[1].process([message])
    found = message.get("indicators")[0]
    assert (found["code"], found["confidence"]) == ("violence", 0.9)
    return text[slice(*found["evidence"])]


@pytest.mark.parametrize(
    ("text", "part", "evidence"),
    [
        ("no. they hit\u200b me", "they hit me", "they hit\u200b me"),
        ("\ufeffhọ đánh tôi nhiều", "đánh tôi", "đánh tôi"),
        ("\U0001f622 ລາວ ຕີ ຂ້ອຍ", "ຕີ ຂ້ອຍ", "ຕີ ຂ້ອຍ"),
        ("ငါးဖမ္းစက္ေလွေပၚမွာ ႐ိုက္တယ္။", "ရိုက်တယ်", "႐ိုက္တယ္"),
    ],
)
def test_evidence_points_into_the_text_as_given(text: str, part: str, evidence: str) -> None:
    assert evidence_of(text, part) == evidence


def test_where_a_text_was_cleaned_is_no_part_of_an_answer() -> None:
    message = Message({"text": "ok"})
    Cleaning().process([message])
    assert CLEANED not in message.as_dict(only_output_properties=True)
