"""When the next of the chain is called, and when an alert counts as missed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calls import ANSWER_WITHIN, TRY_AGAIN, next_step, try_again
from bot.domain.codes import LEVELS, Level

RAISED = datetime(2026, 3, 1, tzinfo=timezone.utc)


@given(st.sampled_from(LEVELS), st.integers(0, 4), st.integers(1, 3_600))
def test_everybody_is_called_once_each_in_time_and_then_it_is_missed(level: Level, people: int, every: int) -> None:
    now, called = RAISED, None
    calls: list[datetime] = []
    while True:
        step = next_step(level, RAISED, called, somebody_left=len(calls) < people, now=now)
        if step == "call":
            assert called is None or now - called >= ANSWER_WITHIN[level]
            called = now
            calls.append(now)
        elif step == "miss":
            break
        now += timedelta(seconds=every)
    assert len(calls) == people
    assert now - (called or RAISED) >= ANSWER_WITHIN[level]


def test_danger_now_wants_an_answer_within_a_minute() -> None:
    assert next_step("P0", RAISED, None, somebody_left=True, now=RAISED) == "call"
    late = RAISED + timedelta(seconds=60)
    assert next_step("P0", RAISED, RAISED, somebody_left=True, now=late - timedelta(seconds=1)) == "wait"
    assert next_step("P0", RAISED, RAISED, somebody_left=True, now=late) == "call"
    assert next_step("P0", RAISED, RAISED, somebody_left=False, now=late) == "miss"


def test_a_delivery_that_fails_is_tried_again_and_then_given_up() -> None:
    waits = [try_again(attempts) for attempts in range(1, len(TRY_AGAIN) + 2)]
    assert waits == [*TRY_AGAIN, None]
