"""The catalogue of indicators as the rules use it: `flows/indicators.yml`, its phases, weights and mirror sentences.

A code of the catalogue is set only by an answer to its own sentence, which also names the phase, or by a reviewer;
never inferred from what the program heard (design/conversation.md, *Indicators*).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.mirror import Answer
from bot.domain.observations import Observed, Phase, State

REVIEWER: Final = "reviewer"
"""In place of a sentence: the row is set by a reviewer only."""
MIRRORED: Final = (
    "document_retention",
    "withheld_wages",
    "debt_bondage",
    "deception",
    "excessive_overtime",
    "abusive_conditions",
    "restriction_of_movement",
    "isolation",
)
"""The codes that the mirror speaks of; the others stay `heard` until a counsellor talks about them."""
BROKEN_PROMISES: Final = "deceptive_recruitment"
"""A promise is made on the way and found broken later, so either yes sets a row of this dimension."""


@dataclass(frozen=True)
class Dimension:
    """One of the six dimensions of the published lists."""

    name: str
    order: int
    element: str
    """`means` or `purpose` of the Palermo definition."""


@dataclass(frozen=True)
class Indicator:
    """One row of the catalogue."""

    code: str
    dimension: str
    label: str
    phase: Phase
    weights: Mapping[str, str]
    """Set and `strong`, `medium` or `weak`; a set that lacks the row does not know it."""
    mirrors: tuple[str, ...]
    """Names of the sentences whose yes sets this row; none where only a reviewer may."""
    heading: str = ""
    """The code of a message, one of the ILO's eleven, under which it falls."""


@dataclass(frozen=True)
class Catalogue:
    """Everything of the catalogue that rules need. Make it with `of`, from a file that the check found whole."""

    version: str
    digest: str
    """Short hash of the content: a matrix says by which file it was made."""
    sets: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    indicators: Mapping[str, Indicator]
    mirrors: Mapping[str, str]
    """Name of each sentence and the code of a message that opens it, best first."""
    alternatives: tuple[Mapping[str, int], ...]
    combination: tuple[tuple[str, str, str], ...]
    """Id, condition and result, in order; the first that holds wins."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Catalogue:
        """Take over the content of the file; what the check would refuse raises KeyError, TypeError or ValueError."""
        rule = data["assessment_rule"]
        ordered = sorted(data["dimensions"].items(), key=lambda one: int(one[1]["order"]))
        rows = [_indicator(row) for row in data["indicators"]]
        return cls(
            version=str(data["schema_version"]),
            digest=hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=True).encode()).hexdigest()[:12],
            sets=tuple(data["sets"]),
            dimensions=tuple(Dimension(name, int(one["order"]), str(one["palermo"])) for name, one in ordered),
            indicators={row.code: row for row in rows},
            mirrors={str(name): str(one["opened_by"]) for name, one in data["mirrors"].items()},
            alternatives=tuple(dict(one) for one in rule["dimension_positive_if_any"]),
            combination=tuple((str(r["id"]), str(r["when"]), str(r["result"])) for r in rule["combination"]),
        )

    def opened_by(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Name the sentences that some codes open: those of the first code first, best first within a code."""
        each = dict.fromkeys(codes)
        return tuple(name for code in each for name, opening in self.mirrors.items() if opening == code)

    def set_by(self, mirror: str, phase: Phase) -> tuple[str, ...]:
        """Give the codes that a yes to a sentence sets: the rows of that phase, never one of the other."""
        return tuple(
            row.code
            for row in self.indicators.values()
            if mirror in row.mirrors and (row.phase == phase or row.dimension == BROKEN_PROMISES)
        )

    def answered(self, mirror: str, answer: Answer) -> Observed:
        """Turn an answer into what is observed; an unknown sentence raises KeyError."""
        code = self.mirrors[mirror]
        if answer in ("now", "on_the_way"):
            phase: Phase = "now" if answer == "now" else "on_the_way"
            return Observed(code, "confirmed", phase, self.set_by(mirror, phase), mirror)
        state: State = "denied" if answer == "no" else "skipped"
        return Observed(code, state, mirror=mirror)


def _indicator(row: Mapping[str, Any]) -> Indicator:
    asked = row["mirror"]
    named = asked if isinstance(asked, list) else [asked]
    return Indicator(
        code=str(row["code"]),
        dimension=str(row["dimension"]),
        label=str(row["label"]),
        phase="now" if row["phase"] == "now" else "on_the_way",
        weights={str(name): str(weight) for name, weight in row["strength"].items()},
        mirrors=tuple(str(name) for name in named if name != REVIEWER),
        heading=str(row["ilo11"]),
    )
