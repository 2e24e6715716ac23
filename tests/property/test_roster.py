"""When somebody is on duty: over midnight, in any clock, whatever it does in spring and autumn."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.roster import Hours, Rota, is_here, is_zone, next_shift, read_time, say_time, shift_at, spans

ZONES = ("UTC", "Asia/Bangkok", "Asia/Kathmandu", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe")
HOURS = st.builds(Hours, st.integers(0, 1439), st.integers(0, 1439))
DATES = st.dates(date(2025, 1, 1), date(2027, 12, 31))
EPOCH = datetime(2025, 2, 1, tzinfo=timezone.utc)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: EPOCH + timedelta(minutes=minutes))
ROTAS = st.builds(
    Rota,
    st.sampled_from(ZONES),
    st.dictionaries(st.integers(0, 6), st.tuples(HOURS) | st.tuples(HOURS, HOURS), max_size=3),
    st.dictionaries(DATES, st.none() | HOURS, max_size=2),
    st.frozensets(DATES, max_size=2),
)


@given(ROTAS, DATES)
def test_a_shift_begins_on_its_day_and_lasts_at_most_a_day_and_an_hour(rota: Rota, day: date) -> None:
    for span in spans(rota, day, day + timedelta(days=9)):
        there = span.begins.astimezone(ZoneInfo(rota.zone))
        assert day <= there.date() <= day + timedelta(days=9)
        # An hour that the clock shows twice is worked twice.
        assert timedelta() < span.ends - span.begins <= timedelta(hours=25)


@given(ROTAS, MOMENTS)
def test_whoever_is_on_duty_is_in_a_shift_that_began_before_and_ends_after(rota: Rota, now: datetime) -> None:
    span = shift_at(rota, now)
    if span is not None:
        assert span.begins <= now < span.ends
        assert shift_at(rota, span.begins) is not None
        assert shift_at(rota, span.ends - timedelta(seconds=1)) is not None


@given(ROTAS, MOMENTS)
def test_the_next_shift_begins_later_and_nothing_begins_between(rota: Rota, now: datetime) -> None:
    begins = next_shift(rota, now)
    if begins is None:
        return
    assert begins > now
    assert shift_at(rota, begins) is not None
    today = now.astimezone(ZoneInfo(rota.zone)).date()
    assert not any(now < span.begins < begins for span in spans(rota, today, today + timedelta(days=28)))


@given(ROTAS, DATES)
def test_a_day_off_and_a_holiday_have_no_shift_but_for_whom_that_day_was_written_down(rota: Rota, day: date) -> None:
    begun = [span.begins.astimezone(ZoneInfo(rota.zone)).date() for span in spans(rota, day, day)]
    if rota.days.get(day, ...) is None or (day in rota.holidays and day not in rota.days):
        assert begun == []
    assert len(begun) <= (1 if day in rota.days else 2)


@given(ROTAS, MOMENTS)
def test_who_is_not_signed_in_is_never_on_duty(rota: Rota, now: datetime) -> None:
    assert not is_here(rota, now, present=False)
    assert is_here(rota, now, present=True) is (not rota.is_kept or shift_at(rota, now) is not None)


def test_a_night_shift_goes_on_after_midnight_also_into_a_holiday() -> None:
    night = Rota("Asia/Bangkok", {4: (Hours(22 * 60, 6 * 60),)}, holidays={date(2026, 3, 7)})
    (span,) = spans(night, date(2026, 3, 6), date(2026, 3, 7))
    assert span.begins == datetime(2026, 3, 6, 15, tzinfo=timezone.utc)
    assert span.ends == datetime(2026, 3, 6, 23, tzinfo=timezone.utc)
    assert is_here(night, span.ends - timedelta(minutes=1), present=True)
    assert not is_here(night, span.ends, present=True)


@pytest.mark.parametrize(
    ("day", "hours", "lasts"),
    [
        (date(2026, 3, 29), Hours(60, 5 * 60), 3),
        (date(2026, 10, 25), Hours(60, 5 * 60), 5),
        (date(2026, 3, 29), Hours(2 * 60 + 10, 2 * 60 + 50), None),
        (date(2026, 6, 1), Hours(8 * 60, 8 * 60), 24),
    ],
)
def test_a_clock_that_is_set_makes_a_night_shorter_or_longer(day: date, hours: Hours, lasts: int | None) -> None:
    found = list(spans(Rota("Europe/Berlin", days={day: hours}), day, day))
    assert [span.ends - span.begins for span in found] == ([] if lasts is None else [timedelta(hours=lasts)])


def test_a_shift_that_is_too_short_for_an_aim_is_passed_over() -> None:
    rota = Rota(weekly={0: (Hours(8 * 60, 8 * 60 + 30),), 1: (Hours(9 * 60, 17 * 60),)})
    monday = datetime(2026, 3, 2, tzinfo=timezone.utc)
    assert next_shift(rota, monday) == monday + timedelta(hours=8)
    assert next_shift(rota, monday, timedelta(hours=1)) == monday + timedelta(hours=33)


@given(st.integers(0, 1439))
def test_a_time_is_read_as_it_is_written(minutes: int) -> None:
    assert read_time(say_time(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "25:00", "8", "nine", "08:00+07:00", "24:01"])
def test_what_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        read_time(text)


def test_a_place_without_a_clock_is_no_zone() -> None:
    assert is_zone("Asia/Vientiane")
    assert not any(is_zone(name) for name in ("", "Atlantis/Deep", "../etc/passwd", "UTC\0"))
