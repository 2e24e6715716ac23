"""Cleaning never moves a code point, whatever a person's telephone sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.cleaning import clean

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANYTHING)
def test_every_code_point_keeps_its_place(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    changed = [(before, after) for before, after in zip(text, cleaned, strict=True) if before != after]
    assert all(after in " \u2044" for _, after in changed)


@given(ANYTHING)
def test_what_is_clean_can_be_sent_and_embedded(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert not cleaned.lstrip().startswith("/")


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text", ["ကျွန်တော် အိမ်ပြန်ချင်တယ်", "ອອກໄປບໍ່ໄດ້", "ខ្ញុំចង់ទៅផ្ទះ", "ไม่ได้", "Tôi bị nhốt", "a\nb\tc", "👩‍👧 ok"]
)
def test_what_is_written_well_stays_as_it_is(text: str) -> None:
    assert clean(text) == text
