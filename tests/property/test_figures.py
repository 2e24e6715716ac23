"""No figure tells of one person: whatever was counted, no number under five can be found, by table or by difference."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.figures import (
    LONGER,
    STEP,
    WAITS,
    Table,
    after,
    begin_of,
    ended_months,
    month_of,
    published,
    quantile,
    step_of,
    wait_of,
)
from bot.services.figures import of_all, of_language

SMALL = st.integers(0, 14) | st.integers(0, 60)
PEOPLE = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvw"), st.sampled_from("xy")), max_size=45)
"""Conversations that stand in three tables each, as language, level and hand-over do."""


def tables_of(people: list[tuple[str, str, str]]) -> list[Table]:
    tables: list[Table] = [{"all": len(people)}]
    for place, names in enumerate(("abcdef", "uvw", "xy")):
        tables.append({name: sum(1 for it in people if it[place] == name) for name in names})
    return tables


def possible(shown: list[Table | None], table: int, name: str) -> set[int]:
    """Give every number that a row may stand for, to whoever sees all tables and knows how they are made."""
    seen = [it for it in shown if it is not None]
    low = max(sum(it.values()) for it in seen)
    high = min(sum(it.values()) + (STEP - 1) * len(it) for it in seen)
    own = shown[table]
    assert own is not None
    step, others = own[name], sum(own.values()) - own[name]
    rest = (STEP - 1) * (len(own) - 1)
    return {
        count
        for count in range(step, step + STEP)
        if any(others <= n - count <= others + rest for n in range(low, high + 1))
    }


@given(PEOPLE)
def test_a_number_under_five_is_never_shown_and_never_found(people: list[tuple[str, str, str]]) -> None:
    shown = published(tables_of(people))
    for place, table in enumerate(shown):
        for name, step in (table or {}).items():
            assert step == 0 or step >= STEP
            assert len(possible(shown, place, name)) > 1, (table, name)


@given(PEOPLE, st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvw"), st.sampled_from("xy")))
def test_one_conversation_more_or_less_changes_nothing_or_a_whole_step(
    people: list[tuple[str, str, str]], one: tuple[str, str, str]
) -> None:
    before, now = published(tables_of(people)), published(tables_of([*people, one]))
    for then, table in zip(before, now, strict=True):
        if then is not None and table is not None:
            assert {abs(table[name] - then[name]) for name in table} <= {0, STEP}


@given(st.dictionaries(st.sampled_from("abcdef"), SMALL, min_size=2))
def test_a_row_is_never_the_rest_of_the_whole(table: dict[str, int]) -> None:
    whole, rows = published([{"all": sum(table.values())}, table])
    assert whole is not None
    if rows is not None:
        for name in rows:
            assert len(possible([whole, rows], 1, name)) > 1


def test_where_two_tables_would_pin_a_number_down_the_second_is_kept_back() -> None:
    rows = dict.fromkeys("abcdefghij", 4)
    assert published([rows, {"all": 40}]) == [dict.fromkeys("abcdefghij", 0), None]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(("en", "th", "my")), st.sampled_from(("began", "handoff:accepted"))), SMALL
    )
)
def test_every_table_of_the_page_is_in_steps(counts: dict[tuple[str, str], int]) -> None:
    for tables in (of_all({**counts, ("", "referral:sent"): 3}), of_language(counts, "th")):
        for table in tables:
            assert all(step % STEP == 0 for step in (table.rows or {}).values())


@given(st.integers(0, 500))
def test_a_step_holds_its_number(count: int) -> None:
    assert step_of(count) <= count < step_of(count) + STEP


@given(st.dictionaries(st.sampled_from((*WAITS, LONGER)), st.integers(0, 20)))
def test_a_share_of_the_waits_is_told_only_of_many(waits: dict[int, int]) -> None:
    total = sum(waits.values())
    half, most = quantile(waits, 0.5), quantile(waits, 0.9)
    assert (half is None) == (total < 2 * STEP)
    assert (most is None) == (total < 10 * STEP)
    if half is not None and most is not None:
        order = [*WAITS, LONGER]
        assert order.index(half) <= order.index(most)


def test_a_wait_is_kept_by_its_upper_end() -> None:
    began = datetime(2030, 1, 1, tzinfo=timezone.utc)
    ends = [wait_of(began, began + timedelta(minutes=m)) for m in (-1, 0, 1, 1.1, 59, 2880, 2881)]
    assert ends == [1, 1, 1, 2, 60, 2880, LONGER]


def test_only_months_that_have_ended_are_shown() -> None:
    now = datetime(2030, 1, 31, 23, tzinfo=timezone.utc)
    months = ended_months(now)
    assert months[:2] == ["2029-12", "2029-11"]
    assert len(months) == 12
    begin = begin_of("2029-12", now)
    assert month_of(begin) == "2029-12"
    assert after(begin) == datetime(2030, 1, 1, tzinfo=timezone.utc)
