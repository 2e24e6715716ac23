"""Checks the bank of gentle questions: `flows/questions.yml` (rules D1, P1, P2, P4, C3).

A question that nobody can be told the purpose of is not asked; one that a child may meet asks only about safety, place
and wishes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.domain.leads import LEADS
from bot.domain.questions import FOR_CHILDREN, HEAVINESS, MOST_ANSWERS, NOT_FOR, SUBJECTS, TOPICS
from bot.domain.wording import Draft
from bot.services.checks.material import (
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

FILE: Final = "flows/questions.yml"
FIELDS: Final = ("id", "topics", "about", "clears_up", "purpose", "heaviness", "not_for", "text", "answers", "leads_to")
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]*")


def check_questions(source: Source, drafts: Collection[Draft]) -> list[str]:
    """List what is wrong with the bank; `drafts` are the sentences that it may name."""
    faults = list(faults_of_shape(source, lists=("questions",)))
    asks = {draft.key: draft.asks == "yes" for draft in drafts if draft.language == "en"}
    faults += faults_of_rows(source, "questions", "question", "id", lambda row: _faults_of_row(source, row, asks))
    return faults


def _faults_of_row(source: Source, row: Table, asks: Mapping[str, bool]) -> Iterator[str]:
    yield from unknown_fields(source, row, FIELDS, "this question")
    for field, advice in _NEEDED.items():
        if row.get(field) is None:
            yield source.wrong(row, f"this question has no `{field}:`; {advice}")
    for field in ("id", "clears_up"):
        if row.get(field) is not None and not _NAME.fullmatch(text_of(row.get(field))):
            yield source.wrong(row.get(field) or row, f"`{field}:` is no name; write small letters, digits, - and _")
    for field, known in (("about", SUBJECTS), ("heaviness", HEAVINESS)):
        if row.get(field) is not None and text_of(row.get(field)) not in known:
            yield source.wrong(row.get(field) or row, f"`{field}:` is not as it should be; {one_of(known)}")
    yield from _faults_of_lists(source, row)
    yield from _faults_of_words(source, row, asks)
    yield from _faults_of_leads(source, row)
    spared, _ = texts_of(source, row.get("not_for"), "`not_for:`")
    if text_of(row.get("about")) not in FOR_CHILDREN and "child" not in {who.text for who in spared}:
        yield source.wrong(row, "a child is asked only about safety, place and wishes; add child to `not_for:`")


def _faults_of_lists(source: Source, row: Table) -> Iterator[str]:
    for field, known in (("topics", sorted(TOPICS)), ("not_for", NOT_FOR)):
        found, wrong = texts_of(source, row.get(field), f"`{field}:`")
        yield from wrong
        for item in found:
            if item.text not in known:
                yield source.wrong(item, f"{item.text!r} is not known here; {one_of(known)}")
        if field == "topics" and row.get(field) is not None and not found and not wrong:
            yield source.wrong(row, "`topics:` is empty; name where the question may be asked")


def _faults_of_words(source: Source, row: Table, asks: Mapping[str, bool]) -> Iterator[str]:
    answers, wrong = texts_of(source, row.get("answers"), "`answers:`")
    yield from wrong
    if row.get("answers") is not None and not wrong and not 0 < len(answers) <= MOST_ANSWERS:
        yield source.wrong(
            row.get("answers") or row, f"`answers:` holds not 1 to {MOST_ANSWERS}; the ways around follow"
        )
    text, purpose = row.get("text"), row.get("purpose")
    named = [*answers, *(one for one in (text, purpose) if isinstance(one, Text))]
    for one in named:
        if one.text not in asks:
            yield source.wrong(one, f"the words files lack {one.text!r}; write it or correct the key")
    if isinstance(text, Text) and asks.get(text.text) is False:
        yield source.wrong(text, f"{text.text!r} has `.asks = no`; a question asks")
    for one in named:
        if one is not text and asks.get(one.text):
            yield source.wrong(one, f"{one.text!r} has `.asks = yes`; only the question itself asks")


def _faults_of_leads(source: Source, row: Table) -> Iterator[str]:
    leads = row.get("leads_to")
    if leads is None:
        return
    if not isinstance(leads, Table):
        yield source.wrong(leads, "`leads_to:` is no list of `answer: name`; write `{questions.yes: help}`")
        return
    answers, _ = texts_of(source, row.get("answers"), "`answers:`")
    for answer, lead in leads.rows:
        if answer.text not in {one.text for one in answers}:
            yield source.wrong(answer, f"{answer.text!r} is none of the answers; name one of `answers:`")
        if text_of(lead) not in LEADS:
            yield source.wrong(lead, f"an answer cannot lead to {text_of(lead)!r}; {one_of(sorted(LEADS))}")


_NEEDED: Final = {
    "id": "give it a name",
    "topics": "name where it may be asked",
    "about": one_of(SUBJECTS),
    "clears_up": "name the code or the fact that an answer tells",
    "purpose": "name the sentence that says what the answer is for",
    "heaviness": one_of(HEAVINESS),
    "text": "name its sentence",
    "answers": "name the sentences of its answers",
}
