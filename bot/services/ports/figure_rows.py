"""What is counted of conversations, by month and language; names no conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

Counts = Mapping[tuple[str, str], int]
"""By language and name of what is counted."""


class FigureRows(Protocol):
    """Counts of conversations that began in a month: of those that are kept, and of those that were erased since."""

    async def of_month(self, begin: datetime, end: datetime) -> Counts:
        """Count; training conversations do not count."""

    async def referrals(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """Count referrals that were made in a month, by state."""
