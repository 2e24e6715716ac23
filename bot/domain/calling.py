"""Says verified lines to a person: those of their country, for what they need, with place and day (rule S4).

Which lines may be said at all is decided in `bot.domain.contacts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.domain.case import Case
from bot.domain.child import is_child
from bot.domain.codes import Act
from bot.domain.contacts import Contact, Purpose
from bot.domain.reply import Button, Reply, Say

MOST: Final = 3
"""How many rows of a country are said at most."""
COUNTRY: Final = "country_"
"""Beginning of the act that names a country."""
ELSEWHERE: Final = Button(Act("elsewhere"), "countries.other")
"""They are not where the installation guessed."""

_TELLS_POLICE: Final = {"no": "contacts.call", "yes": "contacts.call-police"}
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER: Final = re.compile(r"\d(?:[\s.\-]?\d){2,}")


def numbers(case: Case, purpose: Purpose, country: str | None = None) -> tuple[Say, ...]:
    """Say the lines of the person's country: those for this purpose first, the police last, at most three.

    For a child the lines for children come before all others (C5).
    """
    place = case.place if country is None else country
    purposes = {purpose, "child"} if is_child(case) else {purpose}
    fitting = [c for c in case.contacts if c.country == place and (not c.serves or purposes & set(c.serves))]
    fitting.sort(
        key=lambda contact: (
            not (is_child(case) and "child" in contact.serves),
            purpose not in contact.serves,
            contact.police == "yes",
        )
    )
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
