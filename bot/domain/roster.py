"""When staff work: weekly shifts, single days that differ, holidays; in the clock of whoever works, as UTC (pure).

A shift belongs to the day on which it begins, and may end on the next. A single day replaces the week's hours of that
day, on a holiday too: who wrote it down meant it. What a clock skips in spring does not exist, and an hour that it
shows twice in autumn is worked twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

DAY: Final = 24 * 60
"""Minutes of a day."""
LOOK_AHEAD: Final = 28
"""Days within which the next shift is looked for: an aim that is weeks away is none."""
MOST_AT_ONCE: Final = 20
"""The highest capacity of a counsellor."""
USUAL_CAPACITY: Final = 3
"""How many a counsellor holds at once where nothing else was written down."""


@dataclass(frozen=True, order=True)
class Hours:
    """Minutes after midnight, each in 0..1439; an end that is not after the begin is on the next day."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        """Refuse what no clock shows with ValueError."""
        if not (0 <= self.begins < DAY and 0 <= self.ends < DAY):
            raise ValueError("no time of a day")


@dataclass(frozen=True)
class Span:
    """A shift as it is worked: aware times in UTC, the end not included."""

    begins: datetime
    ends: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether the shift is on at this moment."""
        return self.begins <= at < self.ends


@dataclass(frozen=True)
class Rota:
    """The working hours of one member. Without any hours no roster is kept for them."""

    zone: str = "UTC"
    weekly: Mapping[int, tuple[Hours, ...]] = field(default_factory=dict)
    """By weekday, Monday is 0."""
    days: Mapping[date, Hours | None] = field(default_factory=dict)
    """Single days that differ; None: they do not work on that day."""
    holidays: Collection[date] = ()

    @property
    def is_kept(self) -> bool:
        """Somebody wrote hours down for them."""
        return any(self.weekly.values()) or bool(self.days)


@dataclass(frozen=True)
class Terms:
    """How one member works, beside their hours."""

    zone: str = ""
    """The time zone of their clock; empty: the organisation's."""
    capacity: int = USUAL_CAPACITY
    """How many conversations they hold at once; danger now comes on top."""
    gender: str = ""
    """`woman`, `man`, or empty, as they wish people to be told who would rather talk with one."""


@dataclass(frozen=True)
class Roster:
    """Everything that one organisation wrote down about who works when."""

    zone: str = "UTC"
    holidays: frozenset[date] = frozenset()
    weekly: Mapping[str, Mapping[int, tuple[Hours, ...]]] = field(default_factory=dict)
    """By member and weekday."""
    days: Mapping[str, Mapping[date, Hours | None]] = field(default_factory=dict)
    terms: Mapping[str, Terms] = field(default_factory=dict)

    def of(self, member: str) -> Rota:
        """Give the working hours of one member."""
        zone = self.terms_of(member).zone or self.zone
        return Rota(zone, self.weekly.get(member, {}), self.days.get(member, {}), self.holidays)

    def terms_of(self, member: str) -> Terms:
        """Give how one member works."""
        return self.terms.get(member, Terms())


def spans(rota: Rota, first: date, last: date) -> Iterator[Span]:
    """Give the shifts that begin from a first to a last day, both counted in the member's own clock."""
    zone = ZoneInfo(rota.zone)
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        for hours in _hours_of(rota, day):
            begins = _moment(day, hours.begins, zone)
            over = day if hours.ends > hours.begins else day + timedelta(days=1)
            ends = _moment(over, hours.ends, zone, late=True)
            if begins < ends:
                yield Span(begins, ends)


def _hours_of(rota: Rota, day: date) -> tuple[Hours, ...]:
    if day in rota.days:
        alone = rota.days[day]
        return () if alone is None else (alone,)
    return () if day in rota.holidays else rota.weekly.get(day.weekday(), ())


def _moment(day: date, minutes: int, zone: ZoneInfo, *, late: bool = False) -> datetime:
    """Give a time of a day in UTC; where the clock shows it twice, the first, or the last with `late`."""
    there = datetime.combine(day, time(*divmod(minutes, 60)), zone).replace(fold=int(late))
    return there.astimezone(timezone.utc)


def shift_at(rota: Rota, at: datetime) -> Span | None:
    """Give the shift that is on at a moment, the one that lasts longest; None when none is."""
    today = day_there(rota, at)
    on = [span for span in spans(rota, today - timedelta(days=1), today) if span.holds(at)]
    return max(on, key=lambda span: span.ends, default=None)


def next_shift(rota: Rota, after: datetime, shortest: timedelta = timedelta()) -> datetime | None:
    """Give when the next shift begins that lasts long enough; None when there is none within four weeks."""
    today = day_there(rota, after)
    for day in (today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD + 1)):
        of_day = (it.begins for it in spans(rota, day, day) if it.begins > after and it.ends - it.begins > shortest)
        first = min(of_day, default=None)
        if first is not None:
            return first
    return None


def day_there(rota: Rota, at: datetime) -> date:
    """Give the day that the member's clock shows."""
    return at.astimezone(ZoneInfo(rota.zone)).date()


def is_here(rota: Rota, at: datetime, *, present: bool) -> bool:
    """Tell whether a member is on duty: signed in, and in a shift where a roster is kept for them."""
    return present and (not rota.is_kept or shift_at(rota, at) is not None)


def is_zone(name: str) -> bool:
    """Tell whether a name is one of a time zone, such as `Asia/Bangkok`."""
    if name not in zones():
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@cache
def zones() -> tuple[str, ...]:
    """Give the names of the places whose clocks are known, without old abbreviations."""
    return ("UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith(_OLD)))


_OLD: Final = ("Etc/", "SystemV/", "US/", "posix/", "right/")


def read_time(text: str) -> int:
    """Read `HH:MM` as minutes after midnight; anything else raises ValueError."""
    found = time.fromisoformat(text.strip())
    if found.tzinfo is not None:
        raise ValueError("a time of a day has no zone")
    return found.hour * 60 + found.minute


def say_time(minutes: int) -> str:
    """Give minutes after midnight as `HH:MM`."""
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}"
