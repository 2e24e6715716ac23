"""What falls due by the clock: waits, promises, check-ins, and conversations nobody asked to keep.

Everything is found in the database by its time, so it survives restarts; a clock that goes backwards makes nothing due
twice, for what was done is written down in the same transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.logs import get_logger
from bot.services.ports import Stale

logger = get_logger(__name__)

EVERY: Final = 5.0
"""Seconds between two looks at the clock."""


class Work(Protocol):
    """One subject of the clock."""

    async def look(self) -> None:
        """Do everything of this subject that is due now."""


@dataclass(frozen=True)
class Due:
    """The worker of the durable clock."""

    works: Sequence[Work]

    async def run(self) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Do everything that is due now; what fails in one subject is tried again and keeps none of the others back."""
        for work in self.works:
            try:
                await work.look()
            except Stale:
                logger.info("clock_overtaken")
            except Exception as exc:  # edge: one subject's fault must not end the clock
                logger.error("clock_failed", error=exc)
