"""Nothing leaves outside `may_send` (design/conversation.md, *Safe contact*; rules S8, P6)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.safe_contact import HELD_FOR, LIVE_FOR, Flags, Verdict, may_send

NOW = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
ages = st.timedeltas(timedelta(0), timedelta(days=10))
flags = st.builds(Flags, paused=st.booleans(), covered=st.booleans(), unreachable=st.booleans())


@given(flags, st.none() | ages, ages)
def test_rule_0_nothing_leaves_while_paused_covered_or_unreachable(
    given_flags: Flags, silent: timedelta | None, waited: timedelta
) -> None:
    last = None if silent is None else NOW - silent
    verdict = may_send(NOW, given_flags, last, NOW - waited)
    if given_flags != Flags():
        assert not verdict.sends


@given(ages, ages)
def test_rules_1_and_3_only_who_wrote_in_the_last_quarter_of_an_hour_is_written_to(
    silent: timedelta, waited: timedelta
) -> None:
    verdict = may_send(NOW, Flags(), NOW - silent, NOW - waited)
    assert verdict.sends == (silent < LIVE_FOR and waited < HELD_FOR)


@given(flags, ages)
def test_what_was_held_for_three_days_expires(given_flags: Flags, more: timedelta) -> None:
    assert may_send(NOW, given_flags, NOW, NOW - HELD_FOR - more) is Verdict.EXPIRED


def test_nobody_who_never_wrote_is_written_to() -> None:
    assert may_send(NOW, Flags(), None, NOW) is Verdict.HOLD_UNTIL_THEY_WRITE
