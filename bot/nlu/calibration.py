"""Adds the two views of a text up to probabilities, and says from which probability a label counts.

The numbers of `calibration.json` are chosen by cross-validation on the training data alone
(`python -m bot.nlu.cross_validate` writes them); they are kept with the code because choosing them takes several
trainings.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from bot.nlu.scripts import home_script_of

FILE: Final = Path(__file__).with_name("calibration.json")

Way: TypeAlias = Literal["own", "latin", "romanised"]
"""How a text is written: in a script of its language's own, in Latin letters, or in these though it has its own."""
WAYS: Final[tuple[Way, ...]] = get_args(Way)
OWN_SCRIPT: Final = frozenset({"th", "my", "km", "lo", "zh"})


def way_of(text: str, language: str | None) -> Way:
    """Tell how a text is written; the encoder has read much of one way and hardly any of another."""
    if home_script_of(text) != "Latn":
        return "own"
    return "romanised" if language in OWN_SCRIPT else "latin"


@dataclass(frozen=True)
class Weights:
    """How much each view counts."""

    encoder: float
    letters: float
    shift: float


@dataclass(frozen=True)
class Calibration:
    """How one label's scores are read."""

    weights: Mapping[Way, Weights]
    said: float
    """Probability from which the label is said."""

    def probability(self, encoder: float, letters: float, way: Way) -> float:
        """Give the probability that the label is said, by the scores of both views."""
        weights = self.weights[way]
        total = weights.encoder * encoder + weights.letters * letters + weights.shift
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Alarm:
    """From which chance of danger something follows."""

    sure: float
    with_word: float
    """The same where a danger word stands in the text."""
    maybe: float
    """From here on danger is asked about; recall first."""


def calibrations() -> dict[str, Calibration]:
    """Give the calibration of each label."""
    return _stored()[0]


def alarm() -> Alarm:
    """Give from which chance of danger an urgency is said, and asked about."""
    return _stored()[1]


def likeliest_from() -> float:
    """Give the chance of any code from which the likeliest is said, though it does not reach its own limit."""
    return _stored()[2]


@lru_cache(maxsize=1)
def _stored() -> tuple[dict[str, Calibration], Alarm, float]:
    stored = json.loads(FILE.read_text())
    labels = {label: _read(numbers) for label, numbers in stored["labels"].items()}
    return labels, Alarm(**stored["alarm"]), stored["likeliest"]


def _read(numbers: Mapping[str, float]) -> Calibration:
    """Give one label's numbers, which lie flat in the file, their shape."""
    weights = {way: Weights(*(numbers[f"{way}_{part}"] for part in ("encoder", "letters", "shift"))) for way in WAYS}
    return Calibration(weights, numbers["said"])
