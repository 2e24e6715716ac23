"""What a sentence to the person may look like (rules P1, P5, L1, L2, L4, L5, L9, L12, S4, S17, T3).

These are the lints that a program can keep. Whether a sentence is kind and natural is a native reviewer's act.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

UNSPACED: Final = frozenset({"th", "my", "km", "lo", "zh"})
"""Languages that write no spaces between words: a phrase is looked for anywhere in the text."""

MOST: Final[dict[str, int]] = {"zh": 80, "th": 130, "my": 130, "km": 130, "lo": 130}
MOST_IN_AN_ALPHABET: Final = 160
"""Width of the longest message (P5), as `width` counts it."""
MOST_ON_A_BUTTON: Final = 30

USUAL_WIDTH: Final[dict[str, int]] = {
    "org": 16,
    "messenger": 10,
    "phrase": 20,
    "words": 40,
    "number": 14,
    "yes": 2,
    "opened": 2,
}
"""How wide the value of a place usually is; another place counts as `OTHER_WIDTH`."""
OTHER_WIDTH: Final = 10

_PLACE: Final = re.compile(r"\{\s*\$([\w-]+)\s*\}")
_DIGITS: Final = re.compile(r"\d(?:[\s.\-]?\d){2,}")
_QUESTION_MARKS: Final = "?？؟⁇"
_STACKERS: Final = frozenset("\u17d2\u1039")
"""Khmer coeng and Burmese virama: the letter after one stands below and takes no room."""
_MARKUP: Final = ("<", ">", "http", "www.", "t.me", "**", "__")


@dataclass(frozen=True)
class Draft:
    """One sentence of the words files as it was read: where it stands, and its text with `{ $places }`."""

    language: str
    key: str
    """`topic.message`."""
    file: str
    """Path below the root, with slashes."""
    line: int
    text: str
    asks: str | None
    """The value of `.asks`; None where it is missing."""

    @property
    def topic(self) -> str:
        """The file that the key belongs to, without its ending."""
        return self.key.partition(".")[0]


@dataclass(frozen=True)
class DenyList:
    """Phrases that the bot must not say, by language and rule; `all` stands for every language."""

    phrases: Mapping[str, Sequence[tuple[str, str]]]

    @classmethod
    def of(cls, by_rule: Mapping[str, Mapping[str, Sequence[str]]]) -> DenyList:
        """Turn `{rule: {language: [phrase, ...]}}` round."""
        phrases: dict[str, list[tuple[str, str]]] = {}
        for rule, by_language in by_rule.items():
            for language, found in by_language.items():
                phrases.setdefault(language, []).extend((rule, _plain(phrase)) for phrase in found)
        return cls(phrases)

    def found_in(self, text: str, language: str) -> list[tuple[str, str]]:
        """List rule and phrase of everything that a text must not say."""
        plain = _plain(text)
        listed = [*self.phrases.get("all", ()), *self.phrases.get(language, ())]
        return [(rule, phrase) for rule, phrase in listed if _says(plain, phrase, language)]


WordsByWay = Mapping[str, Mapping[str, Sequence[str]]]
"""Lists of phrases by name (a way out, a rule) and language."""


@dataclass(frozen=True)
class Flows:
    """What the check looks at, as it was read; `faults` are the lines about what could not be read."""

    drafts: tuple[Draft, ...]
    escape: WordsByWay
    deny: DenyList
    faults: tuple[str, ...] = ()


def width(text: str) -> int:
    """Count the signs that take room: marks on, below and around a letter do not; a place has its usual width."""
    seen = 0
    before = ""
    for sign in _PLACE.sub(lambda place: "x" * USUAL_WIDTH.get(place[1], OTHER_WIDTH), text):
        takes_room = unicodedata.category(sign)[0] not in "MC"
        if takes_room and before not in _STACKERS:
            seen += 1
        before = sign
    return seen


def places(text: str) -> frozenset[str]:
    """Name the places of a text: `{ $org }` gives `org`."""
    return frozenset(_PLACE.findall(text))


def problems(
    key: str,
    language: str,
    text: str,
    english_args: Collection[str],
    *,
    asks: bool,
    label: bool = False,
    deny: DenyList | None = None,
) -> list[str]:
    """List what is wrong with one sentence and what to do; `english_args` are the places of the English one.

    A label stands on a button: it is short, and a question on it is the person's own.
    """
    if not text.strip():
        return [f"{key} says nothing; write the sentence"]
    found = _too_long(key, text, MOST_ON_A_BUTTON if label else MOST.get(language, MOST_IN_AN_ALPHABET))
    found += _questions(key, text, may_ask=asks or label)
    found += _places(key, text, english_args)
    if _DIGITS.search(text):
        found.append(f"{key} holds three or more digits in a row; numbers come as arguments only")
    if any(_is_picture(sign) for sign in text):
        found.append(f"{key} holds an emoji or symbol; take it out")
    if any(mark in text.casefold() for mark in _MARKUP):
        found.append(f"{key} holds markup or a link; write plain text")
    denied = [] if deny is None else deny.found_in(text, language)
    found += [f"{key} says {phrase!r}, which rule {rule} forbids; say it another way" for rule, phrase in denied]
    return found


def _too_long(key: str, text: str, most: int) -> list[str]:
    wide = width(text)
    return [f"{key} is {wide} wide, {most} is the most; shorten it"] if wide > most else []


def _questions(key: str, text: str, *, may_ask: bool) -> list[str]:
    marks = sum(text.count(mark) for mark in _QUESTION_MARKS)
    if marks > 1:
        return [f"{key} asks {marks} questions; ask one"]
    if marks and not may_ask:
        return [f"{key} has a question mark but `.asks = no`; mark it `yes` or do not ask"]
    return []


def _places(key: str, text: str, english_args: Collection[str]) -> list[str]:
    here, there = places(text), frozenset(english_args)
    missing = [f"{key} lost its place {{ ${name} }}; put it back" for name in sorted(there - here)]
    return missing + [f"{key} has a place {{ ${name} }} that English lacks; remove it" for name in sorted(here - there)]


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) == "So" or "\U0001f000" <= sign <= "\U0001faff" or sign == "\ufe0f"


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").split())


def _says(text: str, phrase: str, language: str) -> bool:
    if phrase not in text:
        return False
    if language not in UNSPACED and phrase[-1:].isalnum():
        return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) is not None
    ends = (found.end() for found in re.finditer(re.escape(phrase), text))
    return any(not _is_mark(text[end : end + 1]) for end in ends)


def _is_mark(sign: str) -> bool:
    """Tell whether a sign belongs to the letter before it: Thai `ทำไม่` does not hold `ทำไม`."""
    return bool(sign) and unicodedata.category(sign)[0] == "M"
