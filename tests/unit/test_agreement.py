"""Cohen's kappa against published worked examples, and what holds of it always."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import agreement


def table(both_yes: int, yes_no: int, no_yes: int, both_no: int) -> list[tuple[str, str]]:
    """Write out a table of two readers."""
    return [
        *[("yes", "yes")] * both_yes,
        *[("yes", "no")] * yes_no,
        *[("no", "yes")] * no_yes,
        *[("no", "no")] * both_no,
    ]


@pytest.mark.parametrize(
    ("cells", "kappa"),
    [
        # The worked examples of the usual textbook treatment: 0.4, and two tables that agree equally often.
        ((20, 5, 10, 15), 0.4),
        ((45, 15, 25, 15), 0.1304),
        ((25, 35, 5, 35), 0.2593),
        ((10, 0, 0, 10), 1.0),
        ((0, 10, 10, 0), -1.0),
        ((5, 5, 5, 5), 0.0),
    ],
)
def test_kappa_is_as_published(cells: tuple[int, int, int, int], kappa: float) -> None:
    found = agreement(table(*cells))
    assert found.kappa == pytest.approx(kappa, abs=5e-5)
    assert found.n == sum(cells)
    assert found.share == pytest.approx((cells[0] + cells[3]) / sum(cells))


def test_three_verdicts_are_compared_as_well() -> None:
    """Observed 7/10, by chance (4*5 + 4*3 + 2*2) / 100 = 0.36, so kappa is 0.34 / 0.64."""
    said = [*[("yes", "yes")] * 4, *[("no", "no")] * 2, ("no", "yes"), ("no", "unclear")]
    said += [("unclear", "unclear"), ("unclear", "no")]
    assert agreement(said).kappa == pytest.approx(0.34 / 0.64)


def test_where_nothing_can_be_said_there_is_no_figure() -> None:
    """Of nothing, and where both said the same of everything: chance alone explains it."""
    assert agreement([]).kappa is None
    assert agreement([]).share is None
    assert agreement([("yes", "yes")] * 9).kappa is None
    assert agreement([("yes", "yes")] * 9).share == 1.0


verdicts = st.sampled_from(["yes", "no", "unclear"])


@given(st.lists(st.tuples(verdicts, verdicts)))
def test_kappa_lies_between_minus_one_and_one_and_does_not_ask_who_was_first(said: list[tuple[str, str]]) -> None:
    found = agreement(said)
    turned = agreement([(other, one) for one, other in said])
    assert (found.kappa is None) == (turned.kappa is None)
    if found.kappa is not None:
        assert -1 <= found.kappa <= 1
        assert turned.kappa == pytest.approx(found.kappa)
        assert (found.kappa == 1) == (found.agreed == found.n)
