"""Whether the installation is still in practice: until two supervisors pressed *Go live* (design/handoff.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from bot.domain.vetting import approvals_needed
from bot.services.ports import Records, Transaction

LIVE: Final = "live"
"""Fact: since when the installation is live; until then it is in practice."""


async def is_live(tx: Transaction) -> bool:
    """Tell whether two supervisors pressed *Go live*."""
    return bool(await tx.casework.fact(LIVE))


async def needed_now(tx: Transaction) -> int:
    """Give how many supervisors have to approve a member."""
    return approvals_needed(is_live=await is_live(tx))


class Practising(Protocol):
    """What speaks of practice while the installation is in it."""

    practice: bool


@dataclass(frozen=True)
class PracticeEnds:
    """Work of the clock: the line about practice leaves the openings of every process soon after two pressed."""

    records: Records
    speaks: Practising

    async def look(self) -> None:
        """Look whether the installation is live."""
        if self.speaks.practice:
            async with self.records.look() as tx:
                self.speaks.practice = not await is_live(tx)
