"""Rows of contacts as the desk changes them: above the file, undone by taking the change away, tried by real calls.

A change stands beside `flows/contacts.yml`, under the name of the row that it replaces, and is never mixed into it.
What was tried is bound to the row's hash (`bot.domain.contacts`): a changed row has to be tried again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain.codes import MemberId
from bot.domain.contacts import Review

REACHED_BY: Final = ("number", "mail", "web")
"""Exactly one of these names a row, beside its country."""

COUNTS_FOR: Final = timedelta(days=90)
"""So long a line counts as tried; then it has to be called again."""

PLACES: Final = ("inside", "abroad")
"""From where a line was tried: in its own country, or from another."""
ANSWERED: Final = ("promised", "other", "machine", "nobody")
"""Who answered: the body that the row names, somebody else, a machine, or nobody."""
OUTCOMES: Final = ("works", "partly", "fails")


@dataclass(frozen=True)
class Overlay:
    """One change of the desk: another row in the place of one, a new row, or none (withdrawn)."""

    name: str
    """`name_of` the row that it stands for."""
    row: Mapping[str, Any] | None
    """None: the row is withdrawn, and never said."""
    by: MemberId
    at: datetime


@dataclass(frozen=True)
class TrialCall:
    """One test call: a row as it was then, and what came of it. Who answered is a kind, never a name."""

    row: str
    """`row_hash` of the row as it was called."""
    by: MemberId
    at: datetime
    place: str
    answered: str
    languages: tuple[str, ...]
    """Languages that were heard."""
    outcome: str


def name_of(row: Mapping[str, Any]) -> str:
    """Give what tells a row from every other: its country, and how it is reached without blanks and hyphens."""
    kind = next((name for name in REACHED_BY if row.get(name)), "")
    return f"{row.get('country', '')} {re.sub(r'[ -]', '', str(row.get(kind, '')))}"


def merged(shipped: Iterable[Mapping[str, Any]], overlays: Iterable[Overlay]) -> tuple[Mapping[str, Any], ...]:
    """Give the rows that count: those of the file with the desk's changes in their place, then the desk's own."""
    changed = {overlay.name: overlay.row for overlay in overlays}
    rows = []
    for row in shipped:
        name = name_of(row)
        kept = changed.pop(name) if name in changed else row
        rows += [] if kept is None else [kept]
    return (*rows, *(row for row in changed.values() if row is not None))


def said_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two rows say the same: YAML takes an unquoted yes for a truth value, a form does not."""
    return {name: plain(value) for name, value in one.items()} == {name: plain(value) for name, value in other.items()}


def plain(value: Any) -> Any:
    """Give a value as it is written in the file."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def standing_review(reviews: Iterable[Review], row: str, now: datetime) -> Review | None:
    """Give the review by which a row may be said now; the newest stands above the others."""
    of_row = [it for it in reviews if it.row == row and it.at <= now]
    # Of two at one moment the later written counts, as in `verified`.
    newest = max(reversed(of_row), key=lambda it: it.at, default=None)
    return newest if newest is not None and now < newest.until else None


def may_be_verified(calls: Sequence[TrialCall], row: str, now: datetime) -> bool:
    """Tell whether somebody called this very row lately and it worked, and no later call failed."""
    lately = sorted((it for it in calls if it.row == row and now - it.at < COUNTS_FOR), key=lambda it: it.at)
    return bool(lately) and lately[-1].outcome != "fails" and any(it.outcome == "works" for it in lately)


def not_tried_from(calls: Sequence[TrialCall], row: str) -> tuple[str, ...]:
    """Give the places from which nobody reached this row yet."""
    reached = {it.place for it in calls if it.row == row and it.outcome == "works"}
    return tuple(place for place in PLACES if place not in reached)
