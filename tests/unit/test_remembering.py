"""What is kept, and for how long (rule D3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import effects, remembering
from bot.domain.codes import LEVELS, Level
from bot.domain.ownership import State
from tests.support.cases import a_case
from tests.support.fakes import NOON as NOW

DAY = timedelta(hours=24)
gaps = st.timedeltas(timedelta(0), timedelta(days=120))


@given(st.sampled_from(State), st.sampled_from(LEVELS), gaps, st.none() | gaps.map(lambda gap: NOW + gap))
def test_d3_nothing_is_erased_within_a_day_nor_while_somebody_waits(
    state: State, level: Level, silent: timedelta, keep: datetime | None
) -> None:
    """D3: erasure by default after inactivity; keep longer only with a yes."""
    erased = remembering.may_be_erased(NOW, state, level, NOW - silent, keep)
    if silent < DAY or (keep is not None and keep > NOW) or state in remembering.CLOCK_STANDS:
        assert not erased
    elif level in ("P0", "P1"):
        assert erased == (silent >= timedelta(days=7))
    else:
        assert erased


@pytest.mark.parametrize(("act", "days"), [("remember_30", 30), ("remember_90", 90), ("remember_no", 0)])
def test_d3_the_answer_is_kept_as_they_gave_it(act: str, days: int) -> None:
    """D3: keep longer only with a yes."""
    reply = remembering.answer(a_case(), act)
    assert [(e.kind, e.value) for e in reply.effects] == [(effects.REMEMBER_FOR, str(days))]
    assert reply.say[0].key == ("weeks.remembered" if days else "weeks.not-remembered")


def test_d3_it_is_asked_after_the_first_thing_told_and_once_more_at_a_goodbye() -> None:
    """D3, P2: never a third time, and never after an answer."""
    assert not remembering.is_due(a_case())
    assert remembering.is_due(a_case(heard=("withheld_wages",)))
    assert remembering.is_due(a_case(told=1))
    assert not remembering.is_due(a_case(told=1, remember_asked=1))
    assert remembering.is_due_at_goodbye(a_case(told=1, remember_asked=1))
    assert not remembering.is_due_at_goodbye(a_case(told=1, remember_asked=2))
    for answered in (0, 30, 90):
        assert not remembering.is_due(a_case(told=1, remember_days=answered))
        assert not remembering.is_due_at_goodbye(a_case(told=1, remember_days=answered))
    assert not remembering.is_due(a_case(told=1, state="QUEUED"))


@given(st.none() | gaps.map(lambda gap: NOW + gap), st.sampled_from([None, 0, 30, 90]))
def test_d3_each_return_prolongs_and_never_shortens(keep: datetime | None, days: int | None) -> None:
    """D3: the days begin anew with every sign of life."""
    after = remembering.prolonged(keep, days, NOW)
    if not days:
        assert after == keep
    else:
        assert after is not None
        assert after >= NOW + timedelta(days=days)
        assert keep is None or after >= keep
