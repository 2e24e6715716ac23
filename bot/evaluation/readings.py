"""What a reader made of a message, and what every reader that is measured looks like."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.evaluation.messages import Labelled


@dataclass(frozen=True)
class Read:
    """One reading. `None` is what a reader does not try to say."""

    language: str | None
    intent: str | None
    codes: frozenset[str] | None
    urgency: str | None
    urgency_maybe: str | None
    evidence: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    """Probability of each code, said or not; of the said ones alone where the reader keeps no others."""
    script: str | None = None
    milliseconds: float = 0.0


class Reader(Protocol):
    """Reads one text. It must keep nothing of it, and learn nothing from it."""

    name: str
    training_seconds: float | None
    """How long it learnt, from nothing; None where that was not measured."""
    size: int
    """Bytes of everything that it learnt."""
    has_all_scores: bool
    """Whether `scores` holds codes that were not said too, as a curve over thresholds needs."""

    def read(self, text: str) -> Read:
        """Read one text."""


Progress = Callable[[int, int], None]


def read_all(reader: Reader, messages: Sequence[Labelled], progress: Progress) -> list[Read]:
    """Read every message, one at a time as people write, each with the time that it took."""
    found = []
    for number, message in enumerate(messages, start=1):
        found.append(timed(reader, message.text))
        progress(number, len(messages))
    return found


def timed(reader: Reader, text: str) -> Read:
    """Read one text and note how long that took."""
    started = time.perf_counter()
    found = reader.read(text)
    took = (time.perf_counter() - started) * 1000
    return Read(**{**vars(found), "milliseconds": took})
