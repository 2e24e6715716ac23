"""How long somebody who asked for a person should wait at most, and how an aim is said (reference, section 7; L5, H6).

An aim is said only when a shift covers it; it is never a promise of anything else.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import Level
from bot.domain.ownership import Ownership, State
from bot.domain.plan import Plan, opens_at
from bot.domain.reply import Say

TARGETS: Final[dict[Level, timedelta]] = {
    "P0": timedelta(minutes=2),
    "P1": timedelta(minutes=15),
    "P2": timedelta(hours=24),
    "P3": timedelta(days=3),
    "P4": timedelta(days=3),
}
"""By when a human should be in the chat."""

SHIFT_OVER: Final = "shift_over"
LEEWAY: Final = timedelta(hours=1)
"""After a shift began, before an aim is due: whoever comes first sees who waits."""
WARN_BEFORE: Final = timedelta(hours=1)
"""Staff are called so long before an aim is due: it escalates before it breaks."""
SUPERVISOR_AFTER: Final = 2
"""Broken promises to one person after which a supervisor is called."""
_HOURS_SAID: Final = 48
_AT_LEAST: Final = 2
"""Never "one": so no language needs another form of the sentence."""


def passed_target(own: Ownership, level: Level, now: datetime) -> Level | None:
    """Give the level whose target this wait has passed and was not told of yet; None otherwise."""
    if own.state not in (State.QUEUED, State.RESERVED) or level in own.told:
        return None
    return level if now - own.since >= TARGETS[level] else None


def due_of(shift: datetime, plan: Plan) -> datetime:
    """Give when an aim is due: some time into the shift, and in hours in which they may be written to."""
    due = shift + LEEWAY
    return opens_at(plan, due) or due


def aim(due: datetime, now: datetime) -> Say:
    """Say by about when somebody aims to write; in hours from now, so that no place is needed."""
    hours = max(_AT_LEAST, -((now - due) // timedelta(hours=1)))
    if hours < _HOURS_SAID:
        return Say("handoff.promised-hours", {"hours": str(hours)})
    return Say("handoff.promised-days", {"days": str(-(-hours // 24))})
