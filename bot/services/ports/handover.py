"""What the services need to keep of notes between shifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.codes import MemberId, OrganisationId


@dataclass(frozen=True)
class ShiftNote:
    """A note for whoever comes next, sealed to the organisation's public key."""

    organisation: OrganisationId
    member: MemberId
    sealed: bytes
    at: datetime
    id: int = 0
    """Set by the records when stored."""


class HandoverRows(Protocol):
    """Notes between shifts."""

    async def add(self, note: ShiftNote) -> None:
        """Store a note."""

    async def of(self, organisation: OrganisationId) -> Sequence[ShiftNote]:
        """Give every note of an organisation, oldest first."""

    async def take_away(self, organisation: OrganisationId, note: int) -> bool:
        """Delete a note; False when there is none."""

    async def take_old_away(self, before: datetime) -> int:
        """Delete every note of before a time, and give how many."""
