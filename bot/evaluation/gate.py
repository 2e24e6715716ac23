"""Equal languages: no language may fall behind the mean of the others by more than a stated margin.

It looks at what a language was given (examples, codes) and at what came of it (F1, urgency recall). It says nothing of
how good all are together; that is `bot.evaluation.targets`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.domain.codes import INDICATOR_CODES, LANGUAGES
from bot.evaluation import figures as f
from bot.evaluation.figures import Figures
from bot.evaluation.peers.training import Example

EXAMPLES_MARGIN: Final = 0.15
"""Share of the others' mean number of examples that may be missing: a topic's file less is about a tenth, and a
language that lost two was forgotten."""

CODE_EXAMPLES: Final = 25
"""Wordings that a code needs in a language to count as covered (issue *Understanding*, data)."""

CODES_MARGIN: Final = 0.5
"""Covered codes: less than one, for a language that cannot hear a code leaves its speakers alone with it."""

F1_MARGIN: Final = 0.09
"""The distance that the wanted figures themselves leave between all languages (0.85) and the worst (0.76). With about
55 messages with a code in a language an F1 is sure to some 0.07, so a smaller margin would go off by chance."""

URGENCY_MARGIN: Final = 0.10
"""Two of a language's 21 urgent messages. It is less than chance alone can do, on purpose: in danger a false alarm of
this gate costs a developer an hour."""


def find_left_behind(examples: Sequence[Example], figures: Figures) -> list[str]:
    """Say in plain words which language is behind, in what and by how much; nothing where all are equal."""
    given = Counter(example.language for example in examples)
    covered: dict[str, float] = {language: len(covered_codes(examples, language)) for language in LANGUAGES}
    return [
        *_behind("training examples", {one: float(given[one]) for one in LANGUAGES}, EXAMPLES_MARGIN, relative=True),
        *_behind(f"codes with {CODE_EXAMPLES} or more examples", covered, CODES_MARGIN),
        *_behind("F1 of codes", _by_language(figures, f.F1), F1_MARGIN),
        *_behind("recall of urgency", _by_language(figures, f.URGENT), URGENCY_MARGIN),
    ]


def covered_codes(examples: Sequence[Example], language: str) -> set[str]:
    """Give the codes that a language has enough examples of."""
    said = Counter(code for example in examples if example.language == language for code in example.codes)
    return {code for code in INDICATOR_CODES if said[code] >= CODE_EXAMPLES}


def _by_language(figures: Figures, name: str) -> dict[str, float]:
    found = {language: one.figures.get(name) for language, one in figures.by_language.items()}
    return {language: one.value for language, one in found.items() if one is not None and one.value is not None}


def _behind(what: str, found: Mapping[str, float], margin: float, *, relative: bool = False) -> Iterator[str]:
    for language, value in found.items():
        others = [other for name, other in found.items() if name != language]
        if not others:
            continue
        mean = sum(others) / len(others)
        allowed = margin * mean if relative else margin
        # A hair's breadth for what binary fractions cannot hold.
        if mean - value > allowed + 1e-9:
            yield f"{language}: {what} {value:.4g}, the others {mean:.4g} on average; {allowed:.2g} less is allowed"
