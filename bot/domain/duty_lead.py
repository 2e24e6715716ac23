"""Who is duty lead: the one supervisor who is named for the hour (design/handoff.md, *Who works at the desk*). Pure.

Hours are by the organisation's clock. Hours of one day take the place of the week's hours that begin on that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.codes import MemberId
from bot.domain.roster import Hours, Rota, Span, day_there, shift_at


@dataclass(frozen=True)
class Named:
    """A supervisor who is named for some hours: of one day, or of every week."""

    member: MemberId
    begins: int
    """Minutes after midnight."""
    ends: int
    weekday: int | None = None
    """Monday is 0; None: of one day only."""
    day: date | None = None

    @property
    def hours(self) -> Hours:
        """The hours; an end that is not after the begin is on the next day."""
        return Hours(self.begins, self.ends)


@dataclass(frozen=True)
class Lead:
    """Who is duty lead now, and until when."""

    member: MemberId
    until: datetime


def lead_at(named: Sequence[Named], zone: str, at: datetime) -> Lead | None:
    """Give the duty lead at a moment, never two: hours of one day come first, then whoever's hours began last."""
    on = [(one.day is not None, span.begins, span.ends, one.member) for one, span in _spans_at(named, zone, at)]
    if not on:
        return None
    _, _, until, member = max(on)
    return Lead(member, until)


def _spans_at(named: Sequence[Named], zone: str, at: datetime) -> Iterator[tuple[Named, Span]]:
    days = {one.day: None for one in named if one.day is not None}
    for one in named:
        rota = (
            Rota(zone, {one.weekday: (one.hours,)}, days)
            if one.weekday is not None
            else Rota(zone, {}, {one.day: one.hours} if one.day is not None else {})
        )
        span = shift_at(rota, at)
        if span is not None:
            yield one, span


def still_counts(one: Named, zone: str, now: datetime) -> bool:
    """Tell whether it is worth showing: hours of a day that has passed are not."""
    return one.day is None or one.day >= day_there(Rota(zone), now) - timedelta(days=1)
