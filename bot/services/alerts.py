"""Calls to staff: who is called for an alert, who next when nobody answers, and what was missed (design/handoff.md).

At the desk everybody sees an alert at once. Outside it one after the other is called: counsellors on duty who could
take the conversation, whom it is reserved for first; then those whose shift it is and who are not there; at last, for
what cannot wait or is theirs, all supervisors together. An interpreter who was asked for is called alone. Nobody is
called twice for one alert.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.calls import FOR_SUPERVISORS, INTERPRETER_WANTED, next_step
from bot.domain.codes import MemberId
from bot.domain.roles import may
from bot.domain.roster import shift_at
from bot.domain.training import is_training
from bot.domain.triage import ALERTING
from bot.services.alert_sight import seen_by, wanted_interpreter
from bot.services.duty import counsellors, is_present, rosters_of, spoken_with
from bot.services.ports import Clock, Notice, Reach, Records, Signals, Transaction
from bot.services.records import Alert, AuditEntry, Member
from bot.services.sign_in import Session

SHOWN: Final = 100
DESK: Final = "desk"
CANNOT_WAIT: Final = frozenset({"waits_too_long"})


@dataclass(frozen=True)
class AlertLine:
    """One alert on its page."""

    alert: Alert
    called: Sequence[tuple[str, Notice]]
    """Name and call, oldest first."""
    answered_by: str
    missed_at: datetime | None


@dataclass(frozen=True)
class AlertsView:
    """The alerts page."""

    open: Sequence[AlertLine]
    answered: Sequence[AlertLine]
    missed: int
    """How many of those shown were missed."""


@dataclass(frozen=True)
class Alerts:
    """Shows alerts to staff, and is one of the clock's works."""

    records: Records
    clock: Clock
    signals: Signals
    ways: Collection[str]
    """Which ways of calling outside the desk are set up."""

    async def urgent(self, session: Session) -> Sequence[Alert]:
        """Give the alerts that want an answer now: P0, unanswered; the oldest first."""
        async with self.records.look() as tx:
            found = await tx.casework.unseen_of("P0")
            return await seen_by(tx, session.member, found) if found and session.may("desk.enter") else ()

    async def view(self, session: Session) -> AlertsView:
        """Give the newest alerts: open ones, who was called, who answered, and what was missed."""
        async with self.records.look() as tx:
            found = await seen_by(tx, session.member, await tx.casework.alerts(SHOWN))
            calls = await tx.calls.called([each.id for each in found])
            missed = await tx.calls.missed()
            names = await tx.staff.names()
        by_alert: dict[int, list[tuple[str, Notice]]] = defaultdict(list)
        for call in calls:
            by_alert[call.alert].append((names.get(call.member, ""), call))
        lines = [
            AlertLine(it, by_alert[it.id], names.get(it.seen_by, "") if it.seen_by else "", missed.get(it.id))
            for it in found
        ]
        unanswered = [line for line in lines if line.alert.seen_at is None]
        unanswered.sort(key=lambda line: (line.alert.level, line.alert.at))
        answered = [line for line in lines if line.alert.seen_at is not None]
        return AlertsView(unanswered, answered, sum(line.missed_at is not None for line in lines))

    async def look(self) -> None:
        """Call whoever is next for each alert that nobody answered; write down what was missed."""
        now = self.clock.now()
        changed = False
        async with self.records.begin() as tx:
            waiting = await tx.calls.unanswered()
            if waiting:
                house = await _House.of(tx, now, self.ways)
                calls = await tx.calls.called([each.id for each in waiting])
            for alert in waiting:
                done = [call for call in calls if call.alert == alert.id]
                changed = await self._one(tx, house, alert, done) or changed
        if changed:
            self.signals.publish("queue")
            self.signals.publish("calls")

    async def _one(self, tx: Transaction, house: _House, alert: Alert, done: Sequence[Notice]) -> bool:
        last = max((call.called_at for call in done), default=None)
        if next_step(alert.level, alert.at, last, somebody_left=True, now=house.now) == "wait":
            # Most looks find nothing, and need not know who could be called.
            return False
        about = None if alert.conversation is None else await tx.conversations.get(alert.conversation)
        if about is not None and is_training(about.channel):
            return False
        if alert.kind == INTERPRETER_WANTED and await wanted_interpreter(tx, alert) is None:
            # Whoever was called is not needed any more: nobody missed anything.
            for call in done[-1:]:
                await tx.casework.see_alert(alert.id, call.member, house.now)
            return bool(done)
        called = {call.member for call in done}
        groups = [[it for it in group if it not in called] for group in await house.chain(tx, alert)]
        group = next((group for group in groups if group), [])
        step = next_step(alert.level, alert.at, last, somebody_left=bool(group), now=house.now)
        if step == "call":
            for member in group:
                for way in house.ways(member):
                    await tx.calls.call(alert.id, member, way, house.now, "sent" if way == DESK else "waiting")
        elif step == "miss":
            await tx.calls.miss(alert.id, house.now)
            detail = {"alert": alert.id, "kind": alert.kind, "called": len(called)}
            await tx.casework.add_audit(AuditEntry(house.now, "program", "alert_missed", detail=detail))
        return step != "wait"


@dataclass(frozen=True)
class _House:
    """Who could be called now."""

    now: datetime
    set_up: Collection[str]
    present: Sequence[Member]
    """Counsellors who are at the desk."""
    late: Sequence[Member]
    """Counsellors whose shift it is, and who are not at the desk."""
    leads: Sequence[Member]
    reaches: Mapping[MemberId, Reach]
    at_desk: frozenset[MemberId]

    @classmethod
    async def of(cls, tx: Transaction, now: datetime, ways: Collection[str]) -> _House:
        """Look who is there."""
        ready = await counsellors(tx, now)
        rosters = await rosters_of(tx, ready)
        on_shift = [it for it in ready if shift_at(rosters[it.organisation].of(it.id), now) is not None]
        home = await tx.staff.home()
        everybody = [it for it in await tx.staff.all() if it.active and it.is_set_up]
        return cls(
            now=now,
            set_up=ways,
            present=[it for it in ready if is_present(it, now)],
            late=[it for it in on_shift if not is_present(it, now)],
            leads=[it for it in everybody if home and it.organisation == home.id and may(it.roles, "desk.lead")],
            reaches=await tx.calls.reaches(),
            at_desk=frozenset(it.id for it in everybody if is_present(it, now)),
        )

    def ways(self, member: MemberId) -> Sequence[str]:
        """Give by which ways a member can be called now."""
        known = self.reaches.get(member)
        linked = [("telegram", known.telegram_sealed), ("mail", known.mail_sealed)] if known else []
        here = [DESK] if member in self.at_desk else []
        return [*here, *(way for way, sealed in linked if sealed is not None and way in self.set_up)]

    async def chain(self, tx: Transaction, alert: Alert) -> Sequence[Sequence[MemberId]]:
        """Give who is called for an alert, group after group; only whom a call can reach."""
        if alert.kind == INTERPRETER_WANTED:
            wanted = await wanted_interpreter(tx, alert)
            return [[wanted]] if wanted is not None and self.ways(wanted) else []
        leads = [it.id for it in self.leads]
        if alert.kind == "complaint" and alert.conversation is not None:
            # Never the one complained of.
            involved = await tx.staff.counselled(alert.conversation)
            leads = [it for it in leads if it not in involved]
        first: list[MemberId] = []
        if alert.kind not in FOR_SUPERVISORS:
            first = await self._counsellors(tx, alert)
            if alert.level not in ALERTING and alert.kind not in CANNOT_WAIT:
                leads = []
        groups = [[it] for it in first] + [leads]
        return [[it for it in group if self.ways(it)] for group in groups]

    async def _counsellors(self, tx: Transaction, alert: Alert) -> list[MemberId]:
        found = [*self.present, *self.late]
        it = None if alert.conversation is None else await tx.conversations.get(alert.conversation)
        if it is None:
            return [member.id for member in found]
        blocked = await tx.staff.blocked(it.id)
        fitting = [each.id for each in found if spoken_with(it) in each.languages and each.id not in blocked]
        return sorted(fitting, key=lambda member: member != it.own.counsellor)
