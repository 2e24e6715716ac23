"""Checks the danger words: `flows/danger.yml`. A word there leads to one soft question, so it must mean one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.domain.codes import LANGUAGES, URGENCIES
from bot.domain.folding import fold
from bot.services.checks.material import Node, Source, Table, one_of, texts_of

FILE: Final = "flows/danger.yml"
KINDS: Final = tuple(urgency for urgency in URGENCIES if urgency not in ("none", "child_at_risk"))
SHORTEST: Final = 2
"""Letters of a phrase, as many as the shortest Chinese one has."""


def check_danger(source: Source) -> list[str]:
    """List what is wrong with the danger words."""
    if not isinstance(source.root, Table):
        return [source.wrong(source.root, "holds no languages; write `en:` and its kinds below")]
    found = {key.text for key, _ in source.root.rows}
    faults = [
        f"{source.file}:1: has no words for {language}; add them" for language in LANGUAGES if language not in found
    ]
    for language, kinds in source.root.rows:
        if language.text not in LANGUAGES:
            faults.append(source.wrong(language, f"{language.text!r} is no language of ours; {one_of(LANGUAGES)}"))
        elif not isinstance(kinds, Table):
            faults.append(source.wrong(kinds, f"{language.text} holds no kinds; write `self_harm: [...]` below it"))
        else:
            faults += _faults_of_language(source, language.text, kinds)
    return faults


def _faults_of_language(source: Source, language: str, kinds: Table) -> Iterator[str]:
    there = {key.text for key, _ in kinds.rows}
    for kind in KINDS:
        if kind not in there:
            yield source.wrong(kinds, f"{language} has no words for {kind}; add `{kind}: [...]`")
    for key, listing in kinds.rows:
        if key.text not in KINDS:
            yield source.wrong(key, f"{key.text!r} is no danger with words of its own; {one_of(KINDS)}")
            continue
        yield from _faults_of_phrases(source, key.text, listing)


def _faults_of_phrases(source: Source, kind: str, listing: Node) -> Iterator[str]:
    phrases, wrong = texts_of(source, listing, f"`{kind}:`")
    yield from wrong
    first: dict[str, str] = {}
    for phrase in phrases:
        folded = fold(phrase.text)
        if len(folded) < SHORTEST:
            yield source.wrong(phrase, f"{phrase.text!r} is too short to mean one thing; write more of it")
        elif folded in first:
            yield source.wrong(phrase, f"{phrase.text!r} stands there already as {first[folded]!r}; take one out")
        first.setdefault(folded, phrase.text)
