"""Finds where keys of the words files are named: in the code, in the page templates and in the responses of flows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SPEAKING: Final = ("bot/domain", "bot/services", "bot/channels")
"""Folders whose code names keys of the words files."""
TEMPLATES: Final = "bot/channels"

_KEY: Final = re.compile(r"([a-z]+)\.([a-z0-9-]*)")
_SAID_IN_PAGE: Final = re.compile(r"""\bsay\(\s*(["'])(?P<said>[^"']*)\1|(["'])(?P<quoted>[a-z]+\.[a-z0-9-]+)\3""")
_FILE_ENDINGS: Final = frozenset({"css", "ftl", "html", "js", "md", "py", "yml"})


@dataclass(frozen=True)
class Use:
    """One place in the code that names a key, or the beginning of keys that are put together there."""

    key: str
    file: str
    line: int
    whole: bool = True
    label: bool = False

    def means(self, key: str) -> bool:
        """Tell whether this use may ask for a key."""
        return key == self.key if self.whole else key.startswith(self.key)


def uses_in_code(root: Path, topics: frozenset[str]) -> tuple[list[Use], list[str]]:
    """Give every use in Python files, and a finding for each file that is no Python."""
    found: list[Use] = []
    faults: list[str] = []
    for folder in SPEAKING:
        for path in sorted((root / folder).rglob("*.py")):
            tree, fault = parsed(path, root)
            faults += [fault] if fault else []
            found += _uses_in(tree, path.relative_to(root).as_posix(), topics)
    return found, faults


def uses_in_pages(root: Path, topics: frozenset[str]) -> tuple[list[Use], list[str]]:
    """Give every use in the person's pages, what `say` is given and any key in quotes, and what cannot be read."""
    found: list[Use] = []
    faults: list[str] = []
    for path in sorted((root / TEMPLATES).rglob("*.html")):
        file = path.relative_to(root).as_posix()
        try:
            page = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            faults.append(f"{file}:1: cannot be read ({type(fault).__name__}); put a UTF-8 file there")
            continue
        for match in _SAID_IN_PAGE.finditer(page):
            said, quoted = match["said"], match["quoted"]
            if said is not None or _names_topic(quoted, topics):
                found.append(Use(said or quoted or "", file, page.count("\n", 0, match.start()) + 1))
    return found, faults


def parsed(path: Path, root: Path) -> tuple[ast.Module, str]:
    """Give the syntax of a Python file, or an empty one and a finding."""
    file = path.relative_to(root).as_posix()
    try:
        return ast.parse(path.read_text(encoding="utf-8")), ""
    except (OSError, ValueError) as fault:
        return ast.Module([], []), f"{file}:1: cannot be read ({type(fault).__name__}); put a UTF-8 file there"
    except SyntaxError as fault:
        return ast.Module([], []), f"{file}:{fault.lineno or 1}: is no Python; correct it"


def _names_topic(key: str, topics: frozenset[str]) -> bool:
    match = _KEY.fullmatch(key)
    return match is not None and match[1] in topics and match[2] not in _FILE_ENDINGS


def _uses_in(tree: ast.AST, file: str, topics: frozenset[str]) -> Iterator[Use]:
    nodes = list(ast.walk(tree))
    labels = {id(node) for call in nodes if isinstance(call, ast.Call) for node in _label_of(call)}
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        whole = isinstance(node, ast.Constant)
        if id(node) in parts or not (whole or isinstance(node, ast.JoinedStr)):
            continue
        text = _beginning(node)
        if _names_topic(text, topics):
            yield Use(text, file, getattr(node, "lineno", 1), whole, label=id(node) in labels)


def _label_of(call: ast.Call) -> list[ast.expr]:
    """Give the expression that stands for the label of a `Button(act, label)`."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "Button"):
        return []
    return call.args[1:2] + [keyword.value for keyword in call.keywords if keyword.arg == "label"]


def _beginning(node: ast.AST) -> str:
    """Give a string as far as it is written down: all of a constant, an f-string up to its first place."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
