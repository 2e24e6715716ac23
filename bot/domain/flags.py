"""When a case is listed for reviewers: published rules over codes and the mark at the desk (rules H8, H9).

A flag lists a case, it opens nothing: to read needs the person's own yes (`bot.domain.consent`). It is no finding
either: it says that certain things were spoken of, as far as the program heard it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from bot.domain.codes import INDICATOR_CODES, LEVELS, Level
from bot.domain.observations import Observed, standings

AT_ONCE: Final = 5
ASKED: Final = "asked"
"""Stands in the place of a rule's name: no rule holds, but the person wished that somebody looks."""


@dataclass(frozen=True)
class Rule:
    """One published rule; everything that it names has to be there."""

    name: str
    told: str
    """Names the words in which the person is told of it."""
    level: Level | None = None
    """The mark at the desk is this one or more urgent."""
    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    at_least: int = 1
    """How many of `any_of`."""

    def holds(self, level: Level, codes: Collection[str]) -> bool:
        """Tell whether it holds for a case with this mark and these codes."""
        if self.level is not None and LEVELS.index(level) > LEVELS.index(self.level):
            return False
        if not set(self.all_of) <= set(codes):
            return False
        return not self.any_of or len(set(self.any_of) & set(codes)) >= self.at_least


def rules_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Take over the content of the file; what the check would refuse raises KeyError, TypeError or ValueError."""
    return tuple(_rule(row) for row in rows)


def _rule(row: Mapping[str, Any]) -> Rule:
    level = row.get("level")
    all_of, any_of = (tuple(str(code) for code in row.get(name, ())) for name in ("all_of", "any_of"))
    at_least = int(row.get("at_least", 1))
    if level not in (None, *LEVELS) or not {*all_of, *any_of} <= set(INDICATOR_CODES):
        raise ValueError("a rule names an unknown level or code")
    if not (level or all_of or any_of) or not 1 <= at_least <= max(1, len(any_of)):
        raise ValueError("a rule asks for nothing, or for more than it names")
    return Rule(str(row["name"]), str(row["told"]), cast("Level | None", level), all_of, any_of, at_least)


def flagged_by(rules: Iterable[Rule], level: Level, codes: Collection[str]) -> tuple[str, ...]:
    """Name the rules that hold, in the order of the file; none: the case is not listed."""
    return tuple(rule.name for rule in rules if rule.holds(level, codes))


def told_codes(observations: Sequence[Observed]) -> frozenset[str]:
    """Give the codes that flags look at: heard, confirmed or reviewed, and neither denied nor rejected."""
    return frozenset(each.code for each in standings(observations) if each.state in ("heard", "confirmed", "reviewed"))


def phrase(told: str) -> str:
    """Name the words in which the person is told of a rule."""
    return f"review.flag-{told}"


def phrases(rules: Iterable[Rule]) -> tuple[tuple[str, ...], ...]:
    """Name the words in which the person is told of the rules, as many at once as one message holds (H9, P5).

    A rule that counts several codes has long words, and a message of its own.
    """
    told = {phrase(rule.told): rule.at_least > 1 for rule in rules}
    short = [key for key, is_long in told.items() if not is_long]
    groups = [tuple(short[at : at + AT_ONCE]) for at in range(0, len(short), AT_ONCE)]
    return (*groups, *((key,) for key, is_long in told.items() if is_long))
