"""Two readers judge codes, each alone; where they differ it is settled, and only then something counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content import load_catalogue
from bot.domain.codes import MemberId
from bot.domain.observations import Observed, counted
from bot.domain.review import (
    VERDICTS,
    Mark,
    NotAMark,
    agreement_of,
    compared,
    differences,
    make_mark,
    next_place,
    observed_from,
    outcome,
    sheet_from_json,
    sheet_to_json,
    subjects_of,
    unjudged,
)

CATALOGUE = load_catalogue(Path(__file__).parents[2])
SUBJECTS = ("document_retention", "threats", "cd-documents", "ex-hours", "dr-wages")

marks = st.builds(
    Mark, st.sampled_from(SUBJECTS), st.sampled_from(VERDICTS), st.sampled_from([None, "now", "on_the_way"])
)
sheets = st.lists(marks, unique_by=lambda mark: mark.subject).map(lambda found: {mark.subject: mark for mark in found})


def sheet(*found: Mark) -> dict[str, Mark]:
    return {mark.subject: mark for mark in found}


@pytest.mark.parametrize(
    ("subject", "verdict", "phase", "reason"),
    [
        ("guilt", "yes", "", "subject"),
        ("threats", "maybe", "", "verdict"),
        ("threats", "yes", "now", "phase"),
        ("cd-documents", "yes", "", "phase"),
        ("cd-documents", "yes", "on_the_way", "phase"),
        ("cd-documents", "yes", "later", "phase"),
    ],
)
def test_a_mark_that_cannot_be_is_refused(subject: str, verdict: str, phase: str, reason: str) -> None:
    """Reference 1.4: a code of the catalogue is set with its phase, or not at all."""
    with pytest.raises(NotAMark, match=reason):
        make_mark(CATALOGUE, subject, verdict, phase)


def test_a_mark_is_of_a_message_code_or_of_the_catalogue_with_its_phase() -> None:
    assert make_mark(CATALOGUE, "threats", "no") == Mark("threats", "no")
    assert make_mark(CATALOGUE, "cd-documents", "yes", "now", "m1") == Mark("cd-documents", "yes", "now", "m1")
    assert make_mark(CATALOGUE, "dr-wages", "yes", "now").phase == "now"
    assert make_mark(CATALOGUE, "cd-documents", "unclear", "now").phase is None


def test_what_was_said_is_put_before_the_readers_and_what_was_left_out_is_not() -> None:
    said = [
        Observed("threats", "heard", evidence=(0, 3)),
        Observed("isolation", "skipped", mirror="calling"),
        Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents"),
        Observed("debt_bondage", "denied", mirror="debt"),
    ]
    assert subjects_of(said) == ("threats", "document_retention", "cd-documents")
    assert unjudged(sheet(Mark("threats", "no")), subjects_of(said)) == ("document_retention", "cd-documents")


def test_readers_differ_in_verdict_in_phase_and_in_what_only_one_of_them_set() -> None:
    first = sheet(Mark("threats", "yes"), Mark("dr-wages", "yes", "now"), Mark("ex-hours", "yes", "now"))
    second = sheet(Mark("threats", "no"), Mark("dr-wages", "yes", "on_the_way"), Mark("cd-documents", "no"))
    assert [each.subject for each in differences(first, second)] == ["threats", "dr-wages", "ex-hours"]


def test_a_difference_stays_open_until_it_is_settled() -> None:
    first, second = (
        sheet(Mark("threats", "yes"), Mark("sold", "yes")),
        sheet(Mark("threats", "no"), Mark("sold", "yes")),
    )
    before = outcome(first, second, [])
    assert before.marks == (Mark("sold", "yes"),)
    assert [each.subject for each in before.open] == ["threats"]
    after = outcome(first, second, [Mark("threats", "unclear"), Mark("threats", "no")])
    assert after.marks == (Mark("sold", "yes"), Mark("threats", "no"))
    assert after.open == ()


def test_what_two_readers_found_counts_and_what_they_rejected_does_not() -> None:
    confirmed = Observed("document_retention", "confirmed", "now", ("cd-documents",), "documents")
    found = observed_from(CATALOGUE, Mark("ex-hours", "yes", "now"))
    rejected = observed_from(CATALOGUE, Mark("cd-documents", "no"))
    assert found is not None
    assert rejected is not None
    assert found.code == "excessive_overtime"
    assert counted([confirmed, found]) == ("cd-documents", "ex-hours")
    assert counted([confirmed, found, rejected]) == ("ex-hours",)
    assert observed_from(CATALOGUE, Mark("ex-hours", "unclear")) is None
    again = observed_from(CATALOGUE, Mark("cd-documents", "yes", "now"))
    assert again is not None
    assert counted([confirmed, rejected, again]) == ("cd-documents",)


def test_two_read_and_a_third_does_not() -> None:
    ann, bo, cy = MemberId("ann"), MemberId("bo"), MemberId("cy")
    assert next_place([], ann) == 1
    assert next_place([ann], ann) == 1
    assert next_place([ann], bo) == 2
    assert next_place([ann, bo], cy) is None


def test_agreement_counts_what_only_one_set_as_the_others_no() -> None:
    first, second = sheet(Mark("threats", "yes"), Mark("ex-hours", "yes", "now")), sheet(Mark("threats", "yes"))
    assert compared(first, second) == (("yes", "yes"), ("yes:now", "no"))
    found = agreement_of([(first, second), (second, second)])
    assert (found.n, found.agreed) == (3, 2)


@given(sheets, sheets, st.lists(marks))
def test_nothing_is_lost_and_nothing_is_settled_that_was_not_open(
    first: dict[str, Mark], second: dict[str, Mark], settled: list[Mark]
) -> None:
    found = outcome(first, second, settled)
    told = [*(mark.subject for mark in found.marks), *(each.subject for each in found.open)]
    assert sorted(told) == sorted({*first, *second})
    assert outcome(first, first, settled).open == ()
    assert set(outcome(first, first, settled).marks) == set(first.values())


@given(sheets)
def test_a_sheet_comes_back_as_it_was_sealed(found: dict[str, Mark]) -> None:
    assert sheet_from_json(json.loads(json.dumps(sheet_to_json(found)))) == found
