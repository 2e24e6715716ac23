"""Lines that a person may call: only what staff tried themselves, only while that counts (S4; reference, section 8).

A number is never written in a sentence and never comes from a model. A row of `flows/contacts.yml` becomes sayable when
somebody of the installation has tried it and said so at the desk; a changed row has another hash and is unverified
again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.domain.codes import Act
from bot.domain.reply import Button, Reply, Say

if TYPE_CHECKING:
    from bot.domain.case import Case

Purpose = Literal["danger", "self_harm", "medical", "child", "work"]
PURPOSES: Final[tuple[Purpose, ...]] = ("danger", "self_harm", "medical", "child", "work")
MOST: Final = 3
"""How many rows of a country are said at most."""
COUNTRY: Final = "country_"
"""Beginning of the act that names a country."""
ELSEWHERE: Final = Button(Act("elsewhere"), "countries.other")
"""They are not where the installation guessed."""

_TELLS_POLICE: Final = {"no": "contacts.call", "yes": "contacts.call-police"}
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER: Final = re.compile(r"\d(?:[\s.\-]?\d){2,}")


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
        if (name := row_hash(row)) in by_row and now < by_row[name].until and _is_called(row)
    )


def _is_called(row: Mapping[str, Any]) -> bool:
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


def numbers(case: Case, purpose: Purpose, country: str | None = None) -> tuple[Say, ...]:
    """Say the lines of the person's country: those for this purpose first, the police last, at most three."""
    place = case.place if country is None else country
    fitting = [c for c in case.contacts if c.country == place and (not c.serves or purpose in c.serves)]
    fitting.sort(key=lambda contact: (purpose not in contact.serves, contact.police == "yes"))
    return tuple(_say(contact) for contact in fitting[:MOST])


def _say(contact: Contact) -> Say:
    args = {"number": contact.number, "country": contact.country, "checked": contact.checked}
    return Say(_TELLS_POLICE.get(contact.police, "contacts.call-may"), args)


def which_country(case: Case) -> Say | None:
    """Ask for the country, only where the answer has a use: they named none, and some country has a verified line."""
    places = sorted({contact.country for contact in case.contacts})
    if case.country or not places:
        return None
    buttons = tuple(Button(Act(f"{COUNTRY}{place}"), f"countries.{place.lower()}") for place in places)
    return Say("contacts.which-country", buttons=(*buttons, Button(Act(f"{COUNTRY}other"), "countries.other")))


def is_guessed(case: Case) -> bool:
    """Tell whether the lines that would be said are of a country they did not name, while others have lines too."""
    return not case.country and any(contact.country != case.served for contact in case.contacts)


def are_vetted(reply: Reply, contacts: Sequence[Contact]) -> bool:
    """Tell whether every number in a reply is one of these lines, whole and with its own country and day (S4)."""
    known = {(contact.number, contact.country, contact.checked) for contact in contacts}
    for say in reply.say:
        args = dict(say.args)
        number = args.pop("number", None)
        if number is not None and (number, args.get("country"), args.get("checked")) not in known:
            return False
        if any(_NUMBER.search(_DATE.sub("", value)) for value in args.values()):
            return False
    return True
