"""`saphan check` refuses rules of flags that could not work, or that nobody is told of (H9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.services.checks.flags import FILE
from tests.support.content import findings, write

WORDS = "flows/words/en/review.ftl"


def faults(tmp_path: Path, rules: str) -> list[str]:
    """Check some rules beside a sentence for `made`."""
    write(tmp_path, WORDS, "flag-made = what others made somebody do\n    .asks = no\n")
    write(tmp_path, FILE, rules)
    return findings(tmp_path, FILE)


def test_right_rules_are_accepted(tmp_path: Path) -> None:
    assert faults(tmp_path, "rules:\n- {name: a, told: made, level: P1, any_of: [sold, threats], at_least: 2}\n") == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("{name: a, told: unsaid, all_of: [sold]}", "nobody is told"),
        ("{name: A b, told: made, all_of: [sold]}", "is no name"),
        ("{told: made, all_of: [sold]}", "is no name"),
        ("{name: a, told: made}", "asks for nothing"),
        ("{name: a, told: made, level: P9}", "`level:` is not as it should be"),
        ("{name: a, told: made, all_of: [guilt]}", "no code of a message"),
        ("{name: a, told: made, all_of: []}", "is empty"),
        ("{name: a, told: made, all_of: sold}", "is no list"),
        ("{name: a, told: made, any_of: [sold], at_least: 2}", "no number from 1 to 1"),
        ("{name: a, told: made, all_of: [sold], at_least: 1}", "no number from 1 to 0"),
        ("{name: a, told: made, all_of: [sold], hidden: yes}", "unknown field"),
        ("sold", "no rule"),
    ],
)
def test_what_could_not_work_is_refused_with_file_and_line(tmp_path: Path, row: str, says: str) -> None:
    found = faults(tmp_path, f"rules:\n- {row}\n")
    assert any(says in fault for fault in found), found
    assert all(fault.split(":")[1].isdigit() for fault in found)


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    row = "- {name: a, told: made, all_of: [sold]}\n"
    assert any("stands on line 2 already" in fault for fault in faults(tmp_path, f"rules:\n{row}{row}"))
