"""The danger words of each language, sought in the whole of a text, however long it is.

They come from `flows/danger.yml`, which people of the hotline change without programming. A rule there is a phrase, or
several words that must stand in one sentence together, in any order. Words are looked up by how they begin, so a text
costs what it is long, and hardly more where there are more words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from bot.domain.codes import UNDETERMINED, URGENCIES, Urgency
from bot.nlu.marks import is_unmarked
from bot.nlu.sentences import choose_parts

FILE: Final = Path(__file__).resolve().parents[2] / "flows" / "danger.yml"
ELSEWHERE: Final = "elsewhere"
"""Words of a language that show that a sentence tells of a film or of long ago: no words together count beside one."""
OR: Final = "|"
OPEN: Final = "*"
"""Stands where a word may go on: `bleed*` is `bleeding` too."""
BEGIN: Final = 4
"""Letters by which words are looked up, or all of a shorter one; with two, many were looked at in vain."""

_NOT_SPACED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff]")
_SENTENCE: Final = re.compile(r"[.!?\n。！？။៕។]+")
_REPEATED: Final = re.compile(r"([^\W\d_])\1{2,}")
_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'\u2019"))

Group: TypeAlias = frozenset[str]
"""Phrases of which one must be there."""
Index: TypeAlias = dict[str, list[tuple[str, str]]]
"""By its first letters, how a phrase is written in the text, and the phrase."""


@dataclass(frozen=True)
class Rule:
    """What must stand in one sentence, all of it, and what must not."""

    urgency: Urgency
    groups: tuple[Group, ...]
    never_with: Group


@dataclass(frozen=True)
class Book:
    """All rules by the phrases of their first group, and all phrases by how they begin."""

    rules: dict[str, list[Rule]] = field(default_factory=dict)
    marked: Index = field(default_factory=dict)
    bare: Index = field(default_factory=dict)
    dense: Index = field(default_factory=dict)


def danger_in(text: str) -> Urgency:
    """Give the gravest urgency that the danger words of one sentence speak of; `none` where there is none."""
    spoken = {urgency for sentence in _SENTENCE.split(text) if sentence.strip() for urgency in _spoken_in(sentence)}
    return next((urgency for urgency in URGENCIES if urgency in spoken), "none")


def important_parts(text: str, cost: Callable[[str], int]) -> list[tuple[int, int]]:
    """Choose what of a long text is read: its ends, and every sentence with a danger word."""
    return choose_parts(text, UNDETERMINED, lambda part: danger_in(part) != "none", cost)


def _spoken_in(sentence: str) -> set[Urgency]:
    book = _book()
    found = set(_phrases_in(sentence, book))
    rules = (rule for phrase in found for rule in book.rules.get(phrase, ()))
    return {
        rule.urgency for rule in rules if not rule.never_with & found and all(group & found for group in rule.groups)
    }


def _phrases_in(sentence: str, book: Book) -> Iterator[str]:
    """Give the phrases of a sentence. Where Vietnamese has its marks they count: they tell `nó` from `nợ`."""
    unmarked = is_unmarked(sentence)
    words = _words(_without_accents(sentence) if unmarked else sentence)
    for blank in re.finditer(" (?! |$)", words):
        yield from _at(book.bare if unmarked else book.marked, words, blank.end())
    if _NOT_SPACED.search(sentence):
        run_together = _run_together(sentence)
        for begin in range(len(run_together)):
            yield from _at(book.dense, run_together, begin)


def _at(index: Index, text: str, begin: int) -> Iterator[str]:
    for length in range(1, BEGIN + 1):
        for written, phrase in index.get(text[begin : begin + length], ()):
            if text.startswith(written, begin):
                yield phrase


def _words(text: str) -> str:
    """Give a text in lower case, without a letter that is held down, and with one space around each word."""
    return f" {' '.join(_WORD.findall(_even(text)))} "


def _run_together(text: str) -> str:
    """Give a text in lower case without spaces, for scripts that write none between words."""
    return "".join(c for c in _even(text) if c.isalnum() or unicodedata.category(c).startswith("M"))


def _even(text: str) -> str:
    return _REPEATED.sub(r"\1", unicodedata.normalize("NFC", text.casefold()).translate(_APOSTROPHES))


def _without_accents(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not 0x300 <= ord(c) <= 0x36F)  # noqa: PLR2004
    return unicodedata.normalize("NFC", plain).replace("đ", "d")


@lru_cache(maxsize=1)
def _book() -> Book:
    """Read the file."""
    stored: dict[str, dict[str, list[Any]]] = yaml.load(FILE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    book = Book()
    for kinds in stored.values():
        elsewhere = frozenset(_entered(book, word) for word in kinds.get(ELSEWHERE, ()))
        for urgency in URGENCIES:
            for item in kinds.get(urgency, ()):
                together = isinstance(item, list)
                groups = tuple(_group(book, part) for part in (item if together else [item]))
                rule = Rule(urgency, groups, elsewhere if together else frozenset())
                for phrase in groups[0]:
                    book.rules.setdefault(phrase, []).append(rule)
    return book


def _group(book: Book, written: str) -> Group:
    return frozenset(_entered(book, phrase.strip()) for phrase in written.split(OR))


def _entered(book: Book, phrase: str) -> str:
    """Enter a phrase by how it begins, and give it as its rule knows it."""
    sought = _run_together(phrase) if _NOT_SPACED.search(phrase) else _sought(phrase)
    ways = [(book.dense, sought)]
    if not _NOT_SPACED.search(phrase):
        ways = [(book.marked, sought), (book.bare, _sought(_without_accents(phrase)))]
    for index, written in ways:
        entries = index.setdefault(written[:BEGIN], [])
        if (written, sought) not in entries:
            entries.append((written, sought))
    return sought


def _sought(phrase: str) -> str:
    words = _words(phrase).lstrip()
    return words.rstrip() if phrase.endswith(OPEN) else words
