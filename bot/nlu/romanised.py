"""Writes Thai, Burmese, Khmer, Lao and Chinese that was typed in Latin letters in the script of the language.

The encoder has read much of these scripts and hardly anything in Latin letters. `romanised/<language>.txt` says how
words are typed; of all ways to write a clause the likeliest is taken, by how often words followed each other in the
examples (`bot.nlu.following`). Blanks help to find the words, but do not bind: "nai jang" is one word, "maidai" two.
What nobody wrote down stays in Latin letters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, groupby, pairwise
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from bot.nlu.alignment import Aligned
from bot.nlu.following import BEGIN, END, Following

FOLDER: Final = Path(__file__).with_name("romanised")
TRIED: Final = 6
"""Ways to write a clause that are followed side by side."""
COMMONEST: Final = 10
"""Words of one spelling that are tried."""
MOST: Final = 40
"""Words that are looked at together; who writes without any stop is cut there."""
LONGEST: Final = 18
"""Letters of the longest spelling that is looked up."""
PARTED: Final = -2.5
"""What it costs to begin a word where no blank stands,"""
JOINED: Final = -0.7
"""to write over a blank,"""
LIKE: Final = -1.5
"""to take a spelling that is only alike,"""
STRANGE: Final = -2.0
"""and to leave a word in Latin letters; logarithms of chances."""
TOGETHER: Final = -2.5
"""What each letter beyond those of a word costs besides, in Chinese, whose syllables are typed without a blank now and
then ("sannianmeizhunwoxialou"). Of the letters of examples, 0.018 stay Latin instead of 0.092."""
WORD: Final = 7
"""Letters of a long word."""
NUMBER: Final = "#"
ALPHABETS: Final = frozenset({"th", "my", "km", "lo"})
"""Languages that everybody spells by ear; Chinese has one spelling, and what is only alike is another word."""

_TOKEN: Final = re.compile(r"[a-z]+(?:['\u2019][a-z]+)*|\d+", re.IGNORECASE)
_STOPS: Final = ".,;:!?()/\n\u2026\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u104a\u104b\u17d4\u17d5"
_BORDER: Final = re.compile(f"[{_STOPS}]")
_BETWEEN: Final = re.compile(r"[^\S\n]*")
_SAME: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        ("['\u2019]", ""),
        ("tch|ch|dj", "j"),
        ("([ptk])h", r"\1"),
        ("v", "w"),
        ("d", "t"),
        ("g$", "k"),
        ("b", "p"),
        ("r", "l"),
        ("ee|y", "i"),
        ("oo|ou", "u"),
        ("[aeo]+", "a"),
        (r"(.)\1+", r"\1"),
        ("h$", ""),
    )
)


@dataclass(frozen=True)
class _Clause:
    """The letters and digits of a clause run together, where each stands in the text, and the tokens by their place."""

    letters: str
    places: Sequence[int]
    tokens: Mapping[int, str]


class _Word(NamedTuple):
    """A stretch of the letters of a clause, and what it is written as."""

    start: int
    end: int
    unit: str


_Path: TypeAlias = "tuple[float, tuple[_Word, _Path] | None]"
"""How likely the words up to a place are, the last of them, and the path before it."""


class Script:
    """How one language is typed in Latin letters, and what follows what in it. Safe to use from several threads."""

    def __init__(self, language: str, clauses: Iterable[Sequence[str]]) -> None:
        """Read how the words of a language are typed, and count over clauses in its own script."""
        spellings = spellings_of(language)
        self.clauses: list[Sequence[str]] = list(clauses)
        self._words = frozenset(spellings)
        self._by_ear = language in ALPHABETS
        self._ways: dict[str, list[str]] = {}
        self._alike: dict[str, list[str]] = {}
        for word, typed in spellings.items():
            for spelling in typed:
                _enter(self._ways, spelling.replace("'", ""), word)
                if self._by_ear:
                    _enter(self._alike, _rough(spelling), word)
        self._following = Following(self.clauses)
        for words in (*self._ways.values(), *self._alike.values()):
            words.sort(key=self._following.seen, reverse=True)
            del words[COMMONEST:]

    @classmethod
    def learnt_from(cls, language: str, texts: Iterable[str]) -> Script:
        """Learn from texts in the language's own script, with their words long and short: people type both."""
        spellings = spellings_of(language)
        long, short = _Cutter(spellings), _Cutter(_simple(spellings))
        counted: list[Sequence[str]] = []
        for text in texts:
            clauses = list(long.clauses(text))
            counted += [*clauses, *(clause for clause in short.clauses(text) if clause not in clauses)]
        return cls(language, counted)

    def written(self, text: Aligned) -> Aligned:
        """Write what is typed in Latin letters in the script."""
        pieces = (self._pieces(text.text, clause) for clause in _clauses(text.text))
        return text.rewritten(chain.from_iterable(pieces))

    def _pieces(self, text: str, clause: _Clause) -> Iterator[tuple[int, int, str]]:
        """Give what stands in the place of each word, up to the next one, for these scripts write no blanks."""
        for word, after in pairwise((*self._likeliest(clause), None)):
            if word is None or word.unit not in self._words:
                continue
            end = clause.places[word.end - 1] + 1
            next_one = clause.places[after.start] if after is not None and after.unit in self._words else end
            yield clause.places[word.start], next_one if text[end:next_one].isspace() else end, word.unit

    def _likeliest(self, clause: _Clause) -> list[_Word]:
        """Follow the best ways through a clause, from letter to letter."""
        paths: dict[int, dict[tuple[str, str], _Path]] = {0: {(BEGIN, BEGIN): (0.0, None)}}
        end = len(clause.letters)
        for place in range(end):
            if place not in paths:
                continue
            words = list(self._words_at(clause, place))
            units = [word.unit for word, _ in words]
            best = sorted(paths.pop(place).items(), key=lambda item: item[1][0], reverse=True)
            for (first, second), path in best[:TRIED]:
                for (word, cost), chance in zip(words, self._following.after(first, second, units), strict=True):
                    reached = path[0] + cost + chance
                    grown = paths.setdefault(word.end, {})
                    known = grown.get((second, word.unit))
                    if known is None or reached > known[0]:
                        grown[second, word.unit] = (reached, (word, path))
        ended = [(path[0] + self._following.after(*last, (END,))[0], path) for last, path in paths[end].items()]
        return _unrolled(max(ended, key=lambda found: found[0])[1])

    def _words_at(self, clause: _Clause, place: int) -> Iterator[tuple[_Word, float]]:
        """Give each word that may stand from a place on, and what it costs."""
        token = clause.tokens.get(place)
        if token is not None and token.isdigit():
            yield _Word(place, place + len(token), NUMBER), 0.0
            return
        if token is not None:
            together = 0.0 if self._by_ear else TOGETHER * max(0, len(token) - WORD)
            yield _Word(place, place + len(token), token), STRANGE + together
            for unit in () if token in self._ways else self._alike.get(_rough(token), ()):
                yield _Word(place, place + len(token), unit), LIKE
        crossed = 0
        for end in range(place + 1, min(len(clause.letters), place + LONGEST) + 1):
            cost = JOINED * crossed
            if end in clause.tokens:
                crossed += 1
            elif end < len(clause.letters):
                cost += PARTED
            for unit in self._ways.get(clause.letters[place:end], ()):
                yield _Word(place, end, unit), cost


class _Cutter:
    """Cuts texts in a language's own script into known words, the longest first, and whatever stands between."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = frozenset(words)
        self._lengths: dict[str, list[int]] = {}
        for first, length in sorted({(word[0], len(word)) for word in words}, reverse=True):
            self._lengths.setdefault(first, []).append(length)

    def clauses(self, text: str) -> Iterator[list[str]]:
        """Give the clauses of a text."""
        for part in _BORDER.split(text.lower()):
            units = []
            place = 0
            while place < len(part):
                token = _TOKEN.match(part, place)
                unit = token[0] if token else self._known_at(part, place)
                place += len(unit)
                if not unit.isspace():
                    units.append(NUMBER if unit.isdigit() else unit)
            if units:
                yield units

    def _known_at(self, part: str, place: int) -> str:
        for length in self._lengths.get(part[place], ()):
            if part[place : place + length] in self._words:
                return part[place : place + length]
        return part[place]


def spellings_of(language: str) -> dict[str, list[str]]:
    """Read how the words of a language are typed."""
    found: dict[str, list[str]] = {}
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        word, parted, typed = line.partition(" = ")
        if parted:
            found[word] = typed.split()
    return found


def _simple(spellings: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the words that are not two others in one, typed as these are one after the other."""
    typed = {word: frozenset(ways) for word, ways in spellings.items()}

    def is_two(word: str) -> bool:
        parts = ((typed.get(word[:cut], ()), typed.get(word[cut:], ())) for cut in range(1, len(word)))
        return any(first + second in typed[word] for before, after in parts for first in before for second in after)

    return [word for word in spellings if not is_two(word)]


def digest() -> str:
    """Give a digest of how the words of all languages are typed."""
    made = hashlib.blake2b(digest_size=16)
    for file in sorted(FOLDER.glob("*.txt")):
        made.update(f"\0{file.name}\0".encode())
        made.update(file.read_bytes())
    return made.hexdigest()


def _enter(ways: dict[str, list[str]], spelling: str, word: str) -> None:
    known = ways.setdefault(spelling, [])
    if word not in known:
        known.append(word)


def _rough(spelling: str) -> str:
    """Give a spelling without what writers differ in: breath, voice, length and colour of vowels."""
    for pattern, new in _SAME:
        spelling = pattern.sub(new, spelling)
    return spelling


def _unrolled(path: _Path) -> list[_Word]:
    words = []
    while path[1] is not None:
        word, path = path[1]
        words.append(word)
    return words[::-1]


def _clauses(text: str) -> Iterator[_Clause]:
    """Cut a text into clauses."""
    tokens = list(_TOKEN.finditer(text))
    parted = (not _BETWEEN.fullmatch(text, before.end(), after.start()) for before, after in pairwise(tokens))
    numbers = accumulate(parted, initial=0)
    numbered = enumerate(zip(tokens, numbers, strict=False))
    for _, group in groupby(numbered, key=lambda item: (item[1][1], item[0] // MOST)):
        letters: list[str] = []
        places: list[int] = []
        begun: dict[int, str] = {}
        for _, (token, _) in group:
            own = [place for place in range(*token.span()) if text[place].isalnum()]
            begun[len(places)] = "".join(text[place].lower() for place in own)
            letters.append(begun[len(places)])
            places += own
        yield _Clause("".join(letters), places, begun)
