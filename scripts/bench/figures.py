"""What was measured: every figure keeps its samples, so that nothing is averaged away."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

START: Final = "Start-up"
MEMORY: Final = "Memory and idle work"
ANSWER: Final = "From a message to the first answer"
LONG: Final = "One conversation that grows"
STAGES: Final = "Where the time goes"
ENOUGH_FOR_P95: Final = 20
ENOUGH_FOR_P99: Final = 100
"""Samples below which a percentile would only be the highest one under another name."""


@dataclass(frozen=True)
class Figure:
    """One thing that was measured, in one unit."""

    what: str
    unit: str
    samples: tuple[float, ...]

    def at(self, share: float) -> float:
        """Give the sample that this share of the samples does not exceed (nearest rank)."""
        return sorted(self.samples)[max(0, math.ceil(share * len(self.samples)) - 1)]

    @property
    def median(self) -> float:
        """Give the sample in the middle."""
        return self.at(0.5)

    @property
    def row(self) -> tuple[str, ...]:
        """Give the cells of the table: what, n, min, p50, p95, p99, max, unit."""
        n, least, most = len(self.samples), shown(min(self.samples)), shown(max(self.samples))
        p95 = shown(self.at(0.95)) if n >= ENOUGH_FOR_P95 else ""
        p99 = shown(self.at(0.99)) if n >= ENOUGH_FOR_P99 else ""
        return (self.what, str(n), least, shown(self.median), p95, p99, most, self.unit)


@dataclass(frozen=True)
class Stage:
    """One step on the way of a message: milliseconds before the first answer, and how often, by message."""

    what: str
    milliseconds: tuple[float, ...]
    times: float

    @property
    def median(self) -> float:
        """Give the milliseconds in the middle."""
        return Figure(self.what, "ms", self.milliseconds).median


@dataclass
class Results:
    """One run of the bench."""

    machine: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: dict[str, list[Figure]] = field(default_factory=dict)
    stages: dict[str, list[Stage]] = field(default_factory=dict)
    lines: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    """By name of the bot: number of a message within one conversation, and its milliseconds."""

    def add(self, title: str, what: str, unit: str, samples: Sequence[float]) -> None:
        """Add a figure below a title, and say so on the terminal."""
        figure = Figure(what, unit, tuple(samples))
        self.figures.setdefault(title, []).append(figure)
        print(f"  {what}: p50 {shown(figure.median)} {unit}, max {shown(max(samples))}, n {len(samples)}", flush=True)

    def as_json(self) -> dict[str, Any]:
        """Give everything, with every sample."""
        return {
            "machine": self.machine,
            "notes": self.notes,
            "figures": {
                title: [{"what": one.what, "unit": one.unit, "samples": rounded(one.samples)} for one in figures]
                for title, figures in self.figures.items()
            },
            "stages": {
                title: [
                    {"what": one.what, "times": round(one.times, 2), "ms": rounded(one.milliseconds)} for one in stages
                ]
                for title, stages in self.stages.items()
            },
            "lines": {name: [[at, round(ms, 2)] for at, ms in points] for name, points in self.lines.items()},
        }


def shown(number: float) -> str:
    """Write a number with as many digits as are worth reading."""
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}"  # noqa: PLR2004 - three digits are enough


def rounded(samples: Sequence[float]) -> list[float]:
    """Round to what a clock can tell apart."""
    return [round(sample, 2) for sample in samples]
