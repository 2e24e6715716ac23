"""Nothing leaves outside `may_send` (design/conversation.md, *Safe contact*; rules S8, P6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.plan import PARTS, Plan, clock_there, opens_at
from bot.domain.safe_contact import HELD_FOR, LIVE_FOR, Flags, Kind, OnItsWay, Verdict, may_send

NOW = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
ages = st.timedeltas(timedelta(0), timedelta(days=10))
around = st.timedeltas(-timedelta(days=10), timedelta(days=10))
flags = st.builds(Flags, paused=st.booleans(), covered=st.booleans(), unreachable=st.booleans())
plans = st.builds(
    Plan,
    may_write=st.booleans(),
    parts=st.lists(st.sampled_from(sorted(PARTS)), unique=True, max_size=4).map(tuple),
    offset=st.none() | st.integers(-720, 840),
    until=st.none() | around.map(lambda gap: NOW + gap),
    knocked_at=st.none() | around.map(lambda gap: NOW + gap),
)


def messages(*kinds: Kind) -> st.SearchStrategy[OnItsWay]:
    """Give messages of these kinds, of any age."""
    return st.builds(OnItsWay, st.sampled_from(kinds), ages.map(lambda gap: NOW - gap))


lasts = st.none() | around.map(lambda gap: NOW - gap)


def hours_hold(plan: Plan, now: datetime) -> bool:
    """Say again, in other words than the code, whether the person allowed writing first at this moment."""
    if not plan.may_write or (plan.until is not None and plan.until <= now):
        return False
    if not plan.parts:
        return True
    if plan.offset is None:
        return False
    hour = (now + timedelta(minutes=plan.offset)).hour
    spans = {"morning": range(6, 11), "midday": range(11, 16), "evening": range(16, 21)}
    night = {*range(21, 24), *range(5)}
    return any(hour in spans.get(part, night) for part in plan.parts)


@given(flags, plans, lasts, messages(Kind.WORDS, Kind.KNOCK))
def test_rule_0_nothing_of_the_talk_leaves_while_paused_covered_or_unreachable(
    given_flags: Flags, plan: Plan, last: datetime | None, message: OnItsWay
) -> None:
    """S8: a flag forbids, whatever the times and the plan say."""
    assume(given_flags != Flags())
    assert not may_send(NOW, given_flags, plan, last, message).sends


@given(flags, plans, lasts, messages(Kind.WORDS))
def test_rules_1_to_3_words_leave_only_within_a_quarter_of_an_hour_of_their_writing(
    given_flags: Flags, plan: Plan, last: datetime | None, message: OnItsWay
) -> None:
    """S8: no plan, and no hour, lets words through to somebody who is not there."""
    verdict = may_send(NOW, given_flags, plan, last, message)
    live = last is not None and abs(NOW - last) < LIVE_FOR
    fresh = NOW - message.queued_at < HELD_FOR
    assert verdict.sends == (live and fresh and given_flags == Flags())


@given(flags, plans, lasts, messages(*Kind))
def test_rule_2_a_knock_leaves_only_in_hours_that_they_chose_and_only_one(
    given_flags: Flags, plan: Plan, last: datetime | None, message: OnItsWay
) -> None:
    """P6: only if the person allowed it and named safe hours, and once until they write. S8: no message outside."""
    knock = OnItsWay(Kind.KNOCK, message.queued_at)
    if may_send(NOW, given_flags, plan, last, knock).sends:
        assert hours_hold(plan, NOW)
        assert given_flags == Flags()
    if may_send(NOW, given_flags, plan, last, OnItsWay(Kind.WORDS, message.queued_at)) is Verdict.KNOCK_FIRST:
        assert hours_hold(plan, NOW)
        assert plan.knocked_at is None or (last is not None and last >= plan.knocked_at)


@given(plans, lasts, messages(Kind.WORDS, Kind.KNOCK))
def test_without_a_plan_nothing_is_written_first(plan: Plan, last: datetime | None, message: OnItsWay) -> None:
    """P6: silence is fine."""
    verdict = may_send(NOW, Flags(), replace(plan, may_write=False), last, message)
    live = last is not None and abs(NOW - last) < LIVE_FOR
    assert live or not verdict.sends
    assert verdict is not Verdict.KNOCK_FIRST


@given(flags, plans, lasts, messages(Kind.LAST_WORDS))
def test_last_words_leave_at_once_or_never(
    given_flags: Flags, plan: Plan, last: datetime | None, message: OnItsWay
) -> None:
    assert may_send(NOW, given_flags, plan, last, message).sends == (NOW - message.queued_at < LIVE_FOR)


@given(flags, plans, lasts, messages(Kind.THEME))
def test_a_line_of_the_theme_leaves_only_while_the_screen_is_changed(
    given_flags: Flags, plan: Plan, last: datetime | None, message: OnItsWay
) -> None:
    if may_send(NOW, given_flags, plan, last, message).sends:
        assert given_flags == Flags(covered=True)
        assert NOW - message.queued_at < LIVE_FOR


@given(flags, plans, ages)
def test_what_was_held_for_three_days_expires(given_flags: Flags, plan: Plan, more: timedelta) -> None:
    message = OnItsWay(Kind.WORDS, NOW - HELD_FOR - more)
    assert may_send(NOW, given_flags, plan, NOW, message) is Verdict.EXPIRED


def test_nobody_who_never_wrote_is_written_to() -> None:
    message = OnItsWay(Kind.WORDS, NOW)
    assert may_send(NOW, Flags(), Plan(), None, message) is Verdict.HOLD_UNTIL_THEY_WRITE


def test_a_clock_that_was_set_back_far_makes_nothing_live() -> None:
    message = OnItsWay(Kind.WORDS, NOW)
    last = NOW + timedelta(hours=5)
    assert may_send(NOW, Flags(), Plan(), last, message) is Verdict.HOLD_UNTIL_THEY_WRITE


@given(plans)
def test_hours_open_exactly_when_the_clock_there_says_so(plan: Plan) -> None:
    """S8: safe hours are hours of the person's own clock."""
    opens = opens_at(plan, NOW)
    assert (opens == NOW) == hours_hold(plan, NOW)
    if opens is not None:
        assert NOW <= opens <= NOW + timedelta(days=1)
        assert hours_hold(plan, opens)
        assert opens == NOW or not hours_hold(plan, opens - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("offset", "utc_hour", "there"), [(420, 12, "19:00"), (390, 12, "18:30"), (-300, 2, "21:00"), (345, 18, "23:45")]
)
def test_the_clock_there_knows_half_hours_and_midnight(offset: int, utc_hour: int, there: str) -> None:
    shown = clock_there(Plan(offset=offset), NOW.replace(hour=utc_hour))
    assert shown is not None
    assert f"{shown:%H:%M}" == there
