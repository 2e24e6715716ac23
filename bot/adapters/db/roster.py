"""Who works when: weekly shifts, single days, holidays, and how each member works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import facts, holidays, members, shift_days, shifts, terms
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import MemberId, OrganisationId
from bot.domain.roster import Hours, Roster, Terms

_hours: Final = cache(Hours)
"""The same few hours stand in hundreds of rows, and every open queue reads them."""


class SqlRoster:
    """Body of `RosterRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def of(self, organisation: OrganisationId) -> Roster:
        """Give everything that an organisation wrote down."""
        mine = _members_of(organisation)
        closed = await self._connection.scalars(select(holidays.c.day).where(holidays.c.organisation == organisation))
        weekly: dict[str, dict[int, tuple[Hours, ...]]] = defaultdict(dict)
        it = shifts.c
        query = select(it.member, it.weekday, it.begins, it.ends).where(it.member.in_(mine))
        for member, weekday, begins, ends in await self._connection.execute(query.order_by(it.weekday, it.begins)):
            week = weekly[member]
            week[weekday] = (*week.get(weekday, ()), _hours(begins, ends))
        days: dict[str, dict[date, Hours | None]] = defaultdict(dict)
        for row in await self._connection.execute(
            select(*shift_days.c).where(shift_days.c.member.in_(mine)).order_by(shift_days.c.day)
        ):
            days[row.member][row.day] = None if row.begins is None else _hours(row.begins, row.ends)
        zone, known = await self.zone(organisation), await self.terms(organisation)
        return Roster(zone, frozenset(closed), dict(weekly), dict(days), known)

    async def zone(self, organisation: OrganisationId) -> str:
        """Give by which clock an organisation works."""
        query = select(facts.c.value).where(facts.c.name == _zone_of(organisation))
        return await self._connection.scalar(query) or Roster.zone

    async def terms(self, organisation: OrganisationId) -> Mapping[str, Terms]:
        """Give how its members work, of whom it is written down."""
        it = terms.c
        query = select(it.member, it.zone, it.capacity, it.gender).where(it.member.in_(_members_of(organisation)))
        rows = await self._connection.execute(query)
        return {member: Terms(zone, capacity, gender) for member, zone, capacity, gender in rows}

    async def add_shift(self, member: MemberId, weekday: int, hours: Hours) -> None:
        """Store hours of every week; others that begin then end."""
        row = {"member": member, "weekday": weekday, "begins": hours.begins, "ends": hours.ends}
        await self._put(shifts, ("member", "weekday", "begins"), row)

    async def remove_shift(self, member: MemberId, weekday: int, begins: int) -> None:
        """Take hours of every week away."""
        it = shifts.c
        await self._connection.execute(
            delete(shifts).where(it.member == member, it.weekday == weekday, it.begins == begins)
        )

    async def set_day(self, member: MemberId, day: date, hours: Hours | None) -> None:
        """Let one day differ; None: they do not work."""
        begins, ends = (None, None) if hours is None else (hours.begins, hours.ends)
        row = {"member": member, "day": day, "begins": begins, "ends": ends}
        await self._put(shift_days, ("member", "day"), row)

    async def clear_day(self, member: MemberId, day: date) -> None:
        """Let the day be like every week again."""
        await self._connection.execute(delete(shift_days).where(shift_days.c.member == member, shift_days.c.day == day))

    async def set_holiday(self, organisation: OrganisationId, day: date, *, closed: bool) -> None:
        """Close or open an organisation on a day."""
        row = {"organisation": organisation, "day": day}
        if closed:
            await self._connection.execute(insert_for(self._connection, holidays).values(row).on_conflict_do_nothing())
            return
        await self._connection.execute(
            delete(holidays).where(holidays.c.organisation == organisation, holidays.c.day == day)
        )

    async def set_terms(self, member: MemberId, how: Terms) -> None:
        """Write down how a member works."""
        await self._put(terms, ("member",), {"member": member, **vars(how)})

    async def set_zone(self, organisation: OrganisationId, zone: str) -> None:
        """Write down by which clock an organisation works."""
        await self._put(facts, ("name",), {"name": _zone_of(organisation), "value": zone})

    async def _put(self, table: Any, keys: tuple[str, ...], row: dict[str, Any]) -> None:
        """Insert, or write over the row of the same key."""
        values = {name: value for name, value in row.items() if name not in keys}
        statement = insert_for(self._connection, table).values(row)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values))


def _members_of(organisation: OrganisationId) -> Any:
    return select(members.c.id).where(members.c.organisation == organisation)


def _zone_of(organisation: OrganisationId) -> str:
    return f"zone:{organisation}"
