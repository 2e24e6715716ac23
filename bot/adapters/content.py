"""Reads the content files for `saphan check`, each piece with its line. A fault names file and line, never a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from bot.domain.codes import LANGUAGES, UNDETERMINED
from bot.domain.flags import Rule, rules_of
from bot.domain.indicators import Catalogue
from bot.errors import SettingError
from bot.services.checks.catalogue import check_catalogue
from bot.services.checks.danger import FILE as DANGER
from bot.services.checks.flags import FILE as FLAGS
from bot.services.checks.flags import check_flags
from bot.services.checks.material import Listing, Material, Node, Recorded, Source, Table, Text
from bot.services.checks.mirror import TOPIC, check_mirror
from bot.services.checks.questions import FILE as QUESTIONS
from bot.services.checks.recordings import FOLDER as VOICE
from bot.services.checks.recordings import GUIDE as VOICE_GUIDE
from bot.services.checks.recordings import HASHES
from bot.services.checks.rules import DOMAIN, RULES
from bot.services.checks.themes import COMMON
from bot.services.checks.themes import FOLDER as THEMES
from bot.services.checks.training import FOLDER as TRAINING
from bot.services.checks.words import ESCAPE_FILE
from bot.words import read_drafts, read_flows

CONTACTS: Final = "flows/contacts.yml"
CATALOGUE: Final = "flows/indicators.yml"
FLAGS_TOPIC: Final = "review"

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT: Final = "tag:yaml.org,2002:str"


class _Wrong(Exception):
    """A file cannot be read; holds the finding."""


def read_material(root: Path, *, with_training: bool = True) -> Material:
    """Read everything that is checked; what cannot be read becomes a fault, never an exception.

    Without training the examples are left out: they are many, and a program that starts has learnt from them already.
    """
    faults: list[str] = []
    domain = _below(root, DOMAIN, faults)
    rules = _below(root, RULES, faults)
    training = _training(root, faults) if with_training else ()
    contacts = _one(root, CONTACTS, faults)
    catalogue = _one(root, CATALOGUE, faults)
    themes = _below(root, THEMES, faults)
    common = _one(root, COMMON, faults)
    questions = _one(root, QUESTIONS, faults)
    danger = _one(root, DANGER, faults)
    flags = _one(root, FLAGS, faults)
    recorded, hashes = _recordings(root, faults)
    unread = frozenset(fault.partition(":")[0] for fault in faults)
    # What is wrong with the file of exact words is among the faults of `read_flows`.
    escape = _one(root, ESCAPE_FILE, [])
    return Material(
        read_flows(root),
        escape,
        domain,
        rules,
        training,
        contacts,
        catalogue,
        themes,
        common,
        questions,
        danger,
        flags,
        recorded,
        hashes,
        faults=tuple(faults),
        unread=unread,
    )


def load_catalogue(root: Path) -> Catalogue:
    """Read the catalogue of indicators; SettingError says what is wrong in it or in a mirror sentence, and where."""
    faults: list[str] = []
    source = _one(root, CATALOGUE, faults)
    if source is not None:
        faults += check_catalogue(source) + check_mirror(source, read_drafts(root, TOPIC))
    if faults:
        raise SettingError(faults[0])
    return Catalogue.of(yaml.load((root / CATALOGUE).read_text(encoding="utf-8"), _LOADER))  # noqa: S506 - safe loader


def load_flags(root: Path) -> tuple[Rule, ...]:
    """Read the published rules of flags; SettingError says what is wrong in them, and where."""
    faults: list[str] = []
    source = _one(root, FLAGS, faults)
    if source is not None:
        faults += check_flags(source, read_drafts(root, FLAGS_TOPIC))
    if faults:
        raise SettingError(faults[0])
    return rules_of(yaml.load((root / FLAGS).read_text(encoding="utf-8"), _LOADER)["rules"])  # noqa: S506 - safe loader


GUIDE: Final = "README.md"
"""The one file beside the folders of languages: how messages are written and labelled."""


def _one(root: Path, file: str, faults: list[str]) -> Source | None:
    return next(iter(_read_all(root, [root / file], faults)), None)


def _below(root: Path, folder: str, faults: list[str]) -> tuple[Source, ...]:
    paths = list(_files(root / folder))
    if not paths:
        faults.append(f"{folder}: holds no files; put its <topic>.yml files there")
    stray = [path for path in paths if path.suffix != ".yml" or path.parent != root / folder]
    faults += [f"{_name(path, root)}:1: is not {folder}/<topic>.yml; move or rename it" for path in stray]
    return tuple(_read_all(root, [path for path in paths if path not in stray], faults))


def _training(root: Path, faults: list[str]) -> tuple[Source, ...]:
    """Read `nlu_data/<language>/<topic>.yml`; Rasa would train on files that stand elsewhere, too."""
    folder = root / TRAINING
    right: list[Path] = []
    for path in _files(folder):
        if path.suffix == ".yml" and path.parent.parent == folder and path.parent.name in LANGUAGES:
            right.append(path)
        elif path.parent != folder / UNDETERMINED and path != folder / GUIDE:
            # The folder only teaches which languages are not ours, and the guide tells how to label.
            advice = f"use a folder of {', '.join(LANGUAGES)}"
            faults.append(f"{_name(path, root)}:1: is not {TRAINING}/<language>/<topic>.yml; {advice}")
    there = {path.parent.name for path in right}
    faults += [
        f"{TRAINING}/{language}: holds no examples; put its <topic>.yml files there"
        for language in LANGUAGES
        if language not in there
    ]
    return tuple(_read_all(root, right, faults))


def read_training(root: Path) -> tuple[Source, ...]:
    """Read the examples that the reader learns from; what cannot be read is left out, `saphan check` names it."""
    return _training(root, [])


def _recordings(root: Path, faults: list[str]) -> tuple[tuple[Recorded, ...], tuple[Source, ...]]:
    """Read `flows/voice/<language>/<topic>.<message>.ogg` and the hashes beside them."""
    paths = [path for path in _files(root / VOICE) if path != root / VOICE_GUIDE]
    listed = [path for path in paths if path.name == HASHES and path.parent.parent == root / VOICE]
    recorded = [
        Recorded(_name(path, root), path.parent.relative_to(root / VOICE).as_posix(), path.stem, path.read_bytes())
        for path in paths
        if path not in listed
    ]
    return tuple(recorded), tuple(_read_all(root, listed, faults))


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _read_all(root: Path, paths: list[Path], faults: list[str]) -> list[Source]:
    found = []
    for path in paths:
        try:
            found.append(Source(_name(path, root), _read(path, _name(path, root))))
        except _Wrong as fault:
            faults.append(str(fault))
    return found


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _read(path: Path, file: str) -> Node:
    try:
        top = yaml.compose(path.read_text(encoding="utf-8"), _LOADER)
    except (OSError, UnicodeDecodeError) as fault:
        raise _Wrong(f"{file}:1: cannot be read ({type(fault).__name__}); put a UTF-8 file there") from None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise _Wrong(f"{file}:{mark.line + 1 if mark else 1}: is no YAML; check quotes and indents") from None
    return _node(top, file, set()) if top is not None else Table(1, ())


def _node(found: yaml.Node, file: str, seen: set[int]) -> Node:
    line = found.start_mark.line + 1
    if id(found) in seen:
        raise _Wrong(f"{file}:{line}: is used a second time by its anchor; write it out where it is used")
    seen.add(id(found))
    if isinstance(found, yaml.MappingNode):
        return Table(line, tuple(_row(key, value, file, seen) for key, value in _once(found, file)))
    if isinstance(found, yaml.SequenceNode):
        return Listing(line, tuple(_node(item, file, seen) for item in found.value))
    return Text(line, found.value, found.tag == _TEXT)


def _row(key: yaml.Node, value: yaml.Node, file: str, seen: set[int]) -> tuple[Text, Node]:
    return Text(key.start_mark.line + 1, key.value), _node(value, file, seen)


def _once(table: yaml.MappingNode, file: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Give the rows of a table; of two with one name YAML would silently keep the last."""
    lines: dict[str, int] = {}
    for key, _ in table.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _Wrong(f"{file}:{line}: has a name that is no word; write `name: value`")
        if key.value in lines:
            raise _Wrong(f"{file}:{line}: {key.value!r} stands on line {lines[key.value]} already; keep one")
        lines[key.value] = line
    return list(table.value)
