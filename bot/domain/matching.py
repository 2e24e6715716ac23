"""Which counsellor is asked next for somebody who waits (design/handoff.md, *Order*), pure.

Language and vetting always have to match. A wish for a woman or a man binds while the house has one who writes the
language; capacity keeps work bearable. Neither keeps anybody from a counsellor in danger now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.domain.codes import Level, MemberId

ASKED = "asked:"
"""Said of a wait, with a member's id behind it: they were asked and did not take it."""


@dataclass(frozen=True)
class Candidate:
    """A vetted counsellor who is not kept from the conversation."""

    member: MemberId
    languages: tuple[str, ...]
    gender: str
    capacity: int
    load: int
    """How many conversations they hold, and are asked for."""


@dataclass(frozen=True)
class Wanted:
    """What somebody who waits needs."""

    language: str
    level: Level
    gender: str = ""
    """Whom they would rather talk with, where that binds."""
    last: MemberId | None = None
    """Who counselled them before, unless they asked for another."""


def binding_wish(gender: str, language: str, house: Iterable[Candidate]) -> str:
    """Give the wish where somebody of the house, on duty or not, could fulfil it; a wish nobody can binds nobody."""
    return gender if any(it.gender == gender and language in it.languages for it in house) else ""


def lacks(it: Candidate, wanted: Wanted) -> str:
    """Say what keeps a counsellor from somebody: `language`, `wish`, `capacity`, or nothing."""
    if wanted.language not in it.languages:
        return "language"
    if wanted.level == "P0":
        return ""
    if wanted.gender and it.gender != wanted.gender:
        return "wish"
    return "capacity" if it.load >= it.capacity else ""


def choose(here: Iterable[Candidate], wanted: Wanted, told: Collection[str]) -> MemberId | None:
    """Choose who is asked next: who knows them, then who has least to do; None when all were asked or none fits."""
    fitting = [it for it in here if not lacks(it, wanted) and ASKED + it.member not in told]
    best = min(fitting, key=lambda it: (it.member != wanted.last, it.load, it.member), default=None)
    return None if best is None else best.member
