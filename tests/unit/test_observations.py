"""What counts, and what never does: heard, denied and skipped say nothing of a person (reference, 1.6)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.observations import PHASES, STATES, Observed, counted, from_json, in_force, standings, to_json

FINE = ("cd-documents", "cr-documents", "ex-hours", "dr-wages")

observed = st.builds(
    Observed,
    code=st.sampled_from(["document_retention", "excessive_overtime", "deception"]),
    state=st.sampled_from(STATES),
    phase=st.sampled_from([None, *PHASES]),
    fine=st.lists(st.sampled_from(FINE), unique=True).map(tuple),
    mirror=st.sampled_from(["", "documents", "hours", "job"]),
    evidence=st.sampled_from([None, (0, 4)]),
    confidence=st.sampled_from([None, 0.5]),
)


@given(observed)
def test_an_observation_comes_back_as_it_was_sealed(one: Observed) -> None:
    assert from_json(json.loads(json.dumps(to_json(one)))) == one


def test_an_observation_from_before_phases_is_heard_and_sets_nothing() -> None:
    old = from_json({"code": "threats", "confidence": 0.9, "evidence": [0, 4], "state": "heard"})
    assert old == Observed("threats", "heard", evidence=(0, 4), confidence=0.9)
    assert counted([old]) == ()


@pytest.mark.parametrize("wrong", [{"state": "certain"}, {"phase": "later"}])
def test_an_unknown_state_or_phase_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="unknown state or phase"):
        from_json({"code": "threats", **wrong})


@given(st.lists(observed))
def test_only_what_was_confirmed_or_reviewed_counts(several: list[Observed]) -> None:
    """Pacing invariant 6: no observation counts before it is confirmed or reviewed; a skip is never a no."""
    may = {fine for one in several if one.state in ("confirmed", "reviewed") for fine in one.fine}
    assert set(counted(several)) <= may


@given(st.lists(observed), st.lists(observed.filter(lambda one: one.state in ("heard", "skipped"))))
def test_what_is_heard_or_skipped_later_changes_nothing_that_counts(
    several: list[Observed], later: list[Observed]
) -> None:
    """Pacing invariant 6."""
    assert counted([*several, *later]) == counted(several)


@given(st.lists(observed))
def test_nothing_counts_before_it_is_known_when(several: list[Observed]) -> None:
    """Reference 1.4: if the phase is unknown, count nothing."""
    assert counted([replace(one, phase=None) for one in several]) == ()


def test_a_later_answer_to_the_same_sentence_takes_the_place_of_the_earlier_one() -> None:
    yes = Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents")
    no = Observed("document_retention", "denied", mirror="documents")
    skip = Observed("document_retention", "skipped", mirror="documents")
    assert counted([yes]) == ("cd-documents",)
    assert counted([yes, no]) == ()
    assert counted([no, yes]) == ("cd-documents",)
    assert counted([yes, skip]) == ("cd-documents",)
    assert in_force([no, yes, skip]) == (yes, skip)


def test_one_denied_sentence_does_not_undo_another() -> None:
    out = Observed("restriction_of_movement", "denied", mirror="going-out")
    calls = Observed("isolation", "confirmed", "now", ("cd-confinement",), "calling")
    assert counted([calls, out]) == ("cd-confinement",)


def test_each_code_stands_with_the_strongest_that_was_said_of_it() -> None:
    told = [
        Observed("withheld_wages", "heard", evidence=(0, 9)),
        Observed("withheld_wages", "heard", evidence=(3, 7)),
        Observed("withheld_wages", "confirmed", "now", ("ex-low-pay",), "low-pay"),
        Observed("withheld_wages", "denied", mirror="pay-cut"),
        Observed("threats", "heard", evidence=(1, 2)),
        Observed("threats", "reviewed", "on_the_way", ("cr-denunciation",)),
        Observed("isolation", "heard"),
        Observed("isolation", "denied", mirror="calling"),
        Observed("debt_bondage", "skipped", mirror="debt"),
    ]
    stand = {one.code: one for one in standings(told)}
    assert {code: one.state for code, one in stand.items()} == {
        "withheld_wages": "confirmed",
        "threats": "reviewed",
        "isolation": "denied",
        "debt_bondage": "skipped",
    }
    assert stand["withheld_wages"].phases == ("now",)
    assert stand["withheld_wages"].fine == ("ex-low-pay",)
    assert stand["withheld_wages"].times == 4
    assert stand["threats"].phases == ("on_the_way",)
