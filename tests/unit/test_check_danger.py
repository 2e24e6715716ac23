"""`saphan check` refuses danger words that could not work."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.codes import LANGUAGES
from bot.services.checks.danger import FILE, KINDS
from tests.support.content import findings, write


def faults(tmp_path: Path, **changed: str) -> list[str]:
    """Check a file that is right but for what is changed."""
    right: dict[str, str] = {
        language: "{" + ", ".join(f"{kind}: [some words of {kind}]" for kind in KINDS) + "}" for language in LANGUAGES
    }
    write(tmp_path, FILE, "\n".join(f"{language}: {kinds}" for language, kinds in {**right, **changed}.items()))
    return findings(tmp_path, FILE)


def test_right_words_are_accepted(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_words_together_are_accepted(tmp_path: Path) -> None:
    kinds = ", ".join(f"{kind}: [some words, [one | two, three | four five]]" for kind in KINDS)
    assert faults(tmp_path, en=f"{{{kinds}, elsewhere: [a film]}}") == []


def test_several_phrases_that_films_have_too_stand_in_a_list_of_one_part(tmp_path: Path) -> None:
    kinds = ", ".join(f"{kind}: [[some words | other words]]" for kind in KINDS)
    assert faults(tmp_path, en=f"{{{kinds}, elsewhere: [a film]}}") == []


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"th": "{danger_now: [one two], self_harm: [one two]}"}, "no words for medical"),
        ({"fr": "{danger_now: [au secours]}"}, "no language of ours"),
        ({"en": "{danger_now: [a], self_harm: [one two], medical: [one two]}"}, "too short"),
        ({"en": "{danger_now: [help me, HELP me], self_harm: [one two], medical: [one two]}"}, "already"),
        ({"en": "{danger_now: [help me], fire: [it burns]}"}, "no danger"),
        ({"en": "{danger_now: [[help me now]]}"}, "not together"),
        ({"en": "{danger_now: [[]]}"}, "not together"),
        ({"en": "{danger_now: [[help me | x]]}"}, "too short"),
        ({"en": "{danger_now: [[now |, help]]}"}, "nothing on one side"),
        ({"en": "{danger_now: [[now, [help, me]]]}"}, "no text"),
        ({"en": "{elsewhere: [[film, song]]}"}, "one by one"),
        ({"en": "[help]"}, "no kinds"),
    ],
)
def test_what_could_not_work_is_refused_with_file_and_line(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    found = faults(tmp_path, **changed)
    assert any(says in fault for fault in found), found
    assert all(fault.split(":")[1].isdigit() for fault in found)


def test_a_part_that_is_no_text_is_all_that_is_told_of_it(tmp_path: Path) -> None:
    kinds = ", ".join(f"{kind}: [some words, [now, [help, me]]]" for kind in KINDS)
    found = faults(tmp_path, en=f"{{{kinds}}}")
    assert found
    assert all("no text" in fault for fault in found)
