"""What help there can be: gains and costs in one breath, nothing by default, and no is a sound decision."""

from __future__ import annotations

import pytest

from bot.domain import options
from tests.support.cases import a_case
from tests.support.house import content

BRINGS_AND_COSTS = {
    "options.wages": ("claim pay", "may take long"),
    "options.papers": ("new papers", "cost money"),
    "options.health": ("treat people", "must tell the police"),
    "options.home": ("ticket", "debts"),
    "options.stay": ("stay for a time", "court"),
    "options.shelter": ("a bed", "cannot go out"),
    "options.police": ("make a place safe", "broke a law"),
}
"""What each kind of help may bring and what it may cost, as reference 4.6 has it."""


@pytest.mark.parametrize("intent", options.TOPICS)
def test_gain_and_cost_of_each_kind_of_help_stand_in_one_message(intent: str) -> None:
    """L14: mentioned together."""
    first = options.tell(a_case(), intent).say[0].key
    said = content().words.say(first, "en")
    assert all(part in said for part in BRINGS_AND_COSTS[first])


def test_the_police_are_one_way_among_others_and_stand_last() -> None:
    """L13, L14: no kind of help is the usual one."""
    kinds = [button.act for button in options.offer(a_case()).say[-1].buttons]
    assert kinds == [*options.TOPICS, "options_no", "someone_else"]
    assert list(options.TOPICS)[-1] == "option_police"


@pytest.mark.parametrize("intent", options.TOPICS)
def test_every_answer_says_that_no_is_a_sound_decision_and_hangs_on_no_name(intent: str) -> None:
    """L1, L12, P11: help does not depend on a label, no is said to be sound, and the end is a choice."""
    last = options.tell(a_case(), intent).say[-1]
    assert last.key == "options.free"
    assert {"person", "about_help", "options_no"} == {button.act for button in last.buttons}


def test_telling_of_help_starts_nothing() -> None:
    """S19: reading about help contacts nobody."""
    for intent in options.TOPICS:
        assert options.tell(a_case(), intent).effects == ()
    assert options.decline(a_case()).effects == ()


def test_the_country_s_own_words_are_used_where_they_are_written() -> None:
    """L14: what is true in one country may be wrong in another."""
    case = a_case(country="TH", local=("options.shelter",))
    assert options.tell(case, "option_shelter").say[0].key == "options.shelter-th"
    assert options.tell(case, "ask_wages").say[0].key == "options.wages"
