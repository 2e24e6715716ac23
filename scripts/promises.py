"""Fills in the tests of docs/promises.md: `python scripts/promises.py`; says which rules no test carries."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "promises.md"
RULES: Final = tuple(
    f"{letter}{number}"
    for letter, most in {"T": 9, "P": 12, "L": 15, "S": 21, "C": 7, "H": 11, "D": 7}.items()
    for number in range(1, most + 1)
)
"""The 82 rules of the domain reference, section 6.2."""
NOT_THE_BOT: Final = ("tests/unit/test_rehearsal_observer.py",)
"""These prove that a broken rule is seen, not that the bot keeps it."""
NAMED: Final = 3
"""How many tests a row names; a rule may have more."""
RULE: Final = re.compile(r"\b(?:[TPLSCHD][0-9]{1,2})\b")
ROW: Final = re.compile(r"\| ([TPLSCHD][0-9]{1,2}) \| (.*?) \| (.*?) \|")


def tests_by_rule() -> dict[str, list[str]]:
    """Give the tests whose name or docstring carries a rule's number, the most particular first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        file = path.relative_to(ROOT).as_posix()
        if file in NOT_THE_BOT:
            continue
        for name, rules in _tests_in(ast.parse(path.read_text(encoding="utf-8"))):
            for rule in rules:
                found.setdefault(rule, []).append((len(rules), f"{file}::{name}"))
    return {rule: [test for _, test in sorted(tests, key=lambda one: one[0])] for rule, tests in found.items()}


def _tests_in(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            in_name = {part.upper() for part in node.name.split("_")}
            carried = {*RULE.findall(ast.get_docstring(node) or ""), *in_name} & set(RULES)
            if carried:
                yield node.name, carried


def main() -> None:
    """Rewrite the third column of every row that names tests."""
    tests = tests_by_rule()
    missing = []
    lines = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        row = ROW.fullmatch(line)
        if row is not None and (row[3] == "?" or row[3].startswith("`tests/")):
            named = tests.get(row[1], [])[:NAMED]
            missing += [] if named else [row[1]]
            cell = ", ".join(f"`{test}`" for test in named) or "?"
            line = f"| {row[1]} | {row[2]} | {cell} |"  # noqa: PLW2901 - the line as it is from now on
        lines.append(line)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"no test carries: {', '.join(missing)}\n" if missing else "every rule has its test\n")


if __name__ == "__main__":
    main()
