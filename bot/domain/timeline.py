"""What was told in which week: counts by code, for a plot and for the table beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

WEEK: Final = timedelta(days=7)
MOST_WEEKS: Final = 26
"""Half a year is shown; what is older is counted into its first week."""


@dataclass(frozen=True)
class Line:
    """One code and how often it was told in each week."""

    code: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Timeline:
    """Weeks, by their Mondays, and a line a code in the order in which the codes first came up."""

    weeks: tuple[date, ...]
    lines: tuple[Line, ...]
    has_older: bool
    """The first week holds older ones too."""

    @property
    def most(self) -> int:
        """Give the highest count, which the plot is drawn to."""
        return max((count for line in self.lines for count in line.counts), default=0)


def timeline(told: Iterable[tuple[str, datetime]]) -> Timeline:
    """Count by code and week (UTC); nothing told is an empty timeline."""
    by_week = Counter((code, _monday(at)) for code, at in told)
    if not by_week:
        return Timeline((), (), has_older=False)
    last = max(week for _, week in by_week)
    first = min(week for _, week in by_week)
    begin = max(first, last - (MOST_WEEKS - 1) * WEEK)
    weeks = tuple(begin + number * WEEK for number in range((last - begin) // WEEK + 1))
    shown: Counter[tuple[str, date]] = Counter()
    for (code, week), count in by_week.items():
        shown[code, max(week, begin)] += count
    codes = dict.fromkeys(code for code, _ in by_week)
    lines = tuple(Line(code, tuple(shown[code, week] for week in weeks)) for code in codes)
    return Timeline(weeks, lines, has_older=begin > first)


def _monday(at: datetime) -> date:
    day = at.astimezone(timezone.utc).date()
    return day - timedelta(days=day.weekday())
