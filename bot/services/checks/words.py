"""Checks what the bot can say before anybody reads it: the words files, the ways out and the keys that are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.domain import escape
from bot.domain.codes import LANGUAGES
from bot.domain.folding import fold
from bot.domain.wording import Draft, Flows, WordsByWay, places, problems
from bot.services.checks.material import Source, Table
from bot.services.checks.uses import Use

ENGLISH: Final = "en"
"""The language that decides which keys there are."""
ESCAPE_FILE: Final = "flows/escape.yml"
LABEL_ENDING: Final = "-label"


def check_words(flows: Flows, uses: Sequence[Use], written: Source | None = None) -> list[str]:
    """List everything that is wrong with what the bot can say, and every used key that nobody wrote.

    `written` is the file of exact words with its lines; without it their findings stand on line 1.
    """
    english = {draft.key: draft for draft in flows.drafts if draft.language == ENGLISH}
    labels = labels_among(english, uses)
    unread = frozenset(fault.partition(":")[0] for fault in flows.faults)
    found = _missing(flows.drafts, english, unread)
    for draft in flows.drafts:
        if f"flows/words/{ENGLISH}/{draft.topic}.ftl" in unread:
            continue
        found += [f"{draft.file}:{draft.line}: {fault}" for fault in _faults(draft, english, labels, flows)]
    found += _unknown_uses([use for use in uses if not unread & _files_of(use.key)], english)
    if ESCAPE_FILE not in unread:
        found += _escape_faults(flows.escape, written)
    return found


def labels_among(keys: Iterable[str], uses: Sequence[Use]) -> set[str]:
    """Give the keys that stand on buttons."""
    return {key for key in keys if key.endswith(LABEL_ENDING) or any(u.label and u.means(key) for u in uses)}


def _missing(drafts: tuple[Draft, ...], english: Mapping[str, Draft], unread: frozenset[str]) -> list[str]:
    """List what is written twice or not at all; a file that could not be read is named already."""
    found = []
    written: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        first = written.setdefault((draft.language, draft.key), draft)
        if first is not draft:
            found.append(f"{draft.file}:{draft.line}: {draft.key} stands on line {first.line} already; keep one")
    for language in LANGUAGES:
        folder = f"flows/words/{language}"
        for key, model in english.items():
            file = f"{folder}/{model.topic}.ftl"
            if (language, key) not in written and not unread & {folder, file}:
                found.append(f"{file}:1: {key} is missing; translate it from English")
    return found


def _faults(draft: Draft, english: Mapping[str, Draft], labels: set[str], flows: Flows) -> list[str]:
    found = []
    model = english.get(draft.key)
    if model is None:
        return [f"{draft.key} is not among the English words; write it there first or remove it"]
    if draft.asks not in ("yes", "no"):
        found.append(f"{draft.key} does not say whether it asks; add an indented `.asks = yes` or `.asks = no`")
    elif draft.asks != model.asks:
        found.append(f"{draft.key} has `.asks = {draft.asks}`, English has {model.asks}; make them the same")
    return found + problems(
        draft.key,
        draft.language,
        draft.text,
        places(model.text),
        asks=draft.asks == "yes",
        label=draft.key in labels,
        deny=flows.deny,
    )


def _files_of(key: str) -> set[str]:
    """Name what must be readable before a key can be called unknown."""
    folder = f"flows/words/{ENGLISH}"
    return {folder, f"{folder}/{key.partition('.')[0]}.ftl"}


def _unknown_uses(uses: Sequence[Use], english: Mapping[str, Draft]) -> list[str]:
    return [
        f"{use.file}:{use.line}: says {use.key!r}, which the words files lack; write it or correct the key"
        for use in uses
        if not any(use.means(key) for key in english)
    ]


def _escape_faults(words: WordsByWay, written: Source | None) -> list[str]:
    found = [
        f"{_place(written, way)}: {way!r} has no word in {language!r}; add what people type"
        for way in escape.WAYS
        for language in LANGUAGES
        if not words.get(way, {}).get(language)
    ]
    for name, by_language in words.items():
        if name not in escape.WAYS:
            advice = f"use one of {', '.join(sorted(escape.WAYS))}"
            found.append(f"{_place(written, name)}: {name!r} is no way out; {advice}")
        unknown = sorted(set(by_language) - set(LANGUAGES))
        found += [
            f"{_place(written, name, code)}: {name!r} has the unknown language {code!r}; remove it" for code in unknown
        ]
    return found + _shared_words(words, written)


def _shared_words(words: WordsByWay, written: Source | None) -> list[str]:
    """List every word that is empty once folded, or belongs to two ways out."""
    found = []
    ways: dict[str, str] = {}
    for way, by_language in words.items():
        for language, phrases in by_language.items():
            place = _place(written, way, language)
            for phrase in phrases:
                folded = fold(phrase)
                first = ways.setdefault(folded, way)
                if not folded:
                    found.append(f"{place}: a word of way out {way!r} has no letters; write what people type")
                elif first != way:
                    found.append(f"{place}: {phrase!r} belongs to {first!r} already; give each word to one way out")
    return found


def _place(written: Source | None, way: str, language: str = "") -> str:
    rows = written.root.rows if written is not None and isinstance(written.root, Table) else ()
    for name, by_language in rows:
        if name.text == way:
            codes = by_language.rows if isinstance(by_language, Table) else ()
            return f"{ESCAPE_FILE}:{next((code.line for code, _ in codes if code.text == language), name.line)}"
    return f"{ESCAPE_FILE}:1"
