"""Counts that tell of work and never of one person: everything is shown in steps of five, and nothing below five.

A number is shown as the step that it reached: 5 stands for five to nine, and 0 for fewer than five. Steps of different
tables cannot be taken from each other to find a smaller number, and one conversation more or less changes nothing or
a whole step. Only where tables about the same conversations together would still pin a number down (each holds it
within narrow limits) the less important one is kept back. Months are shown when they have ended, so that nobody is
seen coming.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

STEP: Final = 5
"""The least that is shown, and the width of a step."""
WAITS: Final = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880)
"""Upper ends, in minutes, of what is kept of a wait; a longer one is `LONGER`."""
LONGER: Final = 0
MONTHS_SHOWN: Final = 12

Table = Mapping[str, int]
"""Names and how many conversations each holds; no conversation is in two."""


def step_of(count: int) -> int:
    """Give the step that a number reached; 0 for fewer than five."""
    return count // STEP * STEP


def published(tables: Sequence[Table]) -> list[Table | None]:
    """Give what may be shown of tables about the same things, the most important first; None: kept back.

    A table of steps says of the whole that it lies between the sum of its steps and four more for each row. As long as
    all tables together leave two numbers possible for the whole, no row of any of them is pinned down.
    """
    shown: list[Table | None] = []
    low, high = 0, sum(sum(table.values()) for table in tables) + STEP
    for table in tables:
        steps = {name: step_of(count) for name, count in table.items()}
        least, most = sum(steps.values()), sum(steps.values()) + (STEP - 1) * len(steps)
        if steps and max(low, least) < min(high, most):
            low, high = max(low, least), min(high, most)
            shown.append(steps)
        else:
            shown.append(None)
    return shown


def wait_of(began: datetime, ended: datetime) -> int:
    """Give the upper end of how long somebody waited, in minutes; `LONGER` for more than two days."""
    minutes = max(0.0, (ended - began).total_seconds() / 60)
    return next((end for end in WAITS if minutes <= end), LONGER)


def quantile(waits: Mapping[int, int], share: float) -> int | None:
    """Give within how many minutes a share of all had an answer; None where too few waited for it to be shown.

    A share is shown only where five or more lie on its farther side.
    """
    total = sum(waits.values())
    if total - total * share < STEP:
        return None
    counted = 0
    for end in (*WAITS, LONGER):
        counted += waits.get(end, 0)
        if counted >= total * share:
            return end
    return LONGER


def month_of(at: datetime) -> str:
    """Give the month of a time, as it is kept: 2026-11."""
    return f"{at.year:04}-{at.month:02}"


def begin_of(month: str, now: datetime) -> datetime:
    """Give when a month begins, in the zone of `now`; anything that is no month raises ValueError."""
    year, _, number = month.partition("-")
    return now.replace(year=int(year), month=int(number), day=1, hour=0, minute=0, second=0, microsecond=0)


def after(month: datetime) -> datetime:
    """Give when the next month begins."""
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def ended_months(now: datetime) -> list[str]:
    """Give the months that have ended, the newest first."""
    months = []
    year, number = now.year, now.month
    for _ in range(MONTHS_SHOWN):
        year, number = (year - 1, 12) if number == 1 else (year, number - 1)
        months.append(f"{year:04}-{number:02}")
    return months
