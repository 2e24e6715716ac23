"""Lines that a person may call: only what staff tried themselves, only while that counts (S4; reference, section 8).

A number is never written in a sentence and never comes from a model. A row of `flows/contacts.yml` becomes sayable when
somebody of the installation has tried it and said so at the desk; a changed row has another hash and is unverified
again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

Purpose = Literal["danger", "self_harm", "medical", "child", "work"]
PURPOSES: Final[tuple[Purpose, ...]] = ("danger", "self_harm", "medical", "child", "work")


@dataclass(frozen=True)
class Contact:
    """One verified line, as the rules may say it."""

    country: str
    number: str
    serves: tuple[str, ...]
    """What it is for, of `PURPOSES`; empty: for whatever a person needs."""
    police: str
    """Whether the police learn of a call: yes, no, may or unknown."""
    checked: str
    """The day it was tried, as `2026-11-26`: it is said with the number."""

    @property
    def name(self) -> str:
        """What tells this line from every other."""
        return f"{self.country} {self.number}"


@dataclass(frozen=True)
class Review:
    """Somebody tried a row and says so: it counts for exactly this row, from `at` until `until`."""

    row: str
    """`row_hash` of the row as it was tried."""
    by: str
    at: datetime
    until: datetime


def contact_from_json(data: Mapping[str, Any]) -> Contact:
    """Read the wire shape; an unknown or missing field raises TypeError."""
    return Contact(**{**data, "serves": tuple(data["serves"])})


def row_hash(row: Mapping[str, Any]) -> str:
    """Give the hash that a review is bound to: every field of the row counts, their order does not."""
    written = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()


def verified(rows: Iterable[Mapping[str, Any]], reviews: Iterable[Review], now: datetime) -> tuple[Contact, ...]:
    """Give the lines that may be said now: numbers to call, tried by somebody, and that still counts."""
    by_row: dict[str, Review] = {}
    for review in reviews:
        known = by_row.get(review.row)
        if review.at <= now and (known is None or known.at <= review.at):
            by_row[review.row] = review
    return tuple(
        _contact(row, by_row[name])
        for row in rows
        if (name := row_hash(row)) in by_row and now < by_row[name].until and is_called(row)
    )


def is_called(row: Mapping[str, Any]) -> bool:
    """Tell whether a row is a number that a person can call: nothing else is ever said."""
    return bool(row.get("number")) and "call" in row.get("by", ("call",))


def _contact(row: Mapping[str, Any], review: Review) -> Contact:
    return Contact(
        country=str(row["country"]),
        number=str(row["number"]),
        serves=tuple(str(purpose) for purpose in row.get("serves", ())),
        police=_yes_or_no(row["police"]),
        checked=review.at.date().isoformat(),
    )


def _yes_or_no(value: object) -> str:
    """YAML takes an unquoted yes or no for a truth value."""
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
