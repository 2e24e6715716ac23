"""Who is asked next for somebody who waits."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import LEVELS, MemberId
from bot.domain.matching import ASKED, Candidate, Wanted, binding_wish, choose, lacks

ANN = Candidate(MemberId("ann"), ("en", "th"), "woman", 2, 0)
BO = Candidate(MemberId("bo"), ("en",), "man", 2, 1)
HOUSE = st.lists(
    st.builds(
        Candidate,
        st.sampled_from("abcdef").map(MemberId),
        st.sampled_from([("en",), ("th",), ("en", "th")]),
        st.sampled_from(["", "woman", "man"]),
        st.integers(1, 3),
        st.integers(0, 4),
    ),
    max_size=6,
    unique_by=lambda it: it.member,
)
WANTED = st.builds(
    Wanted,
    st.sampled_from(["en", "th"]),
    st.sampled_from(LEVELS),
    st.sampled_from(["", "woman", "man"]),
    st.none() | st.sampled_from("abcdef").map(MemberId),
)


@given(HOUSE, WANTED)
def test_whoever_is_asked_fits_and_everybody_who_fits_is_asked_once(house: list[Candidate], wanted: Wanted) -> None:
    told: list[str] = []
    while (member := choose(house, wanted, told)) is not None:
        assert lacks(next(it for it in house if it.member == member), wanted) == ""
        assert ASKED + member not in told
        told.append(ASKED + member)
    assert len(told) == len([it for it in house if not lacks(it, wanted)])


@given(HOUSE, WANTED)
def test_language_always_has_to_match_and_danger_waits_for_nothing_else(house: list[Candidate], wanted: Wanted) -> None:
    for it in house:
        assert (lacks(it, wanted) == "language") is (wanted.language not in it.languages)
        assert lacks(it, replace(wanted, level="P0")) in ("", "language")


def test_who_counselled_them_before_comes_first_then_who_has_least_to_do() -> None:
    assert choose([ANN, BO], Wanted("en", "P3"), ()) == "ann"
    assert choose([ANN, BO], Wanted("en", "P3", last=BO.member), ()) == "bo"
    assert choose([ANN, BO], Wanted("en", "P3"), (ASKED + "ann",)) == "bo"


def test_a_full_counsellor_is_not_asked_but_in_danger() -> None:
    full = replace(ANN, load=2)
    assert lacks(full, Wanted("en", "P1")) == "capacity"
    assert choose([full], Wanted("en", "P0"), ()) == "ann"


def test_a_wish_binds_only_where_the_house_has_somebody_like_that() -> None:
    assert binding_wish("woman", "th", [ANN, BO]) == "woman"
    assert binding_wish("man", "th", [ANN, BO]) == ""
    assert lacks(BO, Wanted("en", "P3", "woman")) == "wish"
