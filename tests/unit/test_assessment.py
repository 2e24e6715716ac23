"""The published rule with its boundary cases (reference, 1.2), and what it must never say."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.content import load_catalogue
from bot.domain.assessment import (
    UNCHECKED,
    Unchecked,
    assess,
    decide,
    holds,
    is_child_protection_concern,
    is_positive,
    names_in,
    sets_for,
)
from bot.domain.observations import PHASES, STATES, Observed, counted

CATALOGUE = load_catalogue(Path(__file__).parents[2])
EVERY = frozenset(CATALOGUE.sets)
WEIGHTS = st.lists(st.sampled_from(["strong", "medium", "weak"]), max_size=8)
CODES = st.sets(st.sampled_from(sorted(CATALOGUE.indicators)))
SETS = st.sampled_from(sorted(EVERY))
STRONGER = {"weak": "medium", "medium": "strong", "strong": "strong"}


def positive(weights: list[str]) -> bool:
    return is_positive(weights, CATALOGUE.alternatives)


@pytest.mark.parametrize(
    ("strong", "medium", "weak", "expected"),
    [
        (0, 0, 0, False),
        (1, 0, 0, False),
        (0, 2, 0, False),
        (0, 1, 5, False),
        (0, 0, 5, False),
        (1, 0, 1, True),
        (1, 1, 0, True),
        (0, 2, 1, True),
        (0, 3, 0, True),
        (2, 0, 0, True),
    ],
)
def test_a_dimension_is_positive_at_its_boundaries(strong: int, medium: int, weak: int, *, expected: bool) -> None:
    """Reference 1.2, the table of boundary cases."""
    assert positive(["strong"] * strong + ["medium"] * medium + ["weak"] * weak) is expected


@given(WEIGHTS, WEIGHTS)
def test_more_indicators_never_make_a_dimension_less_positive(some: list[str], more: list[str]) -> None:
    assert not positive(some) or positive([*some, *more])


@given(WEIGHTS, st.data())
def test_a_stronger_indicator_may_stand_in_for_a_weaker_one(some: list[str], data: st.DataObject) -> None:
    raised = [data.draw(st.sampled_from([one, STRONGER[one]])) for one in some]
    assert not positive(some) or positive(raised)


RECRUITED = "deceptive_recruitment"
FORCED_TO_GO = "coercive_recruitment"
WEAK_BEFORE = "recruitment_by_abuse_of_vulnerability"
EXPLOITED = "exploitation"
COERCED = "coercion_at_destination"
WEAK_THERE = "abuse_of_vulnerability_at_destination"


@pytest.mark.parametrize(
    ("dimensions", "result"),
    [
        (set(), "not_enough_information"),
        ({WEAK_THERE}, "not_enough_information"),
        ({EXPLOITED}, "labour_exploitation"),
        ({EXPLOITED, RECRUITED}, "deception_and_exploitation"),
        ({EXPLOITED, FORCED_TO_GO}, "exploitation_with_possible_means_review"),
        ({EXPLOITED, WEAK_BEFORE}, "exploitation_with_possible_means_review"),
        ({EXPLOITED, WEAK_THERE}, "exploitation_with_possible_means_review"),
        ({EXPLOITED, COERCED}, "consistent_with_forced_labour"),
        ({EXPLOITED, COERCED, WEAK_THERE}, "consistent_with_trafficking_review"),
        ({EXPLOITED, COERCED, RECRUITED}, "consistent_with_trafficking"),
        ({EXPLOITED, COERCED, FORCED_TO_GO}, "consistent_with_trafficking"),
        ({EXPLOITED, COERCED, RECRUITED, WEAK_THERE}, "consistent_with_trafficking"),
        ({COERCED}, "coercion_review"),
        ({FORCED_TO_GO}, "coercion_review"),
        ({COERCED, RECRUITED}, "coercion_review"),
        ({RECRUITED}, "recruitment_abuse_at_risk"),
        ({WEAK_BEFORE}, "recruitment_abuse_at_risk"),
    ],
)
def test_dimensions_are_combined_as_published(dimensions: set[str], result: str) -> None:
    """Reference 1.2, *Across dimensions*, for an adult."""
    assert decide(CATALOGUE, dimensions, under_18=False) == result


def test_for_a_child_the_means_are_not_needed() -> None:
    """Reference 1.2, *Child*: Palermo, article 3(c)."""
    assert decide(CATALOGUE, {EXPLOITED}, under_18=True) == "possible_child_trafficking"
    assert decide(CATALOGUE, {COERCED}, under_18=True) == "coercion_review"


def test_the_same_fact_weighs_by_set_and_by_phase() -> None:
    """Reference 1.4: for adults, papers, debt and confinement are medium on the way and strong there."""
    on_the_way = assess(CATALOGUE, ["cr-documents", "cr-debt"], "adult_labour", under_18=False, checked=EVERY)
    there = assess(CATALOGUE, ["cd-documents", "cd-debt"], "adult_labour", under_18=False, checked=EVERY)
    assert [row.dimension for row in on_the_way.rows if row.is_positive] == []
    assert [row.dimension for row in there.rows if row.is_positive] == [COERCED]
    child = assess(CATALOGUE, ["cr-debt", "cr-documents"], "child_labour", under_18=True, checked=EVERY)
    assert [row.dimension for row in child.rows if row.is_positive] == [FORCED_TO_GO]


def test_a_whole_case_comes_out_as_published() -> None:
    codes = ["dr-job-nature", "dr-wages", "ex-hours", "ex-low-pay", "cd-documents", "cd-confinement"]
    assert (
        assess(CATALOGUE, codes, "adult_labour", under_18=False, checked=EVERY).result == "consistent_with_trafficking"
    )
    assert assess(CATALOGUE, codes, "child_labour", under_18=True, checked=EVERY).result == "possible_child_trafficking"


@given(codes=CODES, name=SETS, under_18=st.booleans())
def test_there_is_no_result_from_weights_that_two_people_have_not_checked(
    *, codes: set[str], name: str, under_18: bool
) -> None:
    """Design, *Indicators*: today none is checked, so the matrix shows codes and says just that."""
    matrix = assess(CATALOGUE, codes, name, under_18=under_18)
    assert matrix.result == Unchecked(UNCHECKED)
    assert {row.is_positive for row in matrix.rows} == {None}
    assert {code for row in matrix.rows for code in row.codes} == codes


@given(codes=CODES, more=CODES, name=SETS, under_18=st.booleans())
def test_one_more_confirmed_code_never_takes_a_dimension_away(
    *, codes: set[str], more: set[str], name: str, under_18: bool
) -> None:
    few = assess(CATALOGUE, codes, name, under_18=under_18, checked=EVERY)
    many = assess(CATALOGUE, codes | more, name, under_18=under_18, checked=EVERY)
    for before, after in zip(few.rows, many.rows, strict=True):
        assert not before.is_positive or after.is_positive


OBSERVED = st.lists(
    st.builds(
        Observed,
        code=st.just("deception"),
        state=st.sampled_from(STATES),
        phase=st.sampled_from([None, *PHASES]),
        fine=st.lists(st.sampled_from(sorted(CATALOGUE.indicators)), max_size=4, unique=True).map(tuple),
    )
)


@given(OBSERVED, SETS)
def test_what_the_program_heard_never_counts(several: list[Observed], name: str) -> None:
    """Pacing invariant 6; reference 1.6.2. What two readers rejected takes away, and so is no hearing."""
    said = [one for one in several if one.state in ("confirmed", "reviewed", "rejected")]
    assert assess(CATALOGUE, counted(several), name, under_18=False, checked=EVERY) == assess(
        CATALOGUE, counted(said), name, under_18=False, checked=EVERY
    )


@given(codes=CODES, name=SETS, under_18=st.booleans())
def test_no_result_names_the_person(*, codes: set[str], name: str, under_18: bool) -> None:
    """L1, reference 1.2: never "victim", never "not a victim"."""
    result = assess(CATALOGUE, codes, name, under_18=under_18, checked=EVERY).result
    assert "victim" not in str(result)


def test_every_result_says_by_which_file_it_was_made() -> None:
    matrix = assess(CATALOGUE, [], "adult_labour", under_18=False)
    assert matrix.digest == CATALOGUE.digest
    with pytest.raises(KeyError):
        assess(CATALOGUE, [], "elderly_labour", under_18=False)


@pytest.mark.parametrize(
    ("under_18", "sexual", "sets"),
    [
        (False, False, ("adult_labour",)),
        (True, False, ("child_labour",)),
        (None, False, ("adult_labour", "child_labour")),
        (None, True, ("adult_sexual", "child_sexual")),
    ],
)
def test_with_unknown_age_both_ages_are_worked_out(
    *,
    under_18: bool | None,
    sexual: bool,
    sets: tuple[str, ...],
) -> None:
    """C1, reference 1.6.5: staff see the difference."""
    assert sets_for(CATALOGUE, under_18=under_18, sexual=sexual) == sets


@pytest.mark.parametrize(
    ("codes", "under_18", "concern"),
    [
        ({"child", "sold"}, False, True),
        ({"sexual_exploitation"}, True, True),
        ({"sexual_exploitation", "sold"}, False, False),
        ({"child", "violence"}, False, False),
        (set(), True, False),
    ],
)
def test_a_child_sold_or_sexually_exploited_is_a_concern_whatever_the_matrix_says(
    *,
    codes: set[str],
    under_18: bool,
    concern: bool,
) -> None:
    """Palermo, article 3(c); reference 1.5."""
    assert is_child_protection_concern(codes, under_18=under_18) is concern


def test_conditions_know_names_and_or_and_true_only() -> None:
    assert holds("a and (b or c)", {"a", "c"})
    assert not holds("a and (b or c)", {"a"})
    assert holds("true", ())
    assert names_in("a and (b or true)") == {"a", "b"}
    for wrong in ("not a", "a > b", "__import__('os')", "a and (b or c.d)", ""):
        with pytest.raises(ValueError, match="not made of names"):
            holds(wrong, {"a"})
