"""What is kept of readings without a yes, and of who is named as duty lead. Nothing here opens a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.access import Access
from bot.domain.codes import ConversationId, OrganisationId
from bot.domain.duty_lead import Named
from bot.services.records import Conversation


class AccessRows(Protocol):
    """Readings without a yes, each on its conversation, with which it is erased."""

    async def add(self, access: Access) -> None:
        """Store a new one."""

    async def get(self, access: str) -> Access | None:
        """Give one; who changes it has locked its conversation before."""

    async def save(self, access: Access) -> None:
        """Write what became of it; by whom, on which ground and why stays as it was."""

    async def of(self, conversation: ConversationId) -> Sequence[Access]:
        """Give all of a conversation, oldest first."""

    async def listed(self, settled: int) -> Sequence[Access]:
        """Give those that nobody answered, the oldest first, then the newest others."""

    async def marked(self, limit: int) -> Sequence[Conversation]:
        """Give conversations that are marked as danger, the highest level first, then who wrote last."""

    async def overdue(self, before: datetime) -> Sequence[Access]:
        """Give those asked for or opened before a time that nobody answered."""


class LeadRows(Protocol):
    """Who is named as duty lead, and when."""

    async def of(self, organisation: OrganisationId) -> Sequence[Named]:
        """Give everything that an organisation wrote down, the week first."""

    async def name(self, organisation: OrganisationId, named: Named) -> None:
        """Write it down; of two that begin together the newer counts."""

    async def unname(self, organisation: OrganisationId, begins: int, *, weekday: int | None, day: date | None) -> None:
        """Take hours of every week, or of one day, away."""
