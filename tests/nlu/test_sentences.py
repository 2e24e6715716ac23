"""A long text is cut where a thought ends, and what may be urgent in it is always read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.sentences import LONGEST, MOST_PARTS, MOST_TOKENS, SHORTEST, choose_parts, split

ANY_TEXT = st.text(st.sampled_from("ab .!?\n။၊។。，ကခไทยบาท ខ្ញុំ ລາວ中👍😢"), max_size=500)


def always(part: str) -> bool:
    return True


def never(part: str) -> bool:
    return False


@given(ANY_TEXT, st.sampled_from(["th", "my", "km", "lo", "zh", "en", "und"]))
def test_sentences_lie_in_order_and_leave_no_letter_out(text: str, language: str) -> None:
    end = 0
    for start, stop in split(text, language):
        assert end <= start < stop <= len(text)
        assert stop - start <= LONGEST + SHORTEST
        assert not any(c.isalnum() for c in text[end:start])
        end = stop
    assert not any(c.isalnum() for c in text[end:])


@given(ANY_TEXT)
def test_what_is_chosen_are_few_sentences_in_order(text: str) -> None:
    chosen = choose_parts(text, "th", never)
    assert len(chosen) <= MOST_PARTS
    assert chosen == sorted(chosen)
    assert set(chosen) <= set(split(text, "th"))
    assert bool(chosen) == bool(split(text, "th"))


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "They took my passport. Now I can't go! What do I do?", 3),
        ("zh", "老板拿走了护照。我不能出去！怎么办？", 3),
        ("my", "ကျွန်တော် မြိတ်သားပါ။ လစာ မရဘူး၊ အိမ်ပြန်ချင်တယ်။", 2),
        ("km", "ខ្ញុំចង់ទៅផ្ទះ។ គេមិនបើកប្រាក់ខែទេ។", 2),
        ("lo", "ຂ້ອຍຢາກກັບບ້ານ. ເຂົາບໍ່ຈ່າຍເງິນ.", 2),
        ("th", "อยากกลับบ้าน\nเขาไม่จ่ายเงิน", 2),
        ("und", "", 0),
        ("en", "👍 ... !!!", 0),
    ],
)
def test_sentences_end_where_people_end_them(language: str, text: str, sentences: int) -> None:
    assert len(split(text, language)) == sentences


def test_a_long_text_without_blanks_is_cut_between_words() -> None:
    text = "อยากกลับบ้านมาก" * 40
    parts = split(text, "th")
    assert len(parts) > 1
    words = ("อยาก", "กลับบ้าน", "กลับ", "บ้าน", "มาก")
    assert all(text[start:end].startswith(words) and text[start:end].endswith(words) for start, end in parts)


def test_a_short_text_is_read_whole() -> None:
    text = "One. Two. Three."
    assert choose_parts(text, "en", never) == split(text, "en")


def test_of_a_long_text_both_ends_and_the_danger_are_read() -> None:
    """A cry for help in the middle of a long story is not passed over."""
    sentences = [f"Sentence {chr(97 + number)} is calm." for number in range(26)]
    sentences[13] = "He has a knife now."
    text = " ".join(sentences)
    chosen = [text[start:end] for start, end in choose_parts(text, "en", lambda part: "knife" in part)]
    assert "He has a knife now." in chosen
    assert {sentences[0], sentences[4], sentences[-1], sentences[-4]} <= set(chosen)
    assert len(chosen) == MOST_PARTS


def test_what_is_read_has_a_bound_even_where_everything_is_danger() -> None:
    text = "help me, he hits me again and again. " * 100
    chosen = choose_parts(text, "en", always, len)
    assert 1 <= len(chosen) <= MOST_PARTS
    assert sum(end - start for start, end in chosen) <= MOST_TOKENS


@pytest.mark.parametrize("text", ["a" * 4096, "👍" * 2000, "กลับ" * 1024, "၊" * 4096, "\n" * 4096])
def test_a_held_down_key_is_cut_as_well(text: str) -> None:
    assert len(choose_parts(text, "th", never)) <= MOST_PARTS
