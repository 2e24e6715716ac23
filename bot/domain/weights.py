"""Weights of the published lists, as two people type and check them at the desk (reference, 1.1 and 1.5).

The weights that came with the program are from one second-hand copy, so they count for nothing. A file that one person
entered from the list itself, and another compared line by line and signed, counts for its set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.indicators import Catalogue, Indicator
from bot.errors import SaysWhy

STRENGTHS: Final = ("strong", "medium", "weak")
LONGEST_NAME: Final = 60
LONGEST_SOURCE: Final = 200


class NotWeights(SaysWhy):
    """What was typed is no file of weights; `reason` is a code, `line` the first that is wrong (0: none)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        """Keep code and line."""
        super().__init__(reason)
        self.line = line


@dataclass(frozen=True)
class Change:
    """Where typed weights differ from those that came with the program; `none` where a row is not of the set."""

    code: str
    shipped: str
    typed: str


def read_weights(catalogue: Catalogue, set_name: str, text: str) -> dict[str, str]:
    """Read lines `code weight`; raises NotWeights: `set`, `line`, `code`, `weight`, `twice`, `missing`.

    Every row that the catalogue has for the set must be there, so that nothing is left out by mistake.
    """
    if set_name not in catalogue.sets:
        raise NotWeights("set")
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace(":", " ").replace(",", " ").split()
        if not words:
            continue
        if len(words) != len(("code", "weight")):
            raise NotWeights("line", number)
        code, weight = words[0].lower(), words[1].lower()
        if code not in catalogue.indicators:
            raise NotWeights("code", number)
        if weight not in STRENGTHS:
            raise NotWeights("weight", number)
        if code in found:
            raise NotWeights("twice", number)
        found[code] = weight
    if {row.code for row in catalogue.indicators.values() if set_name in row.weights} - set(found):
        raise NotWeights("missing")
    return found


def written(weights: Mapping[str, str]) -> str:
    """Give the form that is kept and hashed: a line a code, in order."""
    return "\n".join(f"{code} {weights[code]}" for code in sorted(weights))


def digest(text: str) -> str:
    """Name a file of weights by its content (reference, 1.6.6)."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def changes(catalogue: Catalogue, set_name: str, weights: Mapping[str, str]) -> tuple[Change, ...]:
    """Say where typed weights differ from the shipped ones, for whoever compares."""
    rows = catalogue.indicators.values()
    both = ((row.code, row.weights.get(set_name, "none"), weights.get(row.code, "none")) for row in rows)
    return tuple(Change(*each) for each in both if each[1] != each[2])


def with_weights(catalogue: Catalogue, signed: Mapping[str, Mapping[str, str]]) -> Catalogue:
    """Give the catalogue with the signed weights of some sets in the place of the shipped ones."""
    return replace(catalogue, indicators={code: _weighted(row, signed) for code, row in catalogue.indicators.items()})


def is_signed_by_two(entered_by: str, signed_by: str | None) -> bool:
    """Tell whether two different people stand for a file."""
    return bool(signed_by) and signed_by != entered_by


def _weighted(row: Indicator, signed: Mapping[str, Mapping[str, str]]) -> Indicator:
    kept: Iterable[tuple[str, str]] = ((name, weight) for name, weight in row.weights.items() if name not in signed)
    typed = ((name, weights[row.code]) for name, weights in signed.items() if row.code in weights)
    return replace(row, weights={**dict(kept), **dict(typed)})
