"""The code stays readable: small files, small functions, arrows in one direction, faults caught where they belong."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, sources, texts

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONG_FILES: dict[str, str] = {}
"""Name and reason of a Python file that may be longer."""
LONG_FUNCTIONS: dict[str, str] = {}
"""`file:function` and reason of a function that may be longer."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
OURS = ("bot/", "actions/", "scripts/", "tests/")


def test_no_file_is_long_without_a_reason() -> None:
    long = {name for name, text in texts() if name.endswith(".py") and text.count("\n") > LONGEST_FILE}

    assert long == LONG_FILES.keys()


def test_no_function_is_long_without_a_reason() -> None:
    long = {
        f"{name}:{node.name}"
        for name, tree in sources(*OURS)
        for node in ast.walk(tree)
        if isinstance(node, Function) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }

    assert long == LONG_FUNCTIONS.keys()


def test_everything_is_caught_only_at_an_edge_that_says_why() -> None:
    broad = re.compile(r"except\s*:|except\s*\(?\s*(Base)?Exception\b|suppress\((Base)?Exception\)")
    unexplained = [
        f"{name}:{number}"
        for name, text in texts()
        if name.endswith(".py") and name.startswith(("bot/", "actions/"))
        for number, line, after in _with_next(text)
        if broad.search(line) and not re.search(r"#.*\bedge: ", line + after) and "raise" not in after
    ]

    assert unexplained == []


def _with_next(text: str) -> list[tuple[int, str, str]]:
    lines = [*text.splitlines(), "", "", ""]
    return [(i + 1, lines[i], "\n".join(lines[i + 1 : i + 4])) for i in range(len(lines) - 3)]


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")

    assert [name for name, text in texts() if name.startswith(("bot/", "actions/")) and marks.search(text)] == []


def test_logs_are_written_only_through_our_own() -> None:
    """A module that takes the standard logger could hand it a sentence."""
    direct = [
        name
        for name, tree in sources("bot/", "actions/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if ast.unparse(node.func) in {"logging.info", "logging.error", "logging.warning", "logging.debug"}
        or (ast.unparse(node.func) == "logging.getLogger" and name not in {"bot/logs.py", "bot/dialogue/quiet.py"})
    ]

    assert direct == []


def test_event_names_are_constants() -> None:
    made = [
        f"{name}:{node.lineno}"
        for name, tree in sources("bot/", "actions/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and re.fullmatch(r"_?logger\.(debug|info|warning|error)", ast.unparse(node.func))
        if not (node.args and isinstance(node.args[0], ast.Constant))
    ]

    assert made == []


def test_imports_follow_the_arrows() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    report = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert report.returncode == 0, report.stdout


def _engine_python() -> str | None:
    built = ROOT / ".venv-engine" / "bin" / "python"
    return str(built) if built.exists() else shutil.which("python3.10")


@pytest.mark.skipif(_engine_python() is None and os.environ.get("CI") != "true", reason="there is no Python 3.10 here")
def test_the_rules_run_on_the_engines_python_and_load_no_framework() -> None:
    python = _engine_python()
    assert python is not None
    modules = [path.stem for path in (ROOT / "bot" / "domain").glob("*.py") if path.stem != "__init__"]
    program = (
        "import importlib, sys\n"
        f"for name in {sorted(modules)!r}: importlib.import_module('bot.domain.' + name)\n"
        "assert sys.version_info[:2] == (3, 10)\n"
        # Python's own file of how it was built carries the platform's name, so no list of its modules knows it.
        "loaded = {name.partition('.')[0] for name in sys.modules if not name.startswith('_sysconfigdata')}\n"
        "print(*sorted(loaded - {'__main__', *sys.stdlib_module_names}))\n"
    )
    run = subprocess.run(
        [python, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.split() == ["bot"]
