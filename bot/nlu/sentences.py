"""Cuts a long text into sentences and chooses which of them are read.

ICU knows where a sentence ends where people write full stops. Thai, Lao, Khmer and Burmese hardly do: there a blank
ends a thought, and what is still too long is cut between two words, which ICU's dictionaries know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from bot.domain.codes import UNDETERMINED
from bot.nlu.alignment import Span

LONGEST: Final = 160
"""Code points from which a sentence is cut at its blanks, and then between its words."""
SHORTEST: Final = 24
"""Code points below which the last piece of a cut sentence joins the one before."""
AT_EACH_END: Final = 6
MOST_PARTS: Final = 12
MOST_TOKENS: Final = 256

_WITHOUT_STOPS: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_BLANK: Final = re.compile(r"\s+")
_END: Final = re.compile(r"[\n។៕၊။!?！？。]+[\s\"'”’)]*|[.…]+(?=\s)\s*")
"""Ends that ICU leaves out, or that people write twice."""
_COMMA: Final = "\u104a"
"""Burmese writes this comma where ICU sees the end of a sentence."""


def split(text: str, language: str = UNDETERMINED) -> list[Span]:
    """Give the sentences of a text in order, without blanks around them and without what has no letter or digit."""
    borders = [*_borders("sentence", text, language), *(end.end() for end in _END.finditer(text))]
    sentences = _between(text, (0, len(text)), [border for border in borders if not _is_comma(text, border)])
    short = [piece for sentence in sentences for piece in _at_blanks(text, sentence)]
    pieces = [piece for sentence in short for piece in _between_words(text, sentence, language)]
    return [(start, end) for start, end in pieces if any(c.isalnum() for c in text[start:end])]


def choose_parts(
    text: str,
    language: str,
    is_danger: Callable[[str], bool],
    tokens: Callable[[str], int] = lambda part: len(part) // 3 + 1,
) -> list[Span]:
    """Give the sentences that are worth reading, in order: all of a text that is not long.

    Of a long one the first six, the last six, and any with a danger word, which go first where there is not room for
    all: at most twelve and 256 tokens, but always one. `tokens` tells what a part costs.
    """
    parts = split(text, language)
    if len(parts) <= MOST_PARTS and sum(tokens(text[slice(*part)]) for part in parts) <= MOST_TOKENS:
        return parts
    chosen: set[int] = set()
    left = MOST_TOKENS
    dangerous = (i for i, (start, end) in enumerate(parts) if is_danger(text[start:end]))
    for place in (*dangerous, *_from_both_ends(len(parts))):
        if place in chosen or len(chosen) == MOST_PARTS:
            continue
        cost = tokens(text[slice(*parts[place])])
        if cost <= left or not chosen:
            chosen.add(place)
            left -= cost
    return [parts[place] for place in sorted(chosen)]


def _from_both_ends(count: int) -> Iterator[int]:
    """Give first, last, second, last but one ..., six from each end."""
    for step in range(min(AT_EACH_END, count)):
        yield step
        yield count - 1 - step


def _is_comma(text: str, border: int) -> bool:
    return text[max(0, border - 3) : border].rstrip().endswith(_COMMA)


def _at_blanks(text: str, span: Span) -> list[Span]:
    """Cut a sentence that is too long at its blanks, where the script has no full stops."""
    if span[1] - span[0] <= LONGEST or not _WITHOUT_STOPS.search(text, *span):
        return [span]
    return _joined(_between(text, span, [blank.end() for blank in _BLANK.finditer(text, *span)]), LONGEST)


def _between_words(text: str, span: Span, language: str) -> list[Span]:
    """Cut what is still too long between two words."""
    if span[1] - span[0] <= LONGEST + SHORTEST:
        return [span]
    words = [span[0] + border for border in _borders("word", text[slice(*span)], language)]
    pieces = _joined(_between(text, span, words), LONGEST)
    return [piece for span in pieces for piece in _in_equal_parts(span)]


def _in_equal_parts(span: Span) -> list[Span]:
    """Cut what has no border at all, as a letter that is held down."""
    start, end = span
    if end - start <= LONGEST + SHORTEST:
        return [span]
    return [(place, min(place + LONGEST, end)) for place in range(start, end, LONGEST)]


def _joined(pieces: list[Span], most: int) -> list[Span]:
    """Join neighbours as long as they stay within `most`; a short one at the end is not left alone."""
    joined: list[Span] = []
    for start, end in pieces:
        room = most + SHORTEST if (start, end) == pieces[-1] and end - start < SHORTEST else most
        if joined and end - joined[-1][0] <= room:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _between(text: str, span: Span, borders: Iterable[int]) -> list[Span]:
    """Give what lies between borders, without blanks around it."""
    places = sorted({span[0], span[1], *(border for border in borders if span[0] < border < span[1])})
    stripped = (_stripped(text, piece) for piece in pairwise(places))
    return [(start, end) for start, end in stripped if start < end]


def _stripped(text: str, span: Span) -> Span:
    piece = text[slice(*span)]
    return span[0] + len(piece) - len(piece.lstrip()), span[0] + len(piece.rstrip())


def _borders(kind: str, text: str, language: str) -> list[int]:
    """Give ICU's borders as code points; ICU counts in UTF-16, where an emoji is two."""
    import icu

    locale = icu.Locale("en" if language == UNDETERMINED else language)
    breaker: Any = getattr(icu.BreakIterator, f"create{kind.capitalize()}Instance")(locale)
    breaker.setText(text)
    return _code_points(text, [int(border) for border in breaker])


def _code_points(text: str, borders: list[int]) -> list[int]:
    if text.isascii() or max(text) <= "\uffff":
        return borders
    place = {0: 0}
    units = 0
    for index, character in enumerate(text, 1):
        units += 2 if character > "\uffff" else 1
        place[units] = index
    return [place[border] for border in borders if border in place]
