"""What staff see of indicators: each code, how it stands, where it was said, and the six dimensions.

A number is never shown bare. No text passes here: evidence is the place of a message, and whoever holds the
conversation sees the words beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.domain.assessment import Row, Unchecked, assess, is_child_protection_concern, sets_for
from bot.domain.codes import MessageId
from bot.domain.indicators import Catalogue
from bot.domain.observations import Observed, Standing, counted, standings

CHILD: Final = "child"
SEXUAL: Final = "sexual_exploitation"


@dataclass(frozen=True)
class Evidence:
    """Where a message says so; `start` and `end` are code points, None for the press of a button."""

    seq: int
    start: int | None
    end: int | None


@dataclass(frozen=True)
class CodeView:
    """One code of a message, and how it stands."""

    standing: Standing
    messages: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ResultView:
    """What the rule says for one set, or why it says nothing."""

    set_name: str
    result: str
    is_checked: bool


@dataclass(frozen=True)
class IndicatorsView:
    """Everything of the indicators of one conversation."""

    codes: tuple[CodeView, ...]
    dimensions: tuple[Row, ...]
    """The six, each with its codes that count; all of them empty while nothing was confirmed."""
    labels: Mapping[str, str]
    """What the codes of the catalogue mean, in words for staff."""
    results: tuple[ResultView, ...]
    is_child_concern: bool
    """Under 18 with sexual exploitation or a sale: P1, whatever the rest says."""


def show_indicators(
    catalogue: Catalogue,
    observed: Sequence[tuple[MessageId, Observed]],
    places: Mapping[MessageId, int],
    *,
    under_18: bool | None,
) -> IndicatorsView:
    """Put together what was observed; `places` gives each message's place in the conversation.

    `under_18` is what the person said of their age, None when they did not: then both ages are worked out (C1).
    """
    all_of_it = [one for _, one in observed]
    fine = counted(all_of_it)
    heard = {one.code for one in all_of_it if one.state != "denied"}
    # A sign of a child is in doubt against a stated age: both are worked out.
    age = None if CHILD in heard and under_18 is False else under_18
    sets = sets_for(catalogue, under_18=age, sexual=SEXUAL in heard)
    matrices = [assess(catalogue, fine, name, under_18=name.startswith(CHILD)) for name in sets]
    return IndicatorsView(
        codes=tuple(_code(standing, observed, places) for standing in standings(all_of_it)),
        dimensions=matrices[0].rows if matrices else (),
        labels={code: catalogue.indicators[code].label for code in fine if code in catalogue.indicators},
        results=tuple(
            ResultView(one.set_name, one.result.why if isinstance(one.result, Unchecked) else one.result, is_checked=ok)
            for one in matrices
            for ok in (not isinstance(one.result, Unchecked),)
        ),
        is_child_concern=is_child_protection_concern(heard, under_18=under_18 is True),
    )


def _code(
    standing: Standing, observed: Sequence[tuple[MessageId, Observed]], places: Mapping[MessageId, int]
) -> CodeView:
    of_it = [(message, one) for message, one in observed if one.code == standing.code]
    evidence = [
        Evidence(places[message], *(one.evidence or (None, None))) for message, one in of_it if message in places
    ]
    return CodeView(standing, len({message for message, _ in of_it}), tuple(dict.fromkeys(evidence)))
