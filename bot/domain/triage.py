"""How soon a human should look: levels P0 to P4 (design/contract.md, *Codes*; reference, section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.domain.codes import LEVELS, URGENCIES, Level, Urgency

P1_URGENCIES: Final = frozenset({"danger_now", "self_harm", "medical", "child_at_risk"})
P2_CODES: Final = frozenset({"restriction_of_movement", "isolation", "document_retention", "sold", "threats"})
ALERTING: Final = frozenset({"P0", "P1"})


def level_of(
    codes: Iterable[str], urgency: Urgency, *, confirmed_now: bool = False, asks_person: bool = False
) -> Level:
    """Give the level of what was read; `confirmed_now` is the person's own button or the danger word."""
    found = set(codes)
    if confirmed_now:
        return "P0"
    if urgency in P1_URGENCIES or ("child" in found and found & {"sexual_exploitation", "sold"}):
        return "P1"
    if found & P2_CODES:
        level: Level = "P2"
    elif found or asks_person:
        level = "P3"
    else:
        level = "P4"
    return one_higher(level) if "child" in found else level


def one_higher(level: Level) -> Level:
    """Raise by one, as a child does."""
    return LEVELS[max(0, LEVELS.index(level) - 1)]


def higher(one: Level, other: Level) -> Level:
    """Give the higher of two levels: a mark is raised by anyone and lowered only by a human."""
    return min(one, other, key=LEVELS.index)


def highest_urgency(urgencies: Iterable[Urgency]) -> Urgency:
    """Give the first that applies over all messages of a burst."""
    return min(urgencies, key=URGENCIES.index, default="none")
