"""The rule's working, step by step, so that nobody has to believe a word at the end of it (reference, 1.2 and 1.6.7).

Without weights that two people signed only the first step is there: which codes count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.domain.assessment import UNDER_18, holds, is_positive
from bot.domain.indicators import Catalogue


@dataclass(frozen=True)
class Step:
    """One dimension: its codes that count, their weights, and which alternative is full."""

    dimension: str
    weights: tuple[tuple[str, str], ...]
    """Code and weight; `none` where the set does not know the code."""
    full: Mapping[str, int] | None
    """The first alternative that is full, as least numbers by weight; None: the dimension does not hold enough."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the weights."""
        return Counter(weight for _, weight in self.weights)


@dataclass(frozen=True)
class Working:
    """Everything that leads to a word, for one set."""

    set_name: str
    steps: tuple[Step, ...]
    under_18: bool
    line: str
    """Name of the line of the combination that holds first."""
    when: str
    result: str


def work_out(catalogue: Catalogue, counted: Collection[str], set_name: str, *, under_18: bool) -> Working:
    """Apply the rule to codes that count, with the weights of the catalogue as it is given."""
    steps = tuple(_step(catalogue, counted, set_name, dimension.name) for dimension in catalogue.dimensions)
    true = {step.dimension for step in steps if step.full is not None} | ({UNDER_18} if under_18 else set())
    line, when, result = next(one for one in catalogue.combination if holds(one[1], true))
    return Working(set_name, steps, under_18, line, when, result)


def _step(catalogue: Catalogue, counted: Collection[str], set_name: str, dimension: str) -> Step:
    rows = [catalogue.indicators[code] for code in dict.fromkeys(counted) if code in catalogue.indicators]
    weights = tuple((row.code, row.weights.get(set_name, "none")) for row in rows if row.dimension == dimension)
    found = [weight for _, weight in weights]
    full = next((one for one in catalogue.alternatives if is_positive(found, [one])), None)
    return Step(dimension, weights, full)
