"""`saphan check` tells in plain words what is wrong with a theme or with the phrase that ends it (S5, S9)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.words import load_common, load_themes
from tests.support.content import findings, plant

FLOWS = Path(__file__).resolve().parents[2] / "flows"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    shutil.copytree(FLOWS, tmp_path / "flows")
    return tmp_path


def test_what_is_shipped_has_no_fault(tree: Path) -> None:
    assert findings(tree, "flows/themes", "flows/common", "flows/words/en/cover.ftl") == []


def test_a_piece_that_tells_something_is_named_with_its_line(tree: Path) -> None:
    line = plant(tree, "flows/themes/recipes.yml", "title: Pancakes", "title: Victims")
    found = findings(tree, "flows/themes")
    assert found == [
        f"flows/themes/recipes.yml:{line}: this piece says 'victims', which rule L1 forbids; a theme tells nothing (S9)"
    ]


def test_a_language_without_pieces_and_an_unknown_theme_are_named(tree: Path) -> None:
    plant(tree, "flows/themes/sayings.yml", "\nzh:", "\nxx:")
    (tree / "flows/themes/prayers.yml").write_text("en: []\n", encoding="utf-8")
    found = " ".join(findings(tree, "flows/themes"))
    assert "holds nothing in 'zh'" in found
    assert "'xx' is no language" in found
    assert "flows/themes/prayers.yml:1: is no theme" in found


def test_a_theme_that_would_soon_repeat_itself_is_named(tree: Path) -> None:
    text = (tree / "flows/themes/riddles.yml").read_text(encoding="utf-8")
    short = text.replace('  - {text: "What runs and has no legs?", answer: "It was water."}\n', "")
    (tree / "flows/themes/riddles.yml").write_text(short, encoding="utf-8")
    assert any("'en' has 5 pieces; write 6 or more" in line for line in findings(tree, "flows/themes"))


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [("purple bowl", "is not among `way_back`"), ("hello", "anybody may type it"), ("abc", "is short")],
)
def test_a_phrase_that_leads_nowhere_or_is_common_is_refused(tree: Path, phrase: str, fault: str) -> None:
    plant(tree, "flows/words/en/cover.ftl", "green mango and rain", phrase)
    assert any(fault in line for line in findings(tree, "flows/words/en/cover.ftl"))


def test_a_broken_theme_stops_the_start(tree: Path) -> None:
    (tree / "flows/themes/recipes.yml").write_text("en: [1, 2]\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"themes/recipes.yml: 'en' must hold"):
        load_themes(tree / "flows/themes")
    (tree / "flows/themes/recipes.yml").unlink()
    with pytest.raises(SettingError, match=r"themes/recipes.yml: cannot be read"):
        load_themes(tree / "flows/themes")
    (tree / "flows/common.yml").write_text("common: 3\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"common.yml: must hold"):
        load_common(tree / "flows/common.yml")
