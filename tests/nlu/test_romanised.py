"""Who types their language in Latin letters is read in its script, and evidence still points into the text as given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.alignment import Aligned
from bot.nlu.calibration import OWN_SCRIPT
from bot.nlu.romanised import LONGEST, Script, spellings_of
from bot.nlu.scripts import home_script_of
from bot.nlu.spelling import Spellings
from bot.nlu.written import FOLDER, ROOT, languages_of_examples

LANGUAGES = sorted(OWN_SCRIPT)
KEPT_IN_LATIN = 0.05
"""Share of letters of the examples that may stay Latin; of Chinese 0.018 do, of the others under 0.025."""

SAME = {"អោយ": "ឱ្យ", "ឲ្យ": "ឱ្យ"}
"""Spellings of one Khmer word; which of them comes hangs on which most examples use."""


@pytest.fixture(scope="module")
def examples() -> Mapping[str, tuple[str, ...]]:
    return languages_of_examples(ROOT / FOLDER)


@pytest.fixture(scope="module")
def spellings(examples: Mapping[str, tuple[str, ...]]) -> Spellings:
    return Spellings.learnt_from(examples)


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("th", "nai jang mai hai klap ban", "นายจ้างไม่ให้กลับบ้าน"),
        ("th", "naijang yued passport, khao khang rao wai", "นายจ้างยึดพาสปอร์ต, เขาขังเราไว้"),
        ("lo", "khoy yak kap ban", "ຂ້ອຍຢາກກັບບ້ານ"),
        ("km", "ke ot oy nhom jenh krav te", "គេអត់ឱ្យខ្ញុំចេញក្រៅទេ"),
        ("my", "a lote shin ka lat mhat ma pay bu", "အလုပ်ရှင်ကလက်မှတ်မပေးဘူး"),
        ("zh", "wo bu xiang huo le, jiu jiu wo", "我不想活了, 救救我"),
        ("zh", "laoban kou le wo de huzhao", "老板扣了我的护照"),
        ("zh", "sannianmeizhunwoxialou", "三年没准我下楼"),
        ("zh", "wo de supervisor bu rang zou", "我的 supervisor 不让走"),
    ],
)
def test_latin_letters_become_the_script(spellings: Spellings, language: str, typed: str, meant: str) -> None:
    spelt = spellings.spell(Aligned.of(typed), language)
    assert re.sub("|".join(SAME), lambda found: SAME[found[0]], spelt.text.text) == meant
    assert spelt.typed == typed


def test_evidence_points_at_the_words_as_typed(spellings: Spellings) -> None:
    typed = "nai jang mai hai klap ban"
    text = spellings.spell(Aligned.of(typed), "th").text
    start = text.text.index("กลับ")
    assert slice(*text.given((start, len(text.text)))) == slice(typed.index("klap"), len(typed))


@pytest.mark.parametrize("language", ["en", "id", "ms", "tl", "vi", "und", None])
def test_languages_of_latin_letters_keep_them(spellings: Spellings, language: str | None) -> None:
    assert spellings.spell(Aligned.of("mai dai pai ban"), language).typed == ""


def test_a_text_in_its_own_script_stays_as_it_is(spellings: Spellings, examples: Mapping[str, tuple[str, ...]]) -> None:
    own = [(text, language) for text, (language, *_) in examples.items() if home_script_of(text) != "Latn"][::40]
    assert all(spellings.spell(Aligned.of(text), language).typed == "" for text, language in own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_a_letter_of_the_examples_stays_latin(
    spellings: Spellings, examples: Mapping[str, tuple[str, ...]], language: str
) -> None:
    typed = [text for text, languages in examples.items() if languages[0] == language][::7]
    spelt = [spellings.spell(Aligned.of(text), language) for text in typed]
    latin = [(len(re.findall("[a-zA-Z]", s.text.text)), len(re.findall("[a-zA-Z]", s.typed))) for s in spelt if s.typed]
    kept, letters = map(sum, zip(*latin, strict=True))
    assert kept < KEPT_IN_LATIN * letters


@given(text=st.text(alphabet="abdhgijklmnoptuy' ,.\n19\U0001f622", max_size=60), language=st.sampled_from(LANGUAGES))
def test_nothing_but_words_changes(text: str, language: str) -> None:
    written = SMALL[language].written(Aligned.of(text))
    others = re.compile(r"[\d,.\n\U0001f622]")
    assert others.findall(written.text) == others.findall(text)
    assert list(written.starts) == sorted(written.starts)
    assert all(start < end <= len(text) for start, end in zip(written.starts, written.ends, strict=True))


def test_what_nobody_wrote_down_stays(spellings: Spellings) -> None:
    assert spellings.spell(Aligned.of("xqxq wzzk"), "th").text.text == "xqxq wzzk"


def test_what_was_learnt_comes_back_from_the_model(spellings: Spellings, tmp_path: Path) -> None:
    spellings.save(tmp_path)
    again = Spellings.load(tmp_path)
    assert again.marks.clauses == [list(clause) for clause in spellings.marks.clauses]
    for language, typed in (("km", "nhom jong tov vinh"), ("zh", "bang bang wo"), ("vi", "toi bi nhot")):
        assert again.spell(Aligned.of(typed), language) == spellings.spell(Aligned.of(typed), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_says_how_one_word_of_the_language_is_typed(language: str) -> None:
    script = {"th": "Thai", "my": "Mymr", "km": "Khmr", "lo": "Laoo"}.get(language)
    spellings = spellings_of(language)
    assert len(spellings) > 2000
    for word, typed in spellings.items():
        assert home_script_of(word) == script or language == "zh", word
        assert typed, word
        assert all(re.fullmatch("[a-z]+(?:'[a-z]+)*", spelling) and len(spelling) <= LONGEST for spelling in typed), (
            word
        )


SMALL = {language: Script.learnt_from(language, []) for language in LANGUAGES}
