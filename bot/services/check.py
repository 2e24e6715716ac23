"""Checks what the bot can say before anybody reads it: the words files, the ways out and the keys that the code uses.

Each finding is one line, `file:line: what is wrong; what to do`. Nothing is changed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain import escape
from bot.domain.codes import LANGUAGES
from bot.domain.wording import Draft, Flows, WordsByWay, places, problems

ENGLISH: Final = "en"
"""The language that decides which keys there are."""
SPEAKING: Final = ("bot/domain", "bot/services", "bot/channels")
"""Folders whose code names keys of the words files."""
ESCAPE_FILE: Final = "flows/escape.yml"
LABEL_ENDING: Final = "-label"

_KEY: Final = re.compile(r"([a-z]+)\.([a-z0-9-]*)")
_FILE_ENDINGS: Final = frozenset({"css", "ftl", "html", "js", "md", "py", "yml"})


@dataclass(frozen=True)
class Use:
    """One place in the code that names a key, or the beginning of keys that are put together there."""

    key: str
    whole: bool
    label: bool
    file: str
    line: int

    def means(self, key: str) -> bool:
        """Tell whether this use may ask for a key."""
        return key == self.key if self.whole else key.startswith(self.key)


def check_words(root: Path, flows: Flows) -> list[str]:
    """List everything that is wrong with what the bot can say; `flows` is what was read below `root`."""
    english = {draft.key: draft for draft in flows.drafts if draft.language == ENGLISH}
    uses = list(_uses(root, frozenset(draft.topic for draft in english.values())))
    labels = {key for key in english if key.endswith(LABEL_ENDING) or any(u.label and u.means(key) for u in uses)}
    unread = frozenset(fault.partition(":")[0] for fault in flows.faults)
    found = list(flows.faults)
    found += _missing(flows.drafts, english, unread)
    for draft in flows.drafts:
        if f"flows/words/{ENGLISH}/{draft.topic}.ftl" in unread:
            continue
        found += [f"{draft.file}:{draft.line}: {fault}" for fault in _faults(draft, english, labels, flows)]
    found += _unknown_uses(uses, english)
    if ESCAPE_FILE not in unread:
        found += _escape_faults(flows.escape)
    return found


def _missing(drafts: tuple[Draft, ...], english: Mapping[str, Draft], unread: frozenset[str]) -> list[str]:
    """List what is written twice or not at all; a file that could not be read is named already."""
    found = []
    written: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        first = written.setdefault((draft.language, draft.key), draft)
        if first is not draft:
            found.append(f"{draft.file}:{draft.line}: {draft.key} stands on line {first.line} already; keep one")
    for language in LANGUAGES:
        folder = f"flows/words/{language}"
        for key, model in english.items():
            file = f"{folder}/{model.topic}.ftl"
            if (language, key) not in written and not unread & {folder, file}:
                found.append(f"{file}:1: {key} is missing; translate it from English")
    return found


def _faults(draft: Draft, english: Mapping[str, Draft], labels: set[str], flows: Flows) -> list[str]:
    found = []
    model = english.get(draft.key)
    if model is None:
        return [f"{draft.key} is not among the English words; write it there first or remove it"]
    if draft.asks not in ("yes", "no"):
        found.append(f"{draft.key} does not say whether it asks; add an indented `.asks = yes` or `.asks = no`")
    elif draft.asks != model.asks:
        found.append(f"{draft.key} has `.asks = {draft.asks}`, English has {model.asks}; make them the same")
    return found + problems(
        draft.key,
        draft.language,
        draft.text,
        places(model.text),
        asks=draft.asks == "yes",
        label=draft.key in labels,
        deny=flows.deny,
    )


def _unknown_uses(uses: list[Use], english: Mapping[str, Draft]) -> list[str]:
    return [
        f"{use.file}:{use.line}: says {use.key!r}, which the words files lack; write it or correct the key"
        for use in uses
        if not any(use.means(key) for key in english)
    ]


def _escape_faults(words: WordsByWay) -> list[str]:
    found = [
        f"{ESCAPE_FILE}:1: {way!r} has no word in {language!r}; add what people type"
        for way in escape.WAYS
        for language in LANGUAGES
        if not words.get(way, {}).get(language)
    ]
    for name, by_language in words.items():
        if name not in escape.WAYS:
            found.append(f"{ESCAPE_FILE}:1: {name!r} is no way out; use one of {', '.join(sorted(escape.WAYS))}")
        unknown = sorted(set(by_language) - set(LANGUAGES))
        found += [f"{ESCAPE_FILE}:1: {name!r} has the unknown language {code!r}; remove it" for code in unknown]
    try:
        escape.Words.of(words)
    except ValueError as fault:
        found.append(f"{ESCAPE_FILE}:1: {fault}; give each word to one way out")
    return found


def _uses(root: Path, topics: frozenset[str]) -> Iterator[Use]:
    for folder in SPEAKING:
        for path in sorted((root / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from _uses_in(tree, path.relative_to(root).as_posix(), topics)


def _uses_in(tree: ast.AST, file: str, topics: frozenset[str]) -> Iterator[Use]:
    nodes = list(ast.walk(tree))
    labels = {id(node) for call in nodes if isinstance(call, ast.Call) for node in _label_of(call)}
    parts = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        whole = isinstance(node, ast.Constant)
        if id(node) in parts or not (whole or isinstance(node, ast.JoinedStr)):
            continue
        text = _beginning(node)
        match = _KEY.fullmatch(text)
        if match is None or match[1] not in topics or match[2] in _FILE_ENDINGS:
            continue
        yield Use(text, whole, id(node) in labels, file, getattr(node, "lineno", 1))


def _label_of(call: ast.Call) -> list[ast.expr]:
    """Give the expression that stands for the label of a `Button(act, label)`."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "Button"):
        return []
    return call.args[1:2] + [keyword.value for keyword in call.keywords if keyword.arg == "label"]


def _beginning(node: ast.AST) -> str:
    """Give a string as far as it is written down: all of a constant, an f-string up to its first place."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
