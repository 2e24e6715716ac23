"""When somebody at the desk counts as there: two minutes after they were last seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.presence import PRESENT_FOR, SAME_MOMENT, away_for, seen
from tests.support.fakes import NOON


def test_who_is_seen_counts_as_there_for_two_minutes_and_is_not_written_down_at_every_request() -> None:
    assert seen(None, NOON) == NOON + PRESENT_FOR
    assert seen(NOON + PRESENT_FOR, NOON + SAME_MOMENT / 2) is None
    assert seen(NOON + PRESENT_FOR, NOON + SAME_MOMENT) == NOON + SAME_MOMENT + PRESENT_FOR


@pytest.mark.parametrize(("seen_ago", "held_for", "away"), [(3, 9, 3), (9, 3, 3), (None, 4, 4), (0, 9, 0)])
def test_absence_counts_from_when_they_were_last_seen_or_took_it_over(
    seen_ago: int | None, held_for: int, away: int
) -> None:
    until = None if seen_ago is None else NOON - timedelta(minutes=seen_ago) + PRESENT_FOR
    assert away_for(until, NOON - timedelta(minutes=held_for), NOON) == timedelta(minutes=away)
