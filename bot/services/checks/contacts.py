"""Checks the lines that people may call or write to: `flows/contacts.yml`.

A wrong number is dangerous: a row says where it was found, and nobody is shown it until people of the installation have
tried it and said so at the desk, which keeps that with the row's hash. The file never says that somebody did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

from bot.domain.contacts import PURPOSES
from bot.services.checks.material import Listing, Node, Source, Table, Text, faults_of_shape, one_of, text_of

UNKNOWN: Final = "unknown"
REACHED_BY: Final = ("number", "mail", "web")
ANSWER: Final = ("yes", "no", UNKNOWN)
RUN_BY: Final = ("police", "state", "ngo")
STATUS: Final = ("read", "secondary")
"""`read` on a page of the body itself or in press of the day; `secondary`: told by somebody else."""

# ISO 3166-1, the codes in use.
_ISO_3166: Final = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES: Final = frozenset(_ISO_3166.split())

_NUMBER: Final = re.compile(r"(?=(?:[^0-9]*[0-9]){3,15}[^0-9]*$)\+?[0-9]+(?:[ -][0-9]+)*", re.ASCII)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEB: Final = re.compile(r"https://[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.ASCII)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
_VERIFICATION: Final = re.compile(r"verif|tested|expires|checked")

# For each field that every row has: what is right, and what to write otherwise.
_FIELDS: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "country": (COUNTRIES.__contains__, "write an ISO 3166 code of two capital letters, such as TH"),
    "answers": (bool, "write who answers"),
    "run_by": (RUN_BY.__contains__, one_of(RUN_BY)),
    "hours": (bool, "write when somebody answers, or unknown"),
    "cost": (("free", "charged", UNKNOWN).__contains__, one_of(("free", "charged", UNKNOWN))),
    "from_abroad": (ANSWER.__contains__, one_of(ANSWER)),
    "recorded": (ANSWER.__contains__, one_of(ANSWER)),
    "police": ((*ANSWER, "may").__contains__, one_of((*ANSWER, "may"))),
    "source": (bool, "write where the row was found, with its date"),
    "status": (STATUS.__contains__, f"{one_of(STATUS)}, and leave out what has no source"),
}
_REACHED: Final[dict[str, tuple[Callable[[str], object], str]]] = {
    "number": (
        _NUMBER.fullmatch,
        "write 3 to 15 digits in quotes, with blanks or hyphens, and + before a country's code",
    ),
    "mail": (_MAIL.fullmatch, "write an address such as name@example.org"),
    "web": (_WEB.fullmatch, "write an address that begins with https://"),
}
_OPTIONAL: Final = ("by", "text", "note", "serves")
_BY: Final = ("call", "text")
_BOOLEAN: Final = ("from_abroad", "recorded", "police")


def check_contacts(source: Source, named: Collection[str] | None = None) -> list[str]:
    """List what is wrong with the contacts; `named` are the countries that have a name in the words, in small letters.

    Without it names are not looked for: the words could not be read.
    """
    faults = list(faults_of_shape(source, lists=("contacts",)))
    first: dict[tuple[str, ...], Node] = {}
    for row in source.items("contacts"):
        if not isinstance(row, Table):
            faults.append(source.wrong(row, "holds something that is no contact; write `- country: ...`"))
            continue
        faults += _faults_of_row(source, row)
        country = text_of(row.get("country"))
        if named is not None and country in COUNTRIES and country.lower() not in named:
            advice = f"add `{country.lower()} = ...` to flows/words/*/countries.ftl"
            faults.append(source.wrong(row, f"{country} has no name in the words; {advice}"))
        known = first.setdefault(_identity(row), row)
        if known is not row:
            faults.append(source.wrong(row, f"this contact stands on line {known.line} already; keep one"))
    return faults


def _identity(row: Table) -> tuple[str, ...]:
    reached = (re.sub(r"[ -]", "", text_of(row.get(name))) for name in REACHED_BY)
    return (text_of(row.get("country")), *reached)


def _faults_of_row(source: Source, row: Table) -> Iterator[str]:
    for key, _ in row.rows:
        if _VERIFICATION.search(key.text):
            yield source.wrong(key, f"{key.text!r} does not belong here; remove it, the desk keeps who verified a row")
        elif key.text not in {*_FIELDS, *_REACHED, *_OPTIONAL, "languages"}:
            yield source.wrong(key, f"this contact has the unknown field {key.text!r}; remove it")
    for name, rule in _FIELDS.items():
        yield from _faults_of_field(source, row, name, rule)
    reached = [name for name in REACHED_BY if row.get(name) is not None]
    if len(reached) != 1:
        yield source.wrong(row, "this contact has not exactly one of number, mail and web; write one row for each")
    for name in reached:
        yield from _faults_of_field(source, row, name, _REACHED[name])
    yield from _faults_of_languages(source, row)
    yield from _faults_of_manner(source, row)
    yield from _faults_of_purpose(source, row)
    if text_of(row.get("run_by")) in ("police", "state") and _written(row, "police") in ("no", UNKNOWN):
        yield source.wrong(row.get("police") or row, "a line of the state can tell the police; write yes or may")


def _faults_of_field(source: Source, row: Table, name: str, rule: tuple[Callable[[str], object], str]) -> Iterator[str]:
    is_right, advice = rule
    if row.get(name) is None:
        yield source.wrong(row, f"this contact has no `{name}:`; {advice}")
    elif not is_right(_written(row, name)):
        yield source.wrong(row.get(name) or row, f"`{name}:` is not as it should be; {advice}")


def _written(row: Table, name: str) -> str:
    """Give a value as it was written; yes and no may stand without quotes, a number may not."""
    value = row.get(name)
    return value.text if name in _BOOLEAN and isinstance(value, Text) else text_of(value)


def _faults_of_languages(source: Source, row: Table) -> Iterator[str]:
    value = row.get("languages")
    if text_of(value) == UNKNOWN:
        return
    if not isinstance(value, Listing) or not value.items:
        yield source.wrong(value or row, "`languages:` is not as it should be; write `[th, en]` or unknown")
        return
    for item in value.items:
        if not _LANGUAGE.fullmatch(text_of(item)):
            yield source.wrong(item, "this language is no code; write one such as th, in quotes where it is no")


def _faults_of_purpose(source: Source, row: Table) -> Iterator[str]:
    serves = row.get("serves")
    if serves is None:
        return
    purposes = [text_of(item) for item in serves.items] if isinstance(serves, Listing) else []
    if not purposes or not set(purposes) <= set(PURPOSES) or len(set(purposes)) < len(purposes):
        advice = f"write a list of {', '.join(PURPOSES)}, or leave it out for a line that is for everything"
        yield source.wrong(serves, f"`serves:` is not as it should be; {advice}")


def _faults_of_manner(source: Source, row: Table) -> Iterator[str]:
    by = row.get("by")
    if by is None:
        return
    ways = [text_of(item) for item in by.items] if isinstance(by, Listing) else []
    if not ways or not set(ways) <= set(_BY) or row.get("number") is None:
        yield source.wrong(by, f"`by:` is a list beside a number; {one_of(_BY)}")
    if row.get("text") is not None and (ways != ["text"] or not text_of(row.get("text"))):
        yield source.wrong(row.get("text") or row, "`text:` is what to send; write it in quotes beside `by: [text]`")
