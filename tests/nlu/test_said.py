"""From chances to codes: each code by its own limit, and all of them by how likely it is that anything is said."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import INDICATOR_CODES
from bot.nlu.calibration import calibrations, likeliest_from
from bot.nlu.cross_validate import said_at
from bot.nlu.indicators import said_by
from bot.nlu.understanding import ANY_CODE

chance = st.floats(0, 1)


def chances(any_code: float, **codes: float) -> dict[str, float]:
    return {**dict.fromkeys(INDICATOR_CODES, 0.01), **codes, ANY_CODE: any_code}


def test_a_code_is_said_from_its_own_limit() -> None:
    limit = calibrations()["debt_bondage"].said
    assert said_by(chances(0.5, debt_bondage=limit)) == ("debt_bondage",)
    assert said_by(chances(0.5, debt_bondage=limit - 0.01)) == ()


def test_no_code_is_said_where_hardly_any_is_likely() -> None:
    assert said_by(chances(calibrations()[ANY_CODE].said - 0.01, sold=0.99)) == ()


def test_the_likeliest_code_is_said_where_it_is_nearly_sure_that_something_is() -> None:
    limit = calibrations()["violence"].said
    assert said_by(chances(likeliest_from(), violence=limit * 0.9, threats=0.02)) == ("violence",)
    assert said_by(chances(likeliest_from() - 0.01, violence=limit * 0.9, threats=0.02)) == ()


@given(any_code=chance, codes=st.lists(chance, min_size=len(INDICATOR_CODES), max_size=len(INDICATOR_CODES)))
def test_limits_are_chosen_for_the_very_rule_that_reads(any_code: float, codes: list[float]) -> None:
    known = calibrations()
    reached = np.array([[share / known[code].said for code, share in zip(INDICATOR_CODES, codes, strict=True)]])
    chosen = said_at(np.array([any_code]), reached, known[ANY_CODE].said, likeliest_from())[0]
    said = said_by(chances(any_code, **dict(zip(INDICATOR_CODES, codes, strict=True))))
    assert said == tuple(code for code, one in zip(INDICATOR_CODES, chosen, strict=True) if one)
