"""Who is named as duty lead, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import leads
from bot.domain.codes import MemberId, OrganisationId
from bot.domain.duty_lead import Named


class SqlLeads:
    """Body of `LeadRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def of(self, organisation: OrganisationId) -> Sequence[Named]:
        """Give everything that an organisation wrote down, the week first."""
        it = leads.c
        query = select(*leads.c).where(it.organisation == organisation)
        # Databases differ in where they put what is missing.
        order = (it.day.is_not(None), it.weekday, it.day, it.begins)
        rows = await self._connection.execute(query.order_by(*order))
        return [Named(MemberId(row.member), row.begins, row.ends, row.weekday, row.day) for row in rows]

    async def name(self, organisation: OrganisationId, named: Named) -> None:
        """Write it down; of two that begin together the newer counts."""
        await self.unname(organisation, named.begins, weekday=named.weekday, day=named.day)
        await self._connection.execute(insert(leads).values(organisation=organisation, **vars(named)))

    async def unname(self, organisation: OrganisationId, begins: int, *, weekday: int | None, day: date | None) -> None:
        """Take hours of every week, or of one day, away."""
        it = leads.c
        when = it.day == day if weekday is None else it.weekday == weekday
        await self._connection.execute(delete(leads).where(it.organisation == organisation, it.begins == begins, when))
