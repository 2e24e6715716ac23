"""Names the duty lead for hours of the week or of one day, and tells who it is now (design/handoff.md)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.codes import MemberId, OrganisationId
from bot.domain.duty_lead import Lead, Named, lead_at, still_counts
from bot.domain.roles import may
from bot.domain.roster import Hours
from bot.services.duty import is_present
from bot.services.ports import Clock, Records, Signals, Transaction
from bot.services.records import AuditEntry, Member
from bot.services.roster import WEEKDAYS
from bot.services.sign_in import Session
from bot.services.staff import Refused

Change = Callable[[Transaction], Awaitable[None]]


@dataclass(frozen=True)
class LeadNow:
    """The duty lead as every page of the desk shows them."""

    member: Member
    until: datetime
    is_present: bool
    """They are signed in."""


@dataclass(frozen=True)
class LeadsView:
    """The part of the roster page about duty leads."""

    now: LeadNow | None
    named: Sequence[tuple[Named, str]]
    """Hours, and the name of whoever leads in them."""
    could_lead: Sequence[Member]


async def lead_of(tx: Transaction, organisation: OrganisationId, now: datetime) -> Lead | None:
    """Give who leads now: of those who may, so that hours of somebody who left or lost the key name nobody."""
    named = await tx.leads.of(organisation)
    if not named:
        return None
    ready = {it.id for it in await _ready(tx, organisation)}
    return lead_at([one for one in named if one.member in ready], await tx.roster.zone(organisation), now)


async def is_any_named(tx: Transaction, organisation: OrganisationId, now: datetime) -> bool:
    """Tell whether somebody who may lead is named for hours that are still to come, of any day."""
    ready = {it.id for it in await _ready(tx, organisation)}
    zone = await tx.roster.zone(organisation)
    return any(one.member in ready and still_counts(one, zone, now) for one in await tx.leads.of(organisation))


async def _ready(tx: Transaction, organisation: OrganisationId) -> list[Member]:
    """Give supervisors who work here and hold the organisation's key."""
    mine = [it for it in await tx.staff.all() if it.organisation == organisation]
    return [it for it in mine if it.active and it.has_key and may(it.roles, "danger.open")]


class DutyLeads:
    """Shows the duty lead to everybody, and lets supervisors name one of themselves."""

    def __init__(self, records: Records, clock: Clock, signals: Signals) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._clock = clock
        self._signals = signals

    async def now(self, session: Session) -> LeadNow | None:
        """Give the duty lead of one's own organisation; None: nobody is named."""
        async with self._records.look() as tx:
            return await self._now(tx, session.member.organisation)

    async def _now(self, tx: Transaction, organisation: OrganisationId) -> LeadNow | None:
        now = self._clock.now()
        lead = await lead_of(tx, organisation, now)
        if lead is None:
            return None
        member = next(it for it in await tx.staff.all() if it.id == lead.member)
        return LeadNow(member, lead.until, is_present(member, now))

    async def look(self, session: Session) -> LeadsView:
        """Give who is named when, without days that have passed."""
        where, now = session.member.organisation, self._clock.now()
        async with self._records.look() as tx:
            zone = await tx.roster.zone(where)
            named = [one for one in await tx.leads.of(where) if still_counts(one, zone, now)]
            names = await tx.staff.names()
            return LeadsView(
                await self._now(tx, where),
                [(one, names.get(one.member, "–")) for one in named],
                await _ready(tx, where),
            )

    async def name(
        self, session: Session, member: MemberId, hours: Hours, weekdays: Sequence[int] = (), day: date | None = None
    ) -> None:
        """Name somebody for hours of some days of every week, or of one day.

        Raises Refused: `role`, `lead` for whoever cannot be one, `weekdays`.
        """
        if day is None and (not weekdays or not set(weekdays) <= set(WEEKDAYS)):
            raise Refused("weekdays")
        named = (
            [Named(member, hours.begins, hours.ends, weekday) for weekday in weekdays]
            if day is None
            else [Named(member, hours.begins, hours.ends, day=day)]
        )
        where = session.member.organisation

        async def change(tx: Transaction) -> None:
            if member not in {it.id for it in await _ready(tx, where)}:
                raise Refused("lead")
            for one in named:
                await tx.leads.name(where, one)

        await self._change(session, "lead_named", change, {"member": member})

    async def unname(self, session: Session, begins: int, *, weekday: int | None, day: date | None) -> None:
        """Take hours away. Raises Refused: `role`, `day`."""
        if (weekday is None) is (day is None):
            raise Refused("day")
        where = session.member.organisation

        async def change(tx: Transaction) -> None:
            await tx.leads.unname(where, begins, weekday=weekday, day=day)

        await self._change(session, "lead_unnamed", change, {})

    async def _change(self, session: Session, act: str, change: Change, detail: dict[str, str]) -> None:
        if not session.may("desk.lead"):
            raise Refused("role")
        async with self._records.begin() as tx:
            await change(tx)
            await tx.casework.add_audit(AuditEntry(self._clock.now(), session.member.id, act, detail=detail))
        self._signals.publish("queue")
