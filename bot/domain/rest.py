"""Care for who counsels: what a shift held, and when to suggest a rest. A suggestion, never an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

SHIFT: Final = timedelta(hours=12)
"""What was taken over within so long counts as one shift."""
HEAVY: Final = frozenset({"P0", "P1"})
"""Levels at which a conversation counts as heavy: danger, death, illness, a child."""
HEAVY_ENOUGH: Final = 3
MANY: Final = 8


@dataclass(frozen=True)
class Shift:
    """What one member took over in this shift."""

    taken: int
    heavy: int

    @property
    def suggests_rest(self) -> bool:
        """Tell whether it is time to say that a rest would be good."""
        return self.heavy >= HEAVY_ENOUGH or self.taken >= MANY


def shift_of(levels: Sequence[str]) -> Shift:
    """Count a shift by the levels at which its conversations were taken over."""
    return Shift(len(levels), sum(level in HEAVY for level in levels))
