"""What a person allowed about being written to first: whether, at which hours, and check-ins (rules S8, P6).

Hours are kept as parts of the day and an offset from UTC, learnt by a question about the time there; never as a place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

PARTS: Final[dict[str, tuple[int, int]]] = {
    "morning": (6, 11),
    "midday": (11, 16),
    "evening": (16, 21),
    "night": (21, 29),
}
"""Each part of the day and its hours there, from and to; the night ends at five the next morning."""

OFFSETS: Final = ((420, 480, 390, 540, 330, 240, 180), (60, 120, 0, 345, 600, -300, -480))
"""Minutes by which clocks are ahead of UTC, as two pages of answers: first where most people write from."""

TODAY_AT_MOST: Final = timedelta(hours=12)
"""How long "any time today" lasts where the time there is not known."""
CHECK_IN_EVERY: Final = timedelta(days=7)
EARLIEST_OFFSET: Final = -12 * 60
LATEST_OFFSET: Final = 14 * 60
_HOUR: Final = timedelta(hours=1)
_LOOK_AHEAD: Final = 2
"""Days within which a part of the day begins again, whatever the time is."""


@dataclass(frozen=True)
class Plan:
    """The person's own choice. Without it nothing is ever written to them first; times are aware, in UTC."""

    may_write: bool = False
    parts: tuple[str, ...] = ()
    """Parts of the day; none: at any time."""
    offset: int | None = None
    """Minutes by which their clock is ahead of UTC; without it no part of the day is known."""
    until: datetime | None = None
    """The plan ends then ("any time today"); None: it lasts until they change it."""
    check_ins: bool = False
    check_in_at: datetime | None = None
    """When the next check-in is due; None while one was not answered, and without check-ins."""
    knocked_at: datetime | None = None
    """A knock was put on its way then, and they have not written since."""


def clock_there(plan: Plan, now: datetime) -> datetime | None:
    """Give the time that the person's clock shows; None where it is not known."""
    return None if plan.offset is None else now + timedelta(minutes=plan.offset)


def is_open(plan: Plan, now: datetime) -> bool:
    """Tell whether the plan allows writing first at this moment."""
    return opens_at(plan, now) == now


def opens_at(plan: Plan, now: datetime) -> datetime | None:
    """Give the first moment, now or later, at which the plan allows writing first; None when there is none."""
    if not plan.may_write or (plan.until is not None and now >= plan.until):
        return None
    if not plan.parts:
        return now
    found = _next_part(plan, now)
    if found is None or (plan.until is not None and found >= plan.until):
        return None
    return found


def _next_part(plan: Plan, now: datetime) -> datetime | None:
    there = clock_there(plan, now)
    if there is None:
        return None
    midnight = there.replace(hour=0, minute=0, second=0, microsecond=0)
    # The night of the day before may still go on.
    spans = [
        (midnight + timedelta(days=day) + start * _HOUR, midnight + timedelta(days=day) + end * _HOUR)
        for day in range(-1, _LOOK_AHEAD)
        for start, end in (PARTS[part] for part in plan.parts if part in PARTS)
    ]
    begins = [max(there, start) for start, end in spans if there < end]
    return None if not begins else now + (min(begins) - there)


def any_time_today(plan: Plan, now: datetime) -> Plan:
    """Allow writing first until their midnight, or for some hours where their clock is not known."""
    there = clock_there(plan, now)
    until = now + TODAY_AT_MOST
    if there is not None:
        until = now + (there.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - there)
    return replace(plan, may_write=True, parts=(), until=until, check_ins=False, check_in_at=None)


def certain_hours(plan: Plan, part: str) -> Plan:
    """Allow writing first in one part of the day, once the time there is known; an unknown part raises KeyError."""
    if part not in PARTS:
        raise KeyError(part)
    return replace(plan, may_write=True, parts=(part,), until=None)


def with_offset(plan: Plan, minutes: int) -> Plan:
    """Learn the offset of their clock; one that no clock has raises ValueError."""
    if not EARLIEST_OFFSET <= minutes <= LATEST_OFFSET:
        raise ValueError("no clock has this offset")
    return replace(plan, offset=minutes)


def no_writing(plan: Plan) -> Plan:
    """They come back themselves: nothing is written first and nothing is asked, from now on."""
    return Plan(offset=plan.offset, knocked_at=plan.knocked_at)


def with_check_ins(plan: Plan, now: datetime) -> Plan:
    """Ask after them now and then, in their hours; only with hours of their own."""
    if not plan.may_write or not plan.parts or plan.offset is None:
        return plan
    return replace(plan, check_ins=True, check_in_at=now + CHECK_IN_EVERY)


def they_wrote(plan: Plan, now: datetime) -> Plan:
    """A sign of life: the knock is answered, and the next check-in is counted from here."""
    due = now + CHECK_IN_EVERY if plan.check_ins else None
    return (
        plan if (plan.knocked_at, plan.check_in_at) == (None, due) else replace(plan, knocked_at=None, check_in_at=due)
    )


def knocked(plan: Plan, now: datetime) -> Plan:
    """One knock is on its way; no other, and no check-in, before they write."""
    return replace(plan, knocked_at=now, check_in_at=None)


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Give the wire shape."""
    times = {name: getattr(plan, name) for name in _TIMES}
    return {
        **vars(plan),
        "parts": list(plan.parts),
        **{name: time.isoformat() if time is not None else None for name, time in times.items()},
    }


def plan_from_json(data: dict[str, Any]) -> Plan:
    """Read the wire shape; an unknown field raises TypeError."""
    times = {name: datetime.fromisoformat(data[name]) if data.get(name) else None for name in _TIMES}
    return Plan(**{**data, **times, "parts": tuple(data.get("parts", ()))})


_TIMES: Final = ("until", "check_in_at", "knocked_at")
