"""Checks the published rules by which a case is listed: `flows/flags.yml` (rules H8, H9).

A rule that nobody is told of is not published, so each names its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from bot.domain.codes import INDICATOR_CODES, LEVELS
from bot.domain.flags import phrase
from bot.domain.wording import Draft
from bot.services.checks.material import (
    Listing,
    Source,
    Table,
    Text,
    faults_of_rows,
    faults_of_shape,
    one_of,
    text_of,
    texts_of,
    unknown_fields,
)

FILE: Final = "flows/flags.yml"
FIELDS: Final = ("name", "told", "level", "all_of", "any_of", "at_least")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")


def check_flags(source: Source, drafts: Collection[Draft]) -> list[str]:
    """List what is wrong with the rules; `drafts` are the sentences in which people are told of them."""
    faults = list(faults_of_shape(source, lists=("rules",)))
    told = {draft.key for draft in drafts if draft.language == "en"}
    faults += faults_of_rows(source, "rules", "rule", "name", lambda row: _faults_of_row(source, row, told))
    return faults


def _faults_of_row(source: Source, row: Table, told: Collection[str]) -> Iterator[str]:
    yield from unknown_fields(source, row, FIELDS, "this rule")
    for field in ("name", "told"):
        if not _NAME.fullmatch(text_of(row.get(field))):
            place = row.get(field) or row
            yield source.wrong(place, f"`{field}:` is no name; write small letters, digits and -")
    key = phrase(text_of(row.get("told")))
    if text_of(row.get("told")) and key not in told:
        yield source.wrong(row.get("told") or row, f"the words files lack {key!r}, so nobody is told; write it")
    level = row.get("level")
    if level is not None and text_of(level) not in LEVELS:
        yield source.wrong(level, f"`level:` is not as it should be; {one_of(LEVELS)}")
    for field in ("all_of", "any_of"):
        yield from _faults_of_codes(source, row, field)
    if not any(row.get(field) for field in ("level", "all_of", "any_of")):
        yield source.wrong(row, "this rule asks for nothing; name `level:`, `all_of:` or `any_of:`")
    yield from _faults_of_number(source, row)


def _faults_of_codes(source: Source, row: Table, field: str) -> Iterator[str]:
    found, wrong = texts_of(source, row.get(field), f"`{field}:`")
    yield from wrong
    for item in found:
        if item.text not in INDICATOR_CODES:
            yield source.wrong(item, f"{item.text!r} is no code of a message; {one_of(INDICATOR_CODES)}")
    if row.get(field) is not None and not found and not wrong:
        yield source.wrong(row, f"`{field}:` is empty; name codes, or take it out")


def _faults_of_number(source: Source, row: Table) -> Iterator[str]:
    given = row.get("at_least")
    if given is None:
        return
    any_of = row.get("any_of")
    most = len(any_of.items) if isinstance(any_of, Listing) else 0
    number = given.text if isinstance(given, Text) else ""
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= most):
        yield source.wrong(given, f"`at_least:` is no number from 1 to {most}, as many codes as `any_of:` names")
