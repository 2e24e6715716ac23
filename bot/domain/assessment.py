"""The published rule of the ILO and the European Commission over confirmed and reviewed codes (reference, 1.2).

Decision support for trained staff: never shown to the person, never kept as what somebody is. A result is given only
for sets whose weights two people checked against the published list; until then the matrix shows which codes are there
and says that nobody checked the weights.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.domain.indicators import Catalogue, Indicator

Result = Literal[
    "not_enough_information",
    "labour_exploitation",
    "deception_and_exploitation",
    "recruitment_abuse_at_risk",
    "coercion_review",
    "consistent_with_forced_labour",
    "consistent_with_trafficking",
    "consistent_with_trafficking_review",
    "exploitation_with_possible_means_review",
    "possible_child_trafficking",
]
"""The only words for a result (reference, 1.2): none of them names the person."""

UNCHECKED: Final = "weights not yet checked against the ILO list"
"""What stands in place of a result."""
UNDER_18: Final = "under_18"
CHILD_CONCERN: Final = frozenset({"sexual_exploitation", "sold"})
"""With either, somebody under 18 is a child-protection concern, P1, whatever the matrix says (Palermo, art. 3(c))."""

_EITHER: Final = "medium_or_weak"


@dataclass(frozen=True)
class Row:
    """One dimension of the matrix."""

    dimension: str
    codes: tuple[str, ...]
    is_positive: bool | None
    """None while the weights of the set are not checked: counting them would look like knowledge."""


@dataclass(frozen=True)
class Unchecked:
    """There is no result, and why."""

    why: str = UNCHECKED


@dataclass(frozen=True)
class Matrix:
    """What the rule says for one set; `digest` names the file whose weights were used."""

    set_name: str
    rows: tuple[Row, ...]
    result: str | Unchecked
    digest: str


def assess(
    catalogue: Catalogue,
    counted: Collection[str],
    set_name: str,
    *,
    under_18: bool,
    checked: Collection[str] = frozenset(),
) -> Matrix:
    """Apply the rule to codes that count (`observations.counted`); `checked` are the sets that two people signed.

    A code that the set does not know is shown and has no weight. An unknown set raises KeyError.
    """
    if set_name not in catalogue.sets:
        raise KeyError(set_name)
    there = [catalogue.indicators[code] for code in dict.fromkeys(counted) if code in catalogue.indicators]
    is_checked = set_name in checked
    rows = []
    for dimension in catalogue.dimensions:
        of_it = [one for one in there if one.dimension == dimension.name]
        positive = is_positive(_weights(of_it, set_name), catalogue.alternatives) if is_checked else None
        rows.append(Row(dimension.name, tuple(one.code for one in of_it), positive))
    found = {row.dimension for row in rows if row.is_positive}
    result: str | Unchecked = decide(catalogue, found, under_18=under_18) if is_checked else Unchecked()
    return Matrix(set_name, tuple(rows), result, catalogue.digest)


def is_positive(weights: Iterable[str], alternatives: Iterable[Mapping[str, int]]) -> bool:
    """Tell whether a dimension holds enough: at least one of the alternatives is full."""
    found = list(weights)
    have = {weight: found.count(weight) for weight in ("strong", "medium", "weak")}
    have[_EITHER] = have["medium"] + have["weak"]
    return any(all(have[weight] >= least for weight, least in one.items()) for one in alternatives)


def decide(catalogue: Catalogue, positive: Collection[str], *, under_18: bool) -> str:
    """Give the result of the first line of the combination that holds."""
    true = {*positive, UNDER_18} if under_18 else set(positive)
    return next(result for _, when, result in catalogue.combination if holds(when, true))


def sets_for(catalogue: Catalogue, *, under_18: bool | None, sexual: bool) -> tuple[str, ...]:
    """Choose by age and kind of exploitation; with unknown age both ages are worked out (reference, 1.6)."""
    kind = "sexual" if sexual else "labour"
    ages = {True: ("child",), False: ("adult",), None: ("adult", "child")}[under_18]
    return tuple(name for name in (f"{age}_{kind}" for age in ages) if name in catalogue.sets)


def is_child_protection_concern(codes: Collection[str], *, under_18: bool) -> bool:
    """Tell whether this is P1 by itself: under 18 with sexual exploitation or a sale, heard or not."""
    return (under_18 or "child" in codes) and not CHILD_CONCERN.isdisjoint(codes)


def holds(when: str, true: Collection[str]) -> bool:
    """Work out a condition of the catalogue: names, `and`, `or`, `true`; anything else raises ValueError."""
    return _holds(_parsed(when), true)


def names_in(when: str) -> frozenset[str]:
    """Name what a condition speaks of, without `true`; no condition raises ValueError."""
    holds(when, ())
    return frozenset(n.id for n in ast.walk(_parsed(when)) if isinstance(n, ast.Name)) - {"true"}


def _parsed(when: str) -> ast.expr:
    try:
        return ast.parse(when, mode="eval").body
    except SyntaxError:
        raise ValueError("a condition is not made of names, `and`, `or` and `true`") from None


def _holds(node: ast.expr, true: Collection[str]) -> bool:
    if isinstance(node, ast.BoolOp):
        # A list, not a generator: each part is looked at, so that a wrong one is found wherever it stands.
        parts = [_holds(part, true) for part in node.values]
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.Name):
        return node.id == "true" or node.id in true
    raise ValueError("a condition is not made of names, `and`, `or` and `true`")


def _weights(rows: Iterable[Indicator], set_name: str) -> list[str]:
    return [row.weights[set_name] for row in rows if set_name in row.weights]
