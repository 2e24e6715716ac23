"""A line is told only as it was tried: what the desk changes stands above the file, and has to be called anew."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.domain.codes import MemberId
from bot.domain.contact_rows import (
    COUNTS_FOR,
    Overlay,
    TrialCall,
    may_be_verified,
    merged,
    name_of,
    not_tried_from,
    said_alike,
    standing_review,
)
from bot.domain.contacts import Review, row_hash, verified

NOW = datetime(2030, 1, 1, tzinfo=timezone.utc)
ME = MemberId("me")
ROW: dict[str, Any] = {"country": "TH", "number": "02 000-001", "from_abroad": True, "police": "may"}
OTHER: dict[str, Any] = {"country": "KH", "number": "000 002", "police": "no"}


def call(outcome: str, days_ago: float = 0, place: str = "inside", row: dict[str, Any] | None = None) -> TrialCall:
    at = NOW - timedelta(days=days_ago)
    return TrialCall(row_hash(row or ROW), ME, at, place, "promised", ("th",), outcome)


def overlay(row: dict[str, Any] | None, name: str = "") -> Overlay:
    return Overlay(name or name_of(row or {}), row, ME, NOW)


def test_a_row_is_named_by_its_country_and_how_it_is_reached() -> None:
    assert name_of(ROW) == name_of({**ROW, "number": "02000001", "note": "again"}) == "TH 02000001"
    assert name_of({"country": "TH", "mail": "a@example.org"}) == "TH a@example.org"


def test_what_the_desk_changed_stands_in_the_place_of_the_file_s_row() -> None:
    changed, added = {**ROW, "hours": "all day"}, {**OTHER, "number": "000 003"}
    assert merged([ROW, OTHER], []) == (ROW, OTHER)
    assert merged([ROW, OTHER], [overlay(changed), overlay(added)]) == (changed, OTHER, added)
    assert merged([ROW, OTHER], [overlay(None, name_of(ROW))]) == (OTHER,)
    assert merged([OTHER], [overlay(None, name_of(ROW))]) == (OTHER,), "what left the file leaves the list"


def test_s4_a_changed_row_loses_its_verification_and_a_restored_one_has_it_again() -> None:
    reviews = [Review(row_hash(ROW), "me", NOW, NOW + timedelta(days=9))]
    changed = {**ROW, "police": "yes"}
    assert [it.number for it in verified(merged([ROW], []), reviews, NOW)] == ["02 000-001"]
    assert verified(merged([ROW], [overlay(changed)]), reviews, NOW) == ()
    assert verified(merged([ROW], [overlay(None, name_of(ROW))]), reviews, NOW) == ()


def test_yes_in_the_file_and_yes_in_a_form_are_one_word() -> None:
    assert said_alike(ROW, {**ROW, "from_abroad": "yes"})
    assert not said_alike(ROW, {**ROW, "from_abroad": "no"})
    assert not said_alike(ROW, {**ROW, "note": "more"})


@pytest.mark.parametrize(
    ("calls", "can"),
    [
        ([], False),
        ([call("works")], True),
        ([call("partly")], False),
        ([call("works", 3), call("partly", 2)], True),
        ([call("works", 3), call("fails", 2)], False),
        ([call("fails", 3), call("works", 2)], True),
        ([call("works", COUNTS_FOR.days)], False),
        ([call("works", row=OTHER)], False),
    ],
)
def test_a_row_can_be_verified_only_by_a_call_of_itself_that_worked_lately(
    calls: list[TrialCall],
    *,
    can: bool,
) -> None:
    assert may_be_verified(calls, row_hash(ROW), NOW) is can


def test_from_where_nobody_reached_it_is_shown() -> None:
    name = row_hash(ROW)
    assert not_tried_from([], name) == ("inside", "abroad")
    assert not_tried_from([call("works")], name) == ("abroad",)
    assert not_tried_from([call("works"), call("works", place="abroad")], name) == ()
    assert not_tried_from([call("fails", place="abroad")], name) == ("inside", "abroad")


def test_s4_a_verification_ends_by_itself_or_by_a_later_word() -> None:
    name, later = row_hash(ROW), NOW + timedelta(days=5)
    counts = Review(name, "me", NOW, later)
    assert standing_review([counts], name, NOW) == counts
    assert standing_review([counts], name, later) is None
    assert standing_review([counts, Review(name, "you", NOW, NOW)], name, NOW) is None, "taken back at once"
    assert standing_review([counts], row_hash(OTHER), NOW) is None
