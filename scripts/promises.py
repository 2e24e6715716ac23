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
WHOLE: Final = ("tests/promises/", "tests/property/")
"""These look at everything a rule holds for, and not at one case of it: they are named first."""
NAMED: Final = 3
"""How many tests a row names; a rule may have more."""
RULE: Final = re.compile(r"[TPLSCHD][0-9]{1,2}")
CARRIED: Final = re.compile(rf"(?:^|[.;] )((?:{RULE.pattern})(?:, {RULE.pattern})*)(?=[:,.])")
"""Rules that a docstring proves stand at the head of a sentence; "called as P1" is a level of urgency."""
IN_NAME: Final = re.compile(r"test_((?:[tplschd][0-9]{1,2}_)+)")
ROW: Final = re.compile(r"\| ([TPLSCHD][0-9]{1,2}) \| (.*?) \| (.*?) \|")


def tests_by_rule() -> dict[str, list[str]]:
    """Give the tests whose name or docstring carries a rule's number, first those that are about this rule most."""
    found: dict[str, list[tuple[bool, int, int, str]]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        file = path.relative_to(ROOT).as_posix()
        if file in NOT_THE_BOT:
            continue
        for name, rules in _tests_in(ast.parse(path.read_text(encoding="utf-8"))):
            for place, rule in enumerate(rules):
                found.setdefault(rule, []).append((not file.startswith(WHOLE), place, len(rules), f"{file}::{name}"))
    return {rule: [test for *_, test in sorted(tests)] for rule, tests in found.items()}


def rules_of(name: str, docstring: str) -> list[str]:
    """List the rules that a test proves, in the order in which it names them."""
    in_name = IN_NAME.match(name)
    named = in_name[1].upper().split("_") if in_name else []
    named += [rule for some in CARRIED.findall(docstring) for rule in some.split(", ")]
    return [rule for rule in dict.fromkeys(named) if rule in RULES]


def _tests_in(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            rules = rules_of(node.name, ast.get_docstring(node) or "")
            if rules:
                yield node.name, rules


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
