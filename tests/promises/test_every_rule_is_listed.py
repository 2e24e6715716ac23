"""docs/promises.md lists each of the 82 rules once, with tests that exist and carry its number, or on a short list."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from scripts import promises

LISTS = {
    "What only people can check": {"L8", "L10", "L13", "L15"},
    "What the desk and the referral will prove": {"H4", "H8", "H10", "H11", "S19", "D7"},
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
            f"{rule}: {test} is not there or does not carry {rule}" for test in named if not _carries(test, rule)
        ]
        faults += [f"{rule}: no test carries its number"] if rule not in carried and rule not in excused else []
    assert faults == [], "python scripts/promises.py fills in what is missing"


def _carries(test: str, rule: str) -> bool:
    file, _, name = test.partition("::")
    path = promises.ROOT / file
    if not path.exists():
        return False
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return bool(re.search(rf"\b{rule}\b", ast.get_docstring(node) or "")) or rule.lower() in name.split("_")
    return False
