"""Checks the mirror: every row of the catalogue has its sentence or is a reviewer's, and no sentence quotes anybody.

A mirror sentence names a right and asks whether it is like that now. It never repeats what the person said (P9, L3):
a quotation sounds like a record that is held against them, and would be read by whoever picks up the phone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.domain.codes import LANGUAGES
from bot.domain.indicators import BROKEN_PROMISES, MIRRORED, REVIEWER
from bot.domain.wording import DenyList, Draft, places
from bot.services.checks.material import Listing, Node, Source, Table, Text, one_of, text_of, texts_of

ENGLISH: Final = "en"
TOPIC: Final = "mirror"
SENTENCE: Final = "right-"
"""Begins the name of each mirror sentence in the words files; the rest is its name in the catalogue."""
QUOTES: Final = re.compile("[\"“”„‟«»‹›「」『』‘]|(?<!\\w)'")
RULE: Final = "P9"


def check_mirror(source: Source, drafts: Sequence[Draft]) -> list[str]:
    """List what is wrong between the catalogue's mirrors, its rows and the words files; no drafts: only the file."""
    rows = [row for row in source.items("indicators") if isinstance(row, Table)]
    faults = [*_faults_of_sentences(source, rows), *_faults_of_shared(source, rows)]
    for row in rows:
        faults += _faults_of_row(source, row)
    quoting, wrong = _quoting(source)
    faults += wrong
    if any(draft.topic == TOPIC and draft.language == ENGLISH for draft in drafts):
        faults += _faults_of_words(source, drafts)
    for draft in drafts:
        if _name_of(draft):
            faults += [f"{draft.file}:{draft.line}: {fault}" for fault in _faults_of_draft(draft, quoting)]
    return faults


def _faults_of_sentences(source: Source, rows: Sequence[Table]) -> Iterator[str]:
    used = {text.text for row in rows for text in _asked(source, row)}
    for name, sentence in source.rows("mirrors"):
        opening = sentence.get("opened_by") if isinstance(sentence, Table) else None
        if text_of(opening) not in MIRRORED:
            yield source.wrong(opening or name, f"mirror {name.text!r} needs `opened_by:`; {one_of(MIRRORED)}")
        if name.text not in used:
            yield source.wrong(name, f"mirror {name.text!r} sets no row; name it in a row's `mirror:` or remove it")


def _faults_of_row(source: Source, row: Table) -> Iterator[str]:
    known = {name.text: text_of(one.get("opened_by")) for name, one in source.rows("mirrors") if isinstance(one, Table)}
    also, _ = texts_of(source, row.get("ilo11_also"), "`ilo11_also:`")
    headings = {text_of(row.get("ilo11")), *(text.text for text in also)}
    for asked in _asked(source, row):
        if asked.text not in known:
            yield source.wrong(asked, f"`mirror:` names {asked.text!r}; use a name of `mirrors:` or {REVIEWER!r}")
        elif text_of(row.get("ilo11")) not in MIRRORED or known[asked.text] not in headings:
            yield source.wrong(
                asked, f"{asked.text!r} speaks of other things than this row; write `mirror: {REVIEWER}`"
            )
    if row.get("mirror") is not None and not isinstance(row.get("mirror"), (Text, Listing)):
        yield source.wrong(row, f"`mirror:` is not as it should be; write the name of a sentence or {REVIEWER!r}")


def _faults_of_shared(source: Source, rows: Sequence[Table]) -> Iterator[str]:
    """One answer may set one row only: rows that share a sentence differ by phase, and a broken promise shares none."""
    first: dict[tuple[str, str], Table] = {}
    for row in rows:
        either = text_of(row.get("dimension")) == BROKEN_PROMISES
        phases = ("now", "on_the_way") if either else (text_of(row.get("phase")),)
        for asked in _asked(source, row):
            taken = [first.setdefault((asked.text, phase), row) for phase in phases]
            other = next((one for one in taken if one is not row), None)
            if other is not None:
                advice = f"give one of them its own sentence or {REVIEWER!r}"
                yield source.wrong(asked, f"{asked.text!r} sets the row of line {other.line} too; {advice}")


def _asked(source: Source, row: Table) -> list[Text]:
    node = row.get("mirror")
    if isinstance(node, Text):
        return [] if node.text == REVIEWER else [node]
    return texts_of(source, node, "`mirror:`")[0] if isinstance(node, Listing) else []


def _quoting(source: Source) -> tuple[DenyList, list[str]]:
    phrases: dict[str, list[str]] = {}
    faults: list[str] = []
    for language, node in source.rows("never_in_a_mirror"):
        if language.text not in LANGUAGES:
            faults.append(source.wrong(language, f"{language.text!r} is no language; {one_of(LANGUAGES)}"))
            continue
        texts, wrong = texts_of(source, node, f"`{language.text}:`")
        faults += wrong
        phrases[language.text] = [text.text for text in texts]
    if source.rows("mirrors"):
        faults += [
            source.wrong(_place(source), f"`never_in_a_mirror:` lacks {language!r}; write words that would quote")
            for language in LANGUAGES
            if not phrases.get(language)
        ]
    return DenyList.of({RULE: phrases}), faults


def _place(source: Source) -> Node:
    table = source.root.get("never_in_a_mirror") if isinstance(source.root, Table) else None
    return table or source.root


def _faults_of_words(source: Source, drafts: Sequence[Draft]) -> Iterator[str]:
    english: Mapping[str, Draft] = {_name_of(d): d for d in drafts if d.language == ENGLISH and _name_of(d)}
    names = {name.text: name for name, _ in source.rows("mirrors")}
    for name, place in names.items():
        if name not in english:
            file = f"flows/words/{ENGLISH}/{TOPIC}.ftl"
            yield source.wrong(place, f"mirror {name!r} has no words; write `{SENTENCE}{name}` in {file}")
    for name, draft in english.items():
        if name not in names:
            advice = f"add {name!r} to `mirrors:` in {source.file} or remove it"
            yield f"{draft.file}:{draft.line}: {draft.key} belongs to no mirror; {advice}"


def _faults_of_draft(draft: Draft, quoting: DenyList) -> Iterator[str]:
    instead = "name the right and ask whether it is like that"
    if places(draft.text):
        yield f"{draft.key} has a place for other words and could quote; {instead}"
    if QUOTES.search(draft.text):
        yield f"{draft.key} holds quotation marks; a mirror never quotes: {instead}"
    for rule, phrase in quoting.found_in(draft.text, draft.language):
        yield f"{draft.key} says {phrase!r}, which points at what they said (rule {rule}); {instead}"
    if draft.asks == "no":
        yield f"{draft.key} is a mirror and has `.asks = no`; ask one question and write `.asks = yes`"


def _name_of(draft: Draft) -> str:
    """Give the name of a mirror sentence; nothing for any other one."""
    topic, _, name = draft.key.partition(".")
    return name.removeprefix(SENTENCE) if topic == TOPIC and name.startswith(SENTENCE) else ""
