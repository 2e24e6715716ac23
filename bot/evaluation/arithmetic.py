"""The arithmetic of the report: shares, F1 and how far each can be trusted. Pure, and the same for every reader.

A share of messages has Wilson's interval. What is no share (F1) has a bootstrap interval, and the bootstrap draws
whole scenarios, for one author wrote the same turn of phrase in several languages (`bot.evaluation.scenarios`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

Z: Final = 1.959964
"""Standard deviations on either side that hold 95 %."""
DRAWS: Final = 1000
SEED: Final = 20261126


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval, and the number of messages or codes that it rests on; value None: no case."""

    value: float | None
    low: float | None
    high: float | None
    of: int

    def __str__(self) -> str:
        """Show it as the tables do."""
        if self.value is None or self.low is None or self.high is None:
            return "-"
        return f"{self.value:.2f} ({self.low:.2f}-{self.high:.2f})"


NOTHING: Final = Estimate(None, None, None, 0)


@dataclass(frozen=True)
class Counts:
    """What was rightly said, wrongly said and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Count both together."""
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float | None:
        """Give the harmonic mean of precision and recall; None where nothing was there to say and nothing was said."""
        return f1_of(self.right, self.wrong, self.missed)


def share(hits: Iterable[bool]) -> Estimate:
    """Give a share with Wilson's interval, which stays honest near 0 and 1 and for few cases."""
    seen = list(hits)
    n = len(seen)
    if n == 0:
        return NOTHING
    p, z2 = sum(seen) / n, Z * Z
    middle, spread = p + z2 / (2 * n), Z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = (middle - spread) / (1 + z2 / n), (middle + spread) / (1 + z2 / n)
    return Estimate(p, max(0.0, low), min(1.0, high), n)


def compare(said: frozenset[str], true: frozenset[str]) -> Counts:
    """Count the codes of one message."""
    return Counts(len(said & true), len(said - true), len(true - said))


def f1_of(right: float, wrong: float, missed: float) -> float | None:
    """Give F1 from counts."""
    whole = 2 * right + wrong + missed
    return 2 * right / whole if whole else None


def micro_f1(counts: Sequence[Counts], scenarios: Sequence[Hashable]) -> Estimate:
    """Give F1 over all codes of all messages; `scenarios` names the group that each message is drawn with."""
    total = sum(counts, Counts())
    table = np.array([[(one.right, one.wrong, one.missed)] for one in counts], dtype=float)
    return _drawn(total.f1, table, scenarios, total.right + total.missed, lambda rows: rows[0])


def macro_f1(said: Sequence[str | None], true: Sequence[str], scenarios: Sequence[Hashable]) -> Estimate:
    """Give the mean of the F1 of each label that occurs: a rare intent weighs as much as a common one."""
    names = sorted(set(true))
    if not names:
        return NOTHING
    table = np.zeros((len(true), len(names), 3))
    place = {name: column for column, name in enumerate(names)}
    for row, (one, other) in enumerate(zip(said, true, strict=True)):
        if one == other:
            table[row, place[other], 0] += 1
            continue
        table[row, place[other], 2] += 1
        if one in place:
            table[row, place[one], 1] += 1
    scores = [f1_of(*counts) or 0.0 for counts in table.sum(axis=0).tolist()]
    return _drawn(sum(scores) / len(names), table, scenarios, len(true), _mean_present)


def _mean_present(scores: Any) -> Any:
    """Average over the labels that a draw holds: one that was not drawn has no F1."""
    return np.nanmean(scores, axis=0)


def _drawn(
    value: float | None, table: Any, scenarios: Sequence[Hashable], of: int, fold: Callable[[Any], Any]
) -> Estimate:
    """Bootstrap over scenarios. `table`: messages x labels x (right, wrong, missed)."""
    if value is None:
        return Estimate(None, None, None, of)
    names = {name: place for place, name in enumerate(dict.fromkeys(scenarios))}
    groups = np.zeros((len(names), *table.shape[1:]))
    np.add.at(groups, [names[name] for name in scenarios], table)
    drawn = np.random.default_rng(SEED).multinomial(len(names), np.full(len(names), 1 / len(names)), size=DRAWS)
    right, wrong, missed = np.moveaxis(np.tensordot(drawn, groups, axes=1), -1, 0)
    whole = 2 * right + wrong + missed
    scores = np.where(right + missed > 0, 2 * right / np.where(whole > 0, whole, 1), np.nan).T
    values = fold(scores)
    values = values[~np.isnan(values)]
    if len(values) == 0:
        return Estimate(value, value, value, of)
    return Estimate(value, float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975)), of)


def kappa(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Give Cohen's kappa: how much oftener two agree than chance alone would let them."""
    n = len(one)
    agreed = sum(a == b for a, b in zip(one, other, strict=True)) / n
    by_chance = sum(one.count(name) * other.count(name) for name in set(one) | set(other)) / (n * n)
    return 1.0 if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def percentile(samples: Sequence[float], part: float) -> float | None:
    """Give the sample that this part of the samples does not exceed (nearest rank)."""
    return sorted(samples)[max(0, math.ceil(part * len(samples)) - 1)] if samples else None
