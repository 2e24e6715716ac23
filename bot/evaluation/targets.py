"""What the reader should reach on the set of this repository, and which of it was reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.evaluation import figures as f
from bot.evaluation.arithmetic import Estimate
from bot.evaluation.figures import Figures

AT_LEAST: Final = ">="
AT_MOST: Final = "<="
LONG_TEXT: Final = "4,096 characters"
TWINS: Final = "Zawgyi twins read alike"


@dataclass(frozen=True)
class Target:
    """One figure that is wanted; `found` None where it could not be measured, with the reason in `note`."""

    what: str
    bound: str
    wanted: float
    found: float | None
    shown: str
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Tell whether it was reached."""
        if self.found is None:
            return None
        return self.found >= self.wanted if self.bound == AT_LEAST else self.found <= self.wanted


def targets_of(figures: Figures, twins: Estimate | None, why_no_twins: str) -> list[Target]:
    """List what is wanted beside what was found."""
    return [*_shares(figures), _twins(twins, why_no_twins), *_times(figures)]


def _shares(figures: Figures) -> Iterator[Target]:
    overall = figures.everything.figures
    yield _one("codes micro-F1, all languages", AT_LEAST, 0.85, overall.get(f.F1))
    yield _worst("codes micro-F1, worst language", 0.76, figures, f.F1)
    yield _one("some code said, recall", AT_LEAST, 0.95, overall.get(f.SOME_RECALL))
    yield _one("some code said, precision", AT_LEAST, 0.90, overall.get(f.SOME_PRECISION))
    yield _one("language named right, all", AT_LEAST, 0.96, overall.get(f.LANGUAGE))
    yield _worst("language named right, worst", 0.90, figures, f.LANGUAGE)
    yield _one("`urgency`, recall", AT_LEAST, 0.90, overall.get(f.URGENT))
    yield _one("`urgency`, false alarms among calm messages", AT_MOST, 0.01, overall.get(f.ALARMS))
    yield _one("`urgency_maybe`, recall", AT_LEAST, 0.97, overall.get(f.MAYBE))
    yield _one("`urgency_maybe`, false alarms", AT_MOST, 0.08, overall.get(f.MAYBE_ALARMS))
    yield _one("intents, macro-F1", AT_LEAST, 0.88, overall.get(f.INTENTS))
    yield _one("denials and harmless mentions left without a code", AT_LEAST, 0.95, overall.get(f.QUIET))


def _twins(twins: Estimate | None, why_not: str) -> Target:
    if twins is None:
        return Target(TWINS, AT_LEAST, 0.98, None, "-", why_not)
    return _one(TWINS, AT_LEAST, 0.98, twins)


def _times(figures: Figures) -> Iterator[Target]:
    times: Mapping[str, float | None] = figures.milliseconds
    yield _time("reading up to 300 characters, p50, ms", 30, times.get("p50"))
    yield _time("reading up to 300 characters, p99, ms", 90, times.get("p99"))
    yield _time(f"reading {LONG_TEXT}, slowest, ms", 400, times.get(LONG_TEXT))
    yield _time("training from nothing, s", 180, figures.training_seconds)


def _one(what: str, bound: str, wanted: float, estimate: Estimate | None) -> Target:
    if estimate is None or estimate.value is None:
        return Target(what, bound, wanted, None, "-", "no such message in the set")
    return Target(what, bound, wanted, estimate.value, str(estimate))


def _worst(what: str, wanted: float, figures: Figures, name: str) -> Target:
    found = {
        language: one.figures[name]
        for language, one in figures.by_language.items()
        if name in one.figures and one.figures[name].value is not None
    }
    if not found:
        return Target(what, AT_LEAST, wanted, None, "-", "no such message in the set")
    language = min(found, key=lambda code: found[code].value or 0.0)
    return Target(what, AT_LEAST, wanted, found[language].value, str(found[language]), language)


def _time(what: str, wanted: float, found: float | None) -> Target:
    if found is None:
        return Target(what, AT_MOST, wanted, None, "-", "not measured in this run")
    return Target(what, AT_MOST, wanted, found, f"{found:.0f}")
