"""The pace survives the wire, whatever it holds."""

from __future__ import annotations

import json
from datetime import datetime, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.buttons import Button
from bot.domain.codes import Act
from bot.domain.pacing import Asked, Pacing, from_json, to_json

NAMES = st.text("abcdef:-", min_size=1, max_size=8)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(timezone.utc))  # noqa: DTZ001
PLACES = st.dictionaries(NAMES, NAMES, max_size=2).map(lambda places: tuple(places.items()))
BUTTONS = st.builds(Button, NAMES.map(Act), NAMES, PLACES)
ASKED = st.builds(
    Asked,
    NAMES,
    NAMES,
    args=st.dictionaries(NAMES, NAMES, max_size=2),
    buttons=st.lists(BUTTONS, max_size=3).map(tuple),
    shown=st.integers(1, 2),
)
MANY = st.lists(NAMES, max_size=3).map(tuple)
PACES = st.builds(
    Pacing,
    asked=st.none() | ASKED,
    row=st.integers(0, 3),
    told=st.integers(0, 9),
    quiet=st.booleans(),
    asked_in_session=MANY,
    heavy_at=st.lists(MOMENTS, max_size=3).map(tuple),
    answered=st.dictionaries(NAMES, NAMES, max_size=3),
    resting=st.dictionaries(NAMES, MOMENTS, max_size=3),
    closed=MANY,
    opened=MANY,
    opened_in_session=MANY,
    distress_at=st.none() | MOMENTS,
    turns_since_distress=st.integers(0, 9),
    fault_lifted=st.booleans(),
    decided=NAMES,
)


@given(PACES)
def test_nothing_of_the_pace_is_lost_on_the_wire(pacing: Pacing) -> None:
    assert from_json(json.loads(json.dumps(to_json(pacing)))) == pacing


def test_nothing_on_the_wire_is_the_pace_of_a_first_turn() -> None:
    assert from_json(None) == from_json({}) == Pacing()
