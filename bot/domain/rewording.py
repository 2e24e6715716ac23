"""When a sentence is new enough to learn from: the same meaning, but nothing of the person's own words (D4).

Refused are five words in a row that the person wrote too, numbers, names, and anything rare that both hold: a rare word
could be a name or a place in any script. Scripts that put no blanks between words are compared by letters. Whether a
sentence means the same is a reviewer's judgement; what it gives away is looked at here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal

from bot.domain.wording import UNSPACED

Fault = Literal["empty", "long", "number", "name", "shared", "rare"]

WORDS_IN_A_ROW: Final = 5
LETTERS_IN_A_ROW: Final = {"zh": 7}
"""How many letters stand for five words, marks above and below not counted."""
LETTERS_ELSEWHERE: Final = 14
RARE_LETTERS: Final = 4
"""Letters in a row that both hold and nobody else wrote: as long as a name is."""
LONGEST: Final = 300
ALWAYS_CAPITAL: Final = frozenset({"I", "OK", "TV", "SMS", "CCTV"})
"""Words that are written so anywhere, and name nobody."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"[.!?…:]\s*|^\s*")


def faults(sentence: str, messages: Sequence[str], language: str, is_known: Callable[[str], bool]) -> tuple[Fault, ...]:
    """Give what keeps a sentence from being learnt; `messages` are all that the person wrote.

    `is_known` tells of a word, or of letters in a row, whether our own examples hold it: then it names nobody.
    """
    plain = _plain(sentence)
    found: list[Fault] = []
    if not any(unicodedata.category(sign)[0] == "L" for sign in plain):
        return ("empty",)
    if len(sentence) > LONGEST:
        found.append("long")
    if any(unicodedata.category(sign)[0] == "N" for sign in sentence + unicodedata.normalize("NFKC", sentence)):
        found.append("number")
    if any(_names(sentence)):
        found.append("name")
    if any(_shares(sentence, message, language) for message in messages):
        found.append("shared")
    if any(_shares_rare(sentence, message, language, is_known) for message in messages):
        found.append("rare")
    return tuple(found)


def words_of(text: str) -> list[str]:
    """Give the words of a text, folded."""
    return _WORD.findall(_plain(text))


def letters_of(text: str) -> str:
    """Give the letters of a text in a row, without marks, blanks and signs."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", _plain(text)) if unicodedata.category(sign)[0] == "L")


def rows_of(things: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    """Give everything of this length that stands in a row."""
    return (tuple(things[at : at + length]) for at in range(len(things) - length + 1))


def _shares(sentence: str, message: str, language: str) -> bool:
    """Tell whether five words in a row are in both; of a message shorter than that: all of it."""
    theirs, ours = words_of(message), words_of(sentence)
    if theirs and _hold_row(ours, theirs, WORDS_IN_A_ROW):
        return True
    if language not in UNSPACED:
        return False
    length = LETTERS_IN_A_ROW.get(language, LETTERS_ELSEWHERE)
    return _hold_row(letters_of(sentence), letters_of(message), length)


def _hold_row(ours: Sequence[str], theirs: Sequence[str], length: int) -> bool:
    length = min(length, len(theirs))
    rows = set(rows_of(theirs, length))
    return bool(length) and any(row in rows for row in rows_of(ours, length))


def _shares_rare(sentence: str, message: str, language: str, is_known: Callable[[str], bool]) -> bool:
    shared = set(words_of(sentence)) & set(words_of(message))
    if language not in UNSPACED:
        return any(not is_known(word) for word in shared)
    # Whole words are not told apart here; of what stands between blanks only a word in another script is one.
    if any(word.isascii() and not is_known(word) for word in shared):
        return True
    ours, theirs = letters_of(sentence), letters_of(message)
    rows = {"".join(row) for row in rows_of(theirs, RARE_LETTERS)}
    return any(row in rows and not is_known(row) for row in map("".join, rows_of(ours, RARE_LETTERS)))


def _names(sentence: str) -> Iterable[bool]:
    """Tell of each word whether it looks like a name: a capital where no sentence begins."""
    text = unicodedata.normalize("NFKC", sentence).strip()
    begins = {found.end() for found in _SENTENCE.finditer(text)}
    for word in _WORD.finditer(text):
        first = word[0].partition("'")[0].partition("’")[0]
        yield word[0][0].isupper() and word.start() not in begins and first not in ALWAYS_CAPITAL


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
