"""What is left of conversations without naming one: counts by month and language, and sentences written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.codes import MemberId

Counts = Mapping[tuple[str, str], int]
"""By language and name of what is counted."""


@dataclass(frozen=True)
class Correction:
    """One new sentence with its labels."""

    language: str
    text: str
    intent: str
    indicators: tuple[str, ...]
    urgency: str
    by: MemberId
    at: datetime
    id: int = 0
    """Set by the records when stored."""


class FigureRows(Protocol):
    """Counts of conversations that began in a month, kept or erased since; and what the reader may learn from."""

    async def of_month(self, begin: datetime, end: datetime) -> Counts:
        """Count; training conversations do not count."""

    async def referrals(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """Count referrals that were made in a month, by state."""

    async def closed(self, month: str) -> Counts:
        """Give what was counted when a month was first shown; nothing of one that never was."""

    async def close(self, month: str, counts: Counts) -> None:
        """Keep what a month comes to; of two who show it at once the first counts."""

    async def keep_correction(self, correction: Correction) -> None:
        """Store a sentence for the reader to learn from."""

    async def corrections(self) -> Sequence[Correction]:
        """Give every such sentence, oldest first."""

    async def drop_correction(self, correction: int) -> None:
        """Take one out."""
