"""The roster as supervisors write it and everybody sees it: shifts, days that differ, holidays, how each one works."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.codes import MemberId
from bot.domain.roles import may
from bot.domain.roster import (
    MOST_AT_ONCE,
    Hours,
    Roster,
    Rota,
    Terms,
    day_there,
    is_zone,
    next_shift,
    shift_at,
)
from bot.services.duty import here, is_present
from bot.services.ports import Clock, Records, Signals, Transaction
from bot.services.records import AuditEntry, Member
from bot.services.sign_in import Session
from bot.services.staff import Refused

GENDERS: Final = ("", "woman", "man")
WEEKDAYS: Final = range(7)


@dataclass(frozen=True)
class Line:
    """One member on the roster page."""

    member: Member
    rota: Rota
    terms: Terms
    is_here: bool
    """On duty now: vetted, signed in, and in a shift where a roster is kept."""
    is_late: bool
    """In a shift, and not signed in."""
    next_shift: datetime | None


@dataclass(frozen=True)
class RosterView:
    """The roster page."""

    roster: Roster
    lines: Sequence[Line]
    today: date
    """By the organisation's clock."""


Change = Callable[[Transaction], Awaitable[None]]


class Rosters:
    """Shows the roster to everybody and lets supervisors change that of their own organisation."""

    def __init__(self, records: Records, clock: Clock, signals: Signals) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._clock = clock
        self._signals = signals

    async def look(self, session: Session) -> RosterView:
        """Give the roster of one's own organisation."""
        now = self._clock.now()
        async with self._records.look() as tx:
            roster = await tx.roster.of(session.member.organisation)
            members = [it for it in await tx.staff.all() if it.organisation == session.member.organisation]
            on_duty = {it.id for it in await here(tx, now)}
        takes_over = [it for it in members if it.active and may(it.roles, "conversation.claim")]
        return RosterView(
            roster,
            [_line(roster, it, now, is_here=it.id in on_duty) for it in takes_over],
            day_there(Rota(roster.zone), now),
        )

    async def add_shifts(self, session: Session, member: MemberId, weekdays: Sequence[int], hours: Hours) -> None:
        """Let a member work these hours on some days of every week. Raises Refused: `role`, `member`, `weekdays`."""
        if not weekdays or not set(weekdays) <= set(WEEKDAYS):
            raise Refused("weekdays")

        async def change(tx: Transaction) -> None:
            for weekday in weekdays:
                await tx.roster.add_shift(member, weekday, hours)

        await self._change(session, "shift_added", change, member)

    async def remove_shift(self, session: Session, member: MemberId, weekday: int, begins: int) -> None:
        """Take hours of every week away. Raises Refused: `role`, `member`."""
        await self._change(session, "shift_removed", lambda tx: tx.roster.remove_shift(member, weekday, begins), member)

    async def set_day(self, session: Session, member: MemberId, day: date, hours: Hours | None) -> None:
        """Let one day differ; None: they are off. Raises Refused: `role`, `member`."""
        await self._change(session, "day_set", lambda tx: tx.roster.set_day(member, day, hours), member)

    async def clear_day(self, session: Session, member: MemberId, day: date) -> None:
        """Let the day be like every week again. Raises Refused: `role`, `member`."""
        await self._change(session, "day_cleared", lambda tx: tx.roster.clear_day(member, day), member)

    async def set_holiday(self, session: Session, day: date, *, closed: bool) -> None:
        """Close or open one's own organisation on a day. Raises Refused: `role`."""
        where = session.member.organisation
        act = "holiday_added" if closed else "holiday_removed"
        await self._change(session, act, lambda tx: tx.roster.set_holiday(where, day, closed=closed))

    async def set_terms(self, session: Session, member: MemberId, terms: Terms) -> None:
        """Write down how a member works. Raises Refused: `role`, `member`, `zone`, `capacity`."""
        if terms.zone and not is_zone(terms.zone):
            raise Refused("zone")
        if not 0 < terms.capacity <= MOST_AT_ONCE or terms.gender not in GENDERS:
            raise Refused("capacity")
        await self._change(session, "terms_set", lambda tx: tx.roster.set_terms(member, terms), member)

    async def set_zone(self, session: Session, zone: str) -> None:
        """Write down by which clock one's own organisation works. Raises Refused: `role`, `zone`."""
        if not is_zone(zone):
            raise Refused("zone")
        where = session.member.organisation
        await self._change(session, "zone_set", lambda tx: tx.roster.set_zone(where, zone))

    async def _change(self, session: Session, act: str, change: Change, member: MemberId | None = None) -> None:
        if not session.may("desk.lead"):
            raise Refused("role")
        detail = {} if member is None else {"member": member}
        async with self._records.begin() as tx:
            if member is not None:
                found = await tx.staff.get(member)
                if found is None or found.organisation != session.member.organisation or not found.active:
                    raise Refused("member")
            await change(tx)
            await tx.casework.add_audit(AuditEntry(self._clock.now(), session.member.id, act, detail=detail))
        self._signals.publish("queue")


def _line(roster: Roster, member: Member, now: datetime, *, is_here: bool) -> Line:
    rota = roster.of(member.id)
    return Line(
        member=member,
        rota=rota,
        terms=roster.terms_of(member.id),
        is_here=is_here,
        is_late=not is_present(member, now) and shift_at(rota, now) is not None,
        next_shift=next_shift(rota, now),
    )
