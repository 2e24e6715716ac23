"""A number is said only while somebody of the installation has tried it, and that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import calling, contacts
from bot.domain.contacts import Contact, Review, row_hash
from bot.domain.reply import Reply, Say
from bot.words import load_contacts
from tests.support.cases import a_case
from tests.support.fakes import NOON
from tests.support.house import content

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
LINE = Contact("KH", "117", ("danger",), "yes", "2026-02-01")
ROW = {"country": "KH", "number": "117", "police": True, "answers": "a line", "serves": ["danger"]}

rows = st.fixed_dictionaries(
    {
        "country": st.sampled_from(["KH", "TH", "VN"]),
        "number": st.from_regex(r"[1-9][0-9]{2,5}", fullmatch=True),
        "police": st.sampled_from([True, False, "may", "unknown"]),
        "serves": st.lists(st.sampled_from(contacts.PURPOSES), unique=True),
    }
)
days = st.integers(-400, 400).map(lambda days: timedelta(days=days))


@given(st.lists(rows, max_size=8), st.data())
def test_what_is_said_was_tried_by_somebody_and_still_counts(found: list[Row], data: st.DataObject) -> None:
    """S4: numbers come only from the vetted table; expired, changed and never tried rows are hidden."""
    reviewed = st.sampled_from([*(row_hash(row) for row in found), "hash of another row"])
    spans = st.integers(0, 90).map(lambda days: timedelta(days=days))
    review = st.builds(lambda row, at, span: Review(row, "member", NOON + at, NOON + at + span), reviewed, days, spans)
    reviews = data.draw(st.lists(review, max_size=12, unique_by=lambda one: (one.row, one.at)))

    said = contacts.verified(found, reviews, NOON)

    expected = []
    for row in found:
        past = [one for one in reviews if one.row == row_hash(row) and one.at <= NOON]
        newest = max(past, key=lambda one: one.at, default=None)
        if newest is not None and newest.until > NOON:
            expected.append((row["country"], row["number"], newest.at.date().isoformat()))
    assert [(one.country, one.number, one.checked) for one in said] == expected


def test_a_fresh_installation_can_say_no_number() -> None:
    """S4: the rows that are shipped were tried by nobody."""
    assert content().contacts
    assert contacts.verified(content().contacts, (), NOON) == ()


def test_a_changed_row_has_to_be_tried_again() -> None:
    """S4: the review is bound to the row's hash."""
    review = Review(row_hash(ROW), "member", NOON - timedelta(days=1), NOON + timedelta(days=90))
    assert [c.number for c in contacts.verified([ROW], [review], NOON)] == ["117"]
    assert contacts.verified([{**ROW, "number": "118"}], [review], NOON) == ()
    assert contacts.verified([{**ROW, "police": False}], [review], NOON) == ()


def test_the_newest_review_decides_so_that_a_line_can_be_taken_back() -> None:
    """S4: whoever finds that a line is dead ends it at once, whatever was said before."""
    first = Review(row_hash(ROW), "member", NOON - timedelta(days=9), NOON + timedelta(days=90))
    ended = Review(row_hash(ROW), "member", NOON - timedelta(days=1), NOON - timedelta(days=1))
    assert contacts.verified([ROW], [first, ended], NOON) == ()


def test_a_line_that_takes_no_calls_is_not_said_as_one() -> None:
    """S4: somebody in danger is not given a number that nobody answers."""
    texts_only = {**ROW, "by": ["text"]}
    review = Review(row_hash(texts_only), "member", NOON, NOON + timedelta(days=90))
    assert contacts.verified([texts_only], [review], NOON) == ()


def test_at_most_three_lines_of_their_country_are_said_and_the_police_last() -> None:
    """S4: with place and date; L13: the police are one line among others."""
    lines = (LINE, *(replace(LINE, number=f"90{n}", police="no") for n in range(4)), replace(LINE, country="TH"))
    said = calling.numbers(a_case(contacts=lines, country="KH"), "danger")
    assert len(said) == calling.MOST
    assert {say.args["country"] for say in said} == {"KH"}
    assert all(say.args["checked"] for say in said)
    assert [say.key for say in said] == ["contacts.call"] * 3


def test_a_line_for_something_else_is_not_said() -> None:
    """S4: a line for wages does not help against danger."""
    work = replace(LINE, serves=("work",))
    assert calling.numbers(a_case(contacts=(work,), country="KH"), "danger") == ()


@pytest.mark.parametrize(
    ("police", "key"), [("yes", "contacts.call-police"), ("may", "contacts.call-may"), ("unknown", "contacts.call-may")]
)
def test_a_line_that_may_tell_the_police_says_so(police: str, key: str) -> None:
    """L14: what a call may cost stands beside the number."""
    assert calling.numbers(a_case(contacts=(replace(LINE, police=police),), country="KH"), "danger")[0].key == key


def test_the_country_is_asked_only_where_the_answer_has_a_use() -> None:
    """D1: no question without a use: not when it is known, not when no line was tried."""
    assert calling.which_country(a_case()) is None
    assert calling.which_country(a_case(contacts=(LINE,), country="TH")) is None
    asked = calling.which_country(a_case(contacts=(LINE, replace(LINE, country="TH"))))
    assert asked is not None
    assert [button.act for button in asked.buttons] == ["country_KH", "country_TH", "country_other"]


@pytest.mark.parametrize(
    "args",
    [
        {"number": "118", "country": "KH", "checked": "2026-02-01"},
        {"number": "117", "country": "TH", "checked": "2026-02-01"},
        {"number": "117", "country": "KH", "checked": "2026-03-01"},
        {"number": "117"},
        {"time": "call 0 117 22"},
    ],
)
def test_a_number_that_nobody_tried_is_stopped_wherever_it_comes_from(args: dict[str, str]) -> None:
    """S4: a number can never be invented, not by the engine either."""
    assert not calling.are_vetted(Reply((Say("contacts.call", args),)), (LINE,))


def test_a_verified_number_and_harmless_figures_pass() -> None:
    """S4: what was tried is said; hours and counts are no telephone numbers."""
    said = calling.numbers(a_case(contacts=(LINE,), country="KH"), "danger")
    assert calling.are_vetted(Reply((*said, Say("about.stored-counts", {"yes": "12", "time": "14:30"}))), (LINE,))


def test_every_country_with_a_line_has_its_name_in_the_words() -> None:
    """S4: a number is said with its place."""
    shipped = load_contacts(ROOT / "flows" / "contacts.yml")
    words = content().words
    assert {row["country"] for row in shipped} <= {
        key[10:].upper() for key in words.keys("en") if key.startswith("countries.")
    }


def test_for_a_child_the_lines_for_children_come_first() -> None:
    """C5: a child helpline is the first contact, whatever the danger."""
    lines = (LINE, replace(LINE, number="1280", serves=("child",), police="unknown"))
    young = calling.numbers(a_case(contacts=lines, country="KH", age="child"), "danger")
    assert [say.args["number"] for say in young] == ["1280", "117"]
    grown = calling.numbers(a_case(contacts=lines, country="KH", age="adult"), "danger")
    assert [say.args["number"] for say in grown] == ["117"]
