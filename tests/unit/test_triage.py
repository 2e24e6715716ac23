"""Levels as the contract's table gives them (design/contract.md, *Codes*)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import INDICATOR_CODES, LEVELS, URGENCIES, Level, Urgency
from bot.domain.triage import higher, highest_urgency, level_of

codes_lists = st.lists(st.sampled_from(INDICATOR_CODES))
urgencies = st.sampled_from(URGENCIES)


@pytest.mark.parametrize(
    ("codes", "urgency", "level"),
    [
        ([], "none", "P4"),
        (["withheld_wages"], "none", "P3"),
        (["document_retention"], "none", "P2"),
        (["isolation"], "none", "P2"),
        (["child"], "none", "P2"),
        (["child", "threats"], "none", "P1"),
        (["child", "sold"], "none", "P1"),
        (["child", "sexual_exploitation"], "none", "P1"),
        ([], "danger_now", "P1"),
        ([], "self_harm", "P1"),
        ([], "medical", "P1"),
        (["child"], "child_at_risk", "P1"),
    ],
)
def test_the_table_of_the_contract(codes: list[str], urgency: Urgency, level: Level) -> None:
    assert level_of(codes, urgency) == level


def test_asking_for_a_person_is_p3() -> None:
    assert level_of([], "none", asks_person=True) == "P3"


@given(codes_lists, urgencies)
def test_the_persons_own_button_is_p0_whatever_was_read(codes: list[str], urgency: Urgency) -> None:
    assert level_of(codes, urgency, confirmed_now=True) == "P0"


@given(codes_lists, urgencies, st.sampled_from(INDICATOR_CODES))
def test_one_more_code_never_lowers_the_level(codes: list[str], urgency: Urgency, more: str) -> None:
    before, after = level_of(codes, urgency), level_of([*codes, more], urgency)
    assert LEVELS.index(after) <= LEVELS.index(before)


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_a_mark_is_only_raised(one: Level, other: Level) -> None:
    assert LEVELS.index(higher(one, other)) == min(LEVELS.index(one), LEVELS.index(other))


def test_the_highest_urgency_of_a_burst_wins() -> None:
    assert highest_urgency(["none", "medical", "danger_now"]) == "danger_now"
    assert highest_urgency([]) == "none"
