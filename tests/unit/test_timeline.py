"""What was told in which week, and the rule's working step by step."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content import load_catalogue
from bot.domain.assessment import assess
from bot.domain.timeline import MOST_WEEKS, timeline
from bot.domain.working import work_out

CATALOGUE = load_catalogue(Path(__file__).parents[2])
MONDAY = datetime(2026, 3, 2, tzinfo=timezone.utc)


def at(**gap: float) -> datetime:
    return MONDAY + timedelta(**gap)


def test_what_was_told_is_counted_in_its_week_and_weeks_of_silence_are_there_too() -> None:
    found = timeline([("threats", at()), ("threats", at(days=6, hours=23)), ("sold", at(days=15))])
    assert found.weeks == (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))
    assert [(line.code, line.counts) for line in found.lines] == [("threats", (2, 0, 0)), ("sold", (0, 0, 1))]
    assert found.most == 2
    assert not found.has_older


def test_nothing_told_is_no_plot() -> None:
    assert timeline([]).weeks == ()
    assert timeline([]).most == 0


def test_what_is_older_than_half_a_year_is_counted_into_the_first_week_and_said() -> None:
    found = timeline([("threats", at()), ("threats", at(weeks=10)), ("threats", at(weeks=40))])
    assert len(found.weeks) == MOST_WEEKS
    assert found.has_older
    assert found.lines[0].counts[0] == 2


moments = st.integers(0, 700 * 24).map(lambda hours: MONDAY + timedelta(hours=hours))


@given(st.lists(st.tuples(st.sampled_from(["threats", "sold"]), moments)))
def test_nothing_is_lost_and_nothing_is_counted_twice(told: list[tuple[str, datetime]]) -> None:
    found = timeline(told)
    assert sum(count for line in found.lines for count in line.counts) == len(told)
    assert len(found.weeks) <= MOST_WEEKS
    assert all(week.weekday() == 0 for week in found.weeks)


def test_the_working_shows_codes_weights_the_full_alternative_and_the_line_that_holds() -> None:
    """Reference 1.2: 2 strong make a dimension positive; the line is named, so that the word can be followed."""
    strong = [
        row.code
        for row in CATALOGUE.indicators.values()
        if row.dimension == "exploitation" and row.weights.get("adult_labour") == "strong"
    ][:1]
    other = [
        row.code
        for row in CATALOGUE.indicators.values()
        if row.dimension == "exploitation" and row.weights.get("adult_labour") == "medium"
    ][:1]
    found = work_out(CATALOGUE, [*strong, *other], "adult_labour", under_18=False)
    step = next(each for each in found.steps if each.dimension == "exploitation")
    assert step.weights == ((strong[0], "strong"), (other[0], "medium"))
    assert step.full == {"strong": 1, "medium_or_weak": 1}
    assert step.counts == {"strong": 1, "medium": 1}
    assert (found.line, found.result) == ("exploitation_only", "labour_exploitation")
    child = work_out(CATALOGUE, [*strong, *other], "child_labour", under_18=True)
    assert child.line in ("child_means_not_needed", "none")


@given(
    st.lists(st.sampled_from(sorted(CATALOGUE.indicators)), unique=True),
    st.sampled_from(["child_labour", "adult_labour"]),
)
def test_the_working_comes_to_the_same_word_as_the_rule(codes: list[str], name: str) -> None:
    under_18 = name == "child_labour"
    found = work_out(CATALOGUE, codes, name, under_18=under_18)
    assert found.result == assess(CATALOGUE, codes, name, under_18=under_18, checked={name}).result
