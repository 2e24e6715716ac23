"""Writes what the desk changed into the text of the content files, so that it can go back to the repository.

Only what was changed changes: comments, order and every other line stay as they are. Who signed stays in the database;
the files only tell which wording was read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml
from fluent.syntax import FluentParser, ast

from bot.domain.codes import LANGUAGES
from bot.domain.contact_rows import Overlay, name_of
from bot.domain.word_reviews import Wording, sentences, with_wordings
from bot.errors import SaphanError
from bot.services.content.words import Files, switched_off
from bot.services.ports import Records

CONTACTS: Final = "contacts.yml"
REVIEWS: Final = "reviews.yml"
LANGUAGES_OFF: Final = "languages.yml"

_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z_-]+")
_NOT_PLAIN: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null"})
"""Words that YAML would not take for text."""
_REVIEWS_ARE: Final = """\
# Sentences that somebody who speaks the language has read beside the English and signed (`saphan content export`).
# The hash is of the very wording, in both languages: a changed sentence is a draft again.
"""
_OFF_ARE: Final = """\
# Languages that are switched off: the bot says so, and goes on in English. The desk can switch them on.
"""


class CannotExport(SaphanError):
    """What the desk changed does not fit the files any more; names file and key only."""


@dataclass(frozen=True)
class Exported:
    """What the desk changed, as it was read at once."""

    overlays: Sequence[Overlay]
    wordings: Sequence[Wording]
    off: Collection[str]
    signed: Mapping[str, Mapping[str, str]]
    """By language: keys of sentences that were read, and the hash of their wording."""


async def read_changes(records: Records, files: Files, shipped_off: Collection[str]) -> Exported:
    """Read everything that the desk changed."""
    async with records.look() as tx:
        overlays, wordings = await tx.content.contacts(), await tx.content.wordings()
        reviews, off = await tx.content.word_reviews(), await switched_off(tx, shipped_off)
    drafts = with_wordings(files.drafts, wordings)
    signed: dict[str, dict[str, str]] = {
        code: {
            it.draft.key: it.hash for it in sentences(drafts, reviews, code) if it.reviewed or it.hash in files.reviewed
        }
        for code in LANGUAGES
    }
    return Exported(overlays, [it for it in wordings if it.in_use], off, signed)


def changed_files(found: Exported, texts: Mapping[str, str]) -> dict[str, str]:
    """Give the files below `flows/` that are to be written, by path; `texts` are those that are there."""
    files: dict[str, str] = {}
    for wording in found.wordings:
        topic, _, name = wording.key.partition(".")
        path = f"words/{wording.language}/{topic}.ftl"
        files[path] = reword(files.get(path, texts.get(path, "")), name, wording.text, path)
    if found.overlays:
        files[CONTACTS] = with_rows(texts[CONTACTS], found.overlays)
    files[REVIEWS] = _REVIEWS_ARE + "".join(_table(code, found.signed[code]) for code in LANGUAGES)
    off = ", ".join(_scalar(code) for code in LANGUAGES if code in found.off)
    files[LANGUAGES_OFF] = f"{_OFF_ARE}switched_off: [{off}]\n"
    return {path: text for path, text in files.items() if texts.get(path, _NOTHING.get(path)) != text}


def reword(source: str, name: str, text: str, path: str) -> str:
    """Put another sentence in the place of one of a words file; raises CannotExport where it is not there."""
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Message) and entry.id.name == name and entry.value is not None:
            span = entry.value.span
            if span is not None:
                return source[: span.start] + text + source[span.end :]
    raise CannotExport(f"flows/{path}: holds no {name!r}; take the wording away at the desk")


def with_rows(source: str, overlays: Iterable[Overlay]) -> str:
    """Put changed rows in the place of those of the file, leave out what was withdrawn, and add what is new."""
    changed = {it.name: it.row for it in overlays}
    lines = source.splitlines(keepends=True)
    top: Any = yaml.compose(source)
    listed = next(value for key, value in top.value if key.value == "contacts")
    rows = yaml.safe_load(source)["contacts"]
    starts = [item.start_mark.line for item in listed.value]
    written = lines[: starts[0]] if starts else lines
    for row, start, end in zip(rows, starts, [*starts[1:], len(lines)], strict=True):
        name = name_of(row)
        if name not in changed:
            written += lines[start:end]
        elif (kept := changed.pop(name)) is not None:
            written.append(f"{_row(kept)}\n")
    added = [_row(row) for row in changed.values() if row is not None]
    return "".join(written).rstrip("\n") + "\n" + "".join(f"\n{block}" for block in added)


def _row(row: Mapping[str, Any]) -> str:
    fields = [f"{name}: {_value(value)}\n" for name, value in row.items()]
    return "  - " + "    ".join(fields)


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_scalar(str(one)) for one in value)}]"
    return ("yes" if value else "no") if isinstance(value, bool) else _scalar(str(value))


def _scalar(value: str) -> str:
    is_plain = _PLAIN.fullmatch(value) is not None and value.casefold() not in _NOT_PLAIN
    return value if is_plain else "'" + value.replace("'", "''") + "'"


def _table(language: str, signed: Mapping[str, str]) -> str:
    rows = "".join(f"  {key}: '{name}'\n" for key, name in signed.items())
    return f"{_scalar(language)}:\n{rows}" if rows else ""


_NOTHING: Final = {REVIEWS: _REVIEWS_ARE, LANGUAGES_OFF: f"{_OFF_ARE}switched_off: []\n"}
"""What files that need not be there would tell then."""
