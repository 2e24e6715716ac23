"""Whether the installation is still in practice: until two supervisors pressed *Go live* (design/handoff.md)."""

from __future__ import annotations

from typing import Final

from bot.domain.vetting import approvals_needed
from bot.services.ports import Transaction

LIVE: Final = "live"
"""Fact: since when the installation is live; until then it is in practice."""


async def is_live(tx: Transaction) -> bool:
    """Tell whether two supervisors pressed *Go live*."""
    return bool(await tx.casework.fact(LIVE))


async def needed_now(tx: Transaction) -> int:
    """Give how many supervisors have to approve a member."""
    return approvals_needed(is_live=await is_live(tx))
