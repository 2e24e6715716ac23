"""Every row has its sentence or is a reviewer's, and a mirror that quotes is refused with file, line and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.adapters.content import load_catalogue
from bot.errors import SettingError
from tests.support.content import findings, plant

ROOT = Path(__file__).parents[2]
CATALOGUE = "flows/indicators.yml"
WORDS = "flows/words/en/mirror.ftl"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the catalogue and the mirror's words as they are."""
    for words in (ROOT / "flows" / "words").glob("*/mirror.ftl"):
        (tmp_path / "flows" / "words" / words.parent.name).mkdir(parents=True)
        shutil.copy(words, tmp_path / words.relative_to(ROOT))
    for name in ("indicators.yml", "deny.yml", "escape.yml"):
        shutil.copy(ROOT / "flows" / name, tmp_path / "flows" / name)
    return tmp_path


def found(root: Path) -> list[str]:
    return findings(root, CATALOGUE, "flows/words/")


def test_the_catalogue_and_the_mirror_have_nothing_wrong(root: Path) -> None:
    assert found(root) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    mirror: job\n", "    mirror: work\n", "`mirror:` names 'work'; use a name of `mirrors:` or 'reviewer'"),
        ("    mirror: hours\n", "    mirror: documents\n", "'documents' speaks of other things than this row"),
        ("    mirror: low-pay\n", "    mirror: pay-cut\n", "'pay-cut' sets the row of line"),
        ("    mirror: room\n", "    mirror: job\n", "'job' sets the row of line"),
        ("    mirror: room\n", "    mirror: {a: b}\n", "`mirror:` is not as it should be"),
        (
            "  hours: {opened_by: excessive_overtime}",
            "  hours: {opened_by: threats}",
            "mirror 'hours' needs `opened_by:`",
        ),
        ("  hours: {opened_by", "  rest: {opened_by", "mirror 'rest' sets no row"),
        ("  hours: {opened_by", "  rest: {opened_by", "mirror 'rest' has no words; write `right-rest`"),
        ("  tl: [sinabi mo", "  xx: [sinabi mo", "'xx' is no language"),
        ("  tl: [sinabi mo", "  xx: [sinabi mo", "`never_in_a_mirror:` lacks 'tl'"),
    ],
)
def test_each_fault_of_the_catalogue_is_found(root: Path, old: str, new: str, says: str) -> None:
    plant(root, CATALOGUE, old, new)

    assert any(says in line and line.startswith(f"{CATALOGUE}:") for line in found(root)), found(root)


@pytest.mark.parametrize("quote", ['"he keeps it"', "“he keeps it”", "«he keeps it»", "'he keeps it'", "「它」"])
def test_a_mirror_sentence_that_quotes_is_refused_on_its_line(root: Path, quote: str) -> None:
    """P9, L3: the bot never holds a person's own words up to them."""
    line = plant(root, WORDS, "right-debt = Nobody", f"right-debt = {quote}: nobody")

    (hit,) = found(root)
    assert hit.startswith(
        f"{WORDS}:{line}: mirror.right-debt holds quotation marks; a mirror never quotes: name the right"
    )


def test_the_program_does_not_start_with_a_mirror_that_quotes(root: Path) -> None:
    line = plant(root, WORDS, "right-debt = Nobody", "right-debt = “He keeps me”: nobody")

    with pytest.raises(SettingError, match=f"^{WORDS}:{line}: mirror.right-debt holds quotation marks"):
        load_catalogue(root)


@pytest.mark.parametrize(
    ("old", "new"), [("    mirror: job\n", ""), ("    phase: now\n", ""), ("indicators:\n", "indicators: [\n")]
)
def test_the_program_does_not_start_with_a_broken_catalogue(root: Path, old: str, new: str) -> None:
    plant(root, CATALOGUE, old, new)

    with pytest.raises(SettingError, match=rf"^{CATALOGUE}:\d+: .*; "):
        load_catalogue(root)


def test_a_mirror_sentence_with_a_place_for_other_words_is_refused(root: Path) -> None:
    line = plant(root, WORDS, "right-debt = Nobody", "right-debt = { $words } Nobody")

    assert any(
        hit.startswith(f"{WORDS}:{line}: mirror.right-debt has a place for other words and could quote")
        for hit in found(root)
    )


@pytest.mark.parametrize(
    ("language", "phrase"),
    [("en", "You said that"), ("th", "คุณบอกว่า"), ("zh", "你说"), ("vi", "Bạn kể"), ("tl", "Sabi mo")],
)
def test_a_mirror_sentence_that_points_at_what_they_said_is_refused(root: Path, language: str, phrase: str) -> None:
    """P9: no "earlier you said", in any language."""
    file = f"flows/words/{language}/mirror.ftl"
    line = plant(root, file, "right-debt = ", f"right-debt = {phrase} ")

    assert any(
        hit.startswith(f"{file}:{line}: ") and "points at what they said (rule P9)" in hit for hit in found(root)
    )


def test_an_apostrophe_is_no_quotation_mark(root: Path) -> None:
    plant(root, WORDS, "right-debt = Nobody", "right-debt = Nobody's boss")

    assert found(root) == []


def test_a_mirror_must_ask(root: Path) -> None:
    text = (root / WORDS).read_text(encoding="utf-8")
    at = text.index("right-debt")
    (root / WORDS).write_text(text[:at] + text[at:].replace(".asks = yes", ".asks = no", 1), encoding="utf-8")

    assert any("mirror.right-debt is a mirror and has `.asks = no`" in hit for hit in found(root))


def test_words_that_belong_to_no_mirror_are_found(root: Path) -> None:
    plant(root, CATALOGUE, "  hours: {opened_by", "  rest: {opened_by")

    assert any("mirror.right-hours belongs to no mirror; add 'hours' to `mirrors:`" in hit for hit in found(root))
