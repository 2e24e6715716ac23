"""What `saphan check` looks at: the content files as they were read, each piece with the line it stands on.

Whoever reads the files (`bot.adapters.content`) makes these; the checks only look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from bot.domain.wording import Flows


@dataclass(frozen=True)
class Text:
    """One value that holds no others."""

    line: int
    text: str
    """As it is written, without quotes."""
    is_text: bool = True
    """False where YAML takes it for a number, a truth value or nothing, because it has no quotes."""


@dataclass(frozen=True)
class Listing:
    """Values one below the other."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Table:
    """Values by name."""

    line: int
    rows: tuple[tuple[Text, Node], ...]

    def get(self, name: str) -> Node | None:
        """Give the value under a name, None where there is none."""
        return next((value for key, value in self.rows if key.text == name), None)


Node: TypeAlias = "Text | Listing | Table"


@dataclass(frozen=True)
class Source:
    """One file that could be read."""

    file: str
    """Path below the root, with slashes."""
    root: Node

    def wrong(self, node: Node, fault: str) -> str:
        """Write one finding about a piece of this file."""
        return f"{self.file}:{node.line}: {fault}"

    def rows(self, name: str) -> tuple[tuple[Text, Node], ...]:
        """Give the rows of a table of the file, none where there is no such table; `lost_parts` tells."""
        table = self.root.get(name) if isinstance(self.root, Table) else None
        return table.rows if isinstance(table, Table) else ()

    def items(self, name: str) -> tuple[Node, ...]:
        """Give the items of a list of the file, none where there is no such list; `lost_parts` tells."""
        listing = self.root.get(name) if isinstance(self.root, Table) else None
        return listing.items if isinstance(listing, Listing) else ()


@dataclass(frozen=True)
class Recorded:
    """One file among the recordings, whatever it is."""

    file: str
    language: str
    """The folder it stands in."""
    key: str
    """The sentence that it is named after."""
    sound: bytes = field(repr=False)


@dataclass(frozen=True)
class Material:
    """Everything that the check looks at; `faults` are the findings about what could not be read."""

    flows: Flows
    escape: Source | None = None
    """The file of exact words once more, for the lines that `flows` has not."""
    domain: tuple[Source, ...] = ()
    rules: tuple[Source, ...] = ()
    training: tuple[Source, ...] = ()
    contacts: Source | None = None
    catalogue: Source | None = None
    themes: tuple[Source, ...] = ()
    common: Source | None = None
    questions: Source | None = None
    danger: Source | None = None
    flags: Source | None = None
    recorded: tuple[Recorded, ...] = ()
    hashes: tuple[Source, ...] = ()
    """For which wording each recording was made, a file a language."""
    faults: tuple[str, ...] = ()
    unread: frozenset[str] = field(default=frozenset())
    """Files and folders that a fault is about: what they lack is not told a second time."""


def text_of(node: Node | None) -> str:
    """Give a value that is text, else nothing: a number without quotes, a list and a blank are no text."""
    return node.text.strip() if isinstance(node, Text) and node.is_text else ""


def one_of(names: Collection[str]) -> str:
    """Write the advice to use one of some names."""
    return f"use one of {', '.join(names)}"


def texts_of(source: Source, node: Node | None, what: str) -> tuple[list[Text], list[str]]:
    """Give the texts of a list and what is wrong with it; no list at all is an empty one."""
    if node is None:
        return [], []
    if not isinstance(node, Listing):
        return [], [source.wrong(node, f"{what} is no list; write `[one, two]`")]
    texts = [item for item in node.items if isinstance(item, Text) and text_of(item)]
    faults = [
        source.wrong(item, f"{what} holds something that is no text; put it in quotes")
        for item in node.items
        if not text_of(item)
    ]
    return texts, faults


def unknown_fields(source: Source, table: Table, known: Collection[str], what: str) -> Iterator[str]:
    """Name every field of a table that nobody reads."""
    for key, _ in table.rows:
        if key.text not in known:
            yield source.wrong(key, f"{what} has the unknown field {key.text!r}; remove it or {one_of(known)}")


def faults_of_shape(
    source: Source, *, lists: Collection[str] = (), tables: Collection[str] = (), others: Collection[str] = ()
) -> Iterator[str]:
    """Tell where a file as a whole has not its shape; `lists` must be there, `tables` and `others` may be."""
    if not isinstance(source.root, Table):
        yield source.wrong(source.root, f"holds no {' and no '.join(f'`{name}:`' for name in lists)}; write it")
        return
    yield from unknown_fields(source, source.root, (*lists, *tables, *others), "this file")
    for name in lists:
        part = source.root.get(name)
        if not isinstance(part, Listing) or not part.items:
            yield source.wrong(part or source.root, f"holds no list `{name}:`; write it")
    for name in tables:
        part = source.root.get(name)
        if part is not None and not isinstance(part, Table):
            yield source.wrong(part, f"`{name}:` is no table; write `name: value` below it")


EXAMPLE: Final = {"id": "name", "name": "..."}
"""What is written behind the field in the advice."""


def faults_of_rows(
    source: Source, part: str, noun: str, name: str, faults_of_row: Callable[[Table], Iterator[str]]
) -> Iterator[str]:
    """Tell what is wrong with each row of a list whose rows are called by the field `name`, each once."""
    first: dict[str, int] = {}
    for row in source.items(part):
        if not isinstance(row, Table):
            yield source.wrong(row, f"holds something that is no {noun}; write `- {name}: {EXAMPLE[name]}`")
            continue
        yield from faults_of_row(row)
        called = text_of(row.get(name))
        line = first.setdefault(called, row.line)
        if called and line != row.line:
            yield source.wrong(row, f"{noun} {called!r} stands on line {line} already; keep one")


RASA: Final = "3.1"
"""The form of training data that Rasa 3.6 reads; it passes over a file of another one."""


def wrong_version(source: Source) -> Iterator[str]:
    """Tell where Rasa would pass over a file."""
    if isinstance(source.root, Table):
        version = source.root.get("version")
        if not isinstance(version, Text) or version.text != RASA:
            yield source.wrong(version or source.root, f'has not `version: "{RASA}"` and is not read; write it')
