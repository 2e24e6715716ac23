"""What is typed in a hurry is read as its language is written, and evidence still points into the text as given."""

from __future__ import annotations

import pytest

from bot.nlu.alignment import Aligned
from bot.nlu.marks import Marks, bare, is_unmarked, reference
from bot.nlu.shorthand import written_out
from bot.nlu.spelling import Spellings
from bot.nlu.written import FOLDER, ROOT, languages_of_examples

LEFT_OUT = 5
"""One example in so many is not learnt from, and measured by."""
PUT_RIGHT = 0.84
"""Share of syllables of examples that were left out; 0.86 when it was written."""


@pytest.fixture(scope="module")
def examples() -> list[str]:
    found = languages_of_examples(ROOT / FOLDER)
    return [text for text, languages in sorted(found.items()) if "vi" in languages]


@pytest.fixture(scope="module")
def marks(examples: list[str]) -> Marks:
    return Marks.learnt_from([*(text for place, text in enumerate(examples) if place % LEFT_OUT), *reference()])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("toi bi nhot trong phong, cho toi ra ngoai", "tôi bị nhốt trong phòng, cho tôi ra ngoài"),
        ("CUU TOI VOI no dang danh em", "CỨU TÔI VỚI nó đang đánh em"),
        ("ho giu ho chieu cua em", "họ giữ hộ chiếu của em"),
    ],
)
def test_vietnamese_without_marks_gets_them_back(typed: str, meant: str, marks: Marks) -> None:
    assert marks.restore(typed) == meant


def test_one_letter_stays_one_letter(examples: list[str], marks: Marks) -> None:
    for text in examples:
        restored = marks.restore(text)
        assert len(restored) == len(text)
        assert bare(restored) == bare(text)


def test_a_text_that_has_its_marks_stays_as_it_is(examples: list[str], marks: Marks) -> None:
    assert all(marks.restore(text) == text for text in examples if not is_unmarked(text))


def test_the_few_marks_of_a_mixed_text_stay(marks: Marks) -> None:
    assert marks.restore("hom qua ông chủ danh em, em muon ve nha, em so lam, lam on giup em").startswith(
        "hôm qua ông chủ đánh em"
    )


def test_what_nobody_has_seen_stays(marks: Marks) -> None:
    assert marks.restore("zzkw qrrt") == "zzkw qrrt"
    assert marks.restore("") == ""


def test_most_syllables_of_examples_that_were_left_out_are_put_right(examples: list[str], marks: Marks) -> None:
    left_out = [text.split() for place, text in enumerate(examples) if not place % LEFT_OUT and not is_unmarked(text)]
    pairs = [
        pair
        for words in left_out
        for pair in zip(words, marks.restore(bare(" ".join(words))).split(), strict=True)
        if pair[0].isalpha()
    ]
    assert sum(meant == restored for meant, restored in pairs) > PUT_RIGHT * len(pairs)


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("vi", "chu ko tra luong, e k dc ve", "chu không tra luong, em không được ve"),
        ("en", "helppp me k", "help me k"),
        ("id", "sy tdk bs pulang", "sy tdk bs pulang"),
        (None, "tolooong", "tolong"),
    ],
)
def test_shorthand_is_written_out_in_its_own_language(language: str | None, typed: str, meant: str) -> None:
    assert written_out(Aligned.of(typed), language).text == meant


def test_evidence_points_into_the_text_as_given(marks: Marks) -> None:
    given = "e k dc ve nha, chu giu ho chieu"
    spelt = Spellings(marks, {}).spell(Aligned.of(given), "vi").text
    assert spelt.text == "em không được về nhà, chủ giữ hộ chiếu"
    start = spelt.text.index("giữ hộ chiếu")
    assert slice(*spelt.given((start, len(spelt.text)))) == slice(given.index("giu"), len(given))


def test_other_languages_keep_their_letters(marks: Marks) -> None:
    assert Spellings(marks, {}).spell(Aligned.of("toi bi nhot"), "tl").text.text == "toi bi nhot"
