"""docs/promises.md lists each of the 82 rules once, with tests that exist and carry its number, or on a short list."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from scripts import promises

LISTS = {
    "What only people can check": {"L8", "L10", "L13", "L15"},
    "What is not built on purpose": {"S11"},
}
"""The only rules that may stand without a test, and where."""
TEST = re.compile(r"`(tests/[\w/]+\.py::\w+)`")


def rows(part: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if _is_row(line)]


def _is_row(line: str) -> bool:
    return re.match(r"\| [TPLSCHD]\d+ \|", line) is not None


def parts() -> dict[str, str]:
    _, *found = re.split(r"^## ", promises.PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0].strip(): part.partition("\n")[2] for part in found}


def main_rows() -> list[list[str]]:
    return [row for title, part in parts().items() if title not in LISTS for row in rows(part)]


def test_there_are_82_rules_and_each_is_promised_once() -> None:
    assert len(promises.RULES) == 82
    assert Counter(row[0] for row in main_rows()) == Counter(promises.RULES)


@pytest.mark.parametrize("title", LISTS)
def test_a_short_list_holds_what_it_may_with_a_state(title: str) -> None:
    listed = rows(parts()[title])
    assert {row[0] for row in listed} == LISTS[title]
    assert all(len(row) == 3 and row[1] and row[2] for row in listed)


def test_every_other_rule_names_tests_that_exist_and_carry_its_number() -> None:
    excused = set().union(*LISTS.values())
    carried = promises.tests_by_rule()
    faults = []
    for rule, _, proof in main_rows():
        named = TEST.findall(proof)
        if rule in excused:
            faults += [f"{rule} stands on a short list and names tests"] if named else []
        elif not named:
            faults.append(f"{rule} names no test")
        faults += [
            f"{rule}: {test} is not there or does not carry {rule}" for test in named if test not in carried[rule]
        ]
    assert faults == [], "python scripts/promises.py fills in what is missing"


@pytest.mark.parametrize(
    ("name", "docstring", "rules"),
    [
        ("test_a", "P1, S8: one question.", ["P1", "S8"]),
        ("test_a", "P6: only with a yes. S8: no message outside.", ["P6", "S8"]),
        ("test_p6_s9_a_knock", "", ["P6", "S9"]),
        ("test_asking_for_a_person_is_p3", "", []),
        ("test_a", "S2: by exact word P0, by what was read P1; the screen stays.", ["S2"]),
        ("test_a", "Contract, *Codes*: P1.", []),
    ],
)
def test_a_level_of_urgency_is_no_rule_of_pace(name: str, docstring: str, rules: list[str]) -> None:
    assert promises.rules_of(name, docstring) == rules
