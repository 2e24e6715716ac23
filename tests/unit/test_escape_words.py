"""The exact words of the ways out work as people really type them, and only as a whole message."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES
from bot.domain.escape import WAYS
from bot.errors import SettingError
from bot.words import Words, load_escape

FLOWS = Path(__file__).resolve().parents[2] / "flows"
ESCAPE = load_escape(FLOWS / "escape.yml")
WORDS = Words.load(FLOWS / "words")

LABELS = {
    "escape.person": "person",
    "escape.pause": "stop",
    "escape.delete": "delete",
    "escape.language": "language",
    "escape.danger": "danger",
    "opening.safe-danger": "danger",
    "handoff.back": "back",
    "themes.recipes": "hide",
    "themes.football": "hide",
    "themes.sayings": "hide",
    "themes.riddles": "hide",
    "cover.phrase": "way_back",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("key", "way"), LABELS.items())
def test_typing_what_a_button_says_is_as_good_as_pressing_it(language: str, key: str, way: str) -> None:
    assert ESCAPE.way_of(WORDS.say(key, language)) == way


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("STOP", "stop"),
        ("  stop!!! ", "stop"),
        ("/stop", "stop"),
        ("ｓｔｏｐ", "stop"),
        ("s t o p", "stop"),
        ("\u202bstop\u202c", "stop"),
        ("Stop 🛑", "stop"),
        ("dung lai", "stop"),
        ("DỪNG LẠI", "stop"),
        ("du\u031b\u0300ng la\u0323i", "stop"),
        ("หยุด...", "stop"),
        ("ห\u200bยุด", "stop"),
        ("停！", "stop"),
        ("xoá", "delete"),
        ("Hapus semua.", "delete"),
        ("I’m in danger", "danger"),
        ("救命！！！", "danger"),
        ("tolong, bahaya!", "danger"),
        ("អន្តរាយ", None),
        ("ຢູ່ໃນອັນຕະລາຍ", "danger"),
        ("轉人工", "person"),
        ("Kaunselor", "person"),
        ("Tiếng Việt", "language"),
        ("Back to the program", "back"),
    ],
)
def test_case_width_spaces_and_punctuation_do_not_matter(typed: str, way: str | None) -> None:
    assert ESCAPE.way_of(typed) == way


@pytest.mark.parametrize(
    "told",
    [
        "help",
        "help me",
        "they do not stop",
        "he told me to delete my photos",
        "there is danger on the boat at night",
        "a person took my passport",
        "the boss does not stop shouting",
        "dung",
        "tolong",
        "tulong",
        "ช่วยด้วย",
        "帮帮我",
        "ບໍ່ເປັນຫຍັງ",
        "orang",
        "back",
        "yes",
        "no",
        "",
        " ... ",
    ],
)
def test_telling_is_never_taken_for_a_way_out(told: str) -> None:
    assert ESCAPE.way_of(told) is None


def test_every_way_out_is_reached() -> None:
    assert set(ESCAPE.ways.values()) == set(WAYS)


def test_an_answer_that_the_bot_offers_is_no_way_out_by_accident() -> None:
    for language in LANGUAGES:
        for key in ("opening.safe-yes", "opening.safe-no", "safety.check-yes", "safety.check-no", "handoff.yes"):
            assert ESCAPE.way_of(WORDS.say(key, language)) is None


def test_one_word_for_two_ways_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "escape.yml"
    path.write_text("stop: {en: [Leave]}\ndelete: {th: ['leave!']}\n", encoding="utf-8")

    with pytest.raises(SettingError, match=r"escape.yml: .*one way out"):
        load_escape(path)


def test_a_word_that_yaml_takes_for_something_else_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "escape.yml"
    path.write_text("stop: {en: [no]}\n", encoding="utf-8")

    with pytest.raises(SettingError, match="phrases in quotes"):
        load_escape(path)
