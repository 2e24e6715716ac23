"""Turns raw scores into probabilities, and says from which probability a label counts.

The numbers of `calibration.json` are chosen by cross-validation on the training data alone
(`python -m bot.nlu.cross_validate` writes them); they are kept with the code because choosing them takes several
trainings.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("calibration.json")


@dataclass(frozen=True)
class Calibration:
    """How one label's score is read."""

    slope: float
    shift: float
    sure: float
    """Probability from which the label is said."""
    maybe: float
    """Probability from which an urgency is asked about; recall first."""

    def probability(self, score: float) -> float:
        """Give the probability that the label is said."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * score + self.shift))))


@lru_cache(maxsize=1)
def calibrations() -> dict[str, Calibration]:
    """Give the calibration of each label."""
    stored = json.loads(FILE.read_text())
    return {label: Calibration(**numbers) for label, numbers in stored["labels"].items()}
