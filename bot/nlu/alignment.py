"""A text that remembers which places of an older text it was made from, so that evidence points into what was given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

Span = tuple[int, int]
"""Start and end in code points."""


@dataclass(frozen=True)
class Aligned:
    """A text; code point `i` of it was made from `starts[i]` to `ends[i]` of the text as given. Both never fall."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, given: str) -> Aligned:
        """Begin with the text as given."""
        places = range(len(given) + 1)
        return cls(given, tuple(places[:-1]), tuple(places[1:]))

    def given(self, span: Span) -> Span:
        """Give the smallest place in the text as given that covers a place in this one; an empty one stays empty."""
        start, end = max(0, span[0]), min(span[1], len(self.text))
        if start >= end:
            place = self.starts[start] if start < len(self.text) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]

    def changed(self, change: Callable[[str], str]) -> Aligned:
        """Change code points one to one; `change` must keep the length."""
        return Aligned(change(self.text), self.starts, self.ends)

    def replaced(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str] | str) -> Aligned:
        """Replace every match; what is new comes from the whole match, except where it is the same as before."""
        write = partial(_constant, new) if isinstance(new, str) else new
        return self.rewritten((match.start(), match.end(), write(match)) for match in pattern.finditer(self.text))

    def rewritten(self, pieces: Iterable[tuple[int, int, str]]) -> Aligned:
        """Write the given pieces (start, end, what stands there now, in order); everything else stays."""
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end, new in pieces:
            if new == self.text[start:end]:
                continue
            place = self.given((start, end))
            texts += (self.text[done:start], new)
            starts += (*self.starts[done:start], *[place[0]] * len(new))
            ends += (*self.ends[done:start], *[place[1]] * len(new))
            done = end
        if not done:
            return self
        return Aligned("".join([*texts, self.text[done:]]), (*starts, *self.starts[done:]), (*ends, *self.ends[done:]))


def _constant(new: str, match: re.Match[str]) -> str:
    return new
