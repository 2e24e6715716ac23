"""Checks the danger words: `flows/danger.yml`. A word there leads to one soft question, so it must mean one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.domain.codes import LANGUAGES, URGENCIES
from bot.domain.folding import fold
from bot.services.checks.material import Listing, Node, Source, Table, one_of, text_of, texts_of

FILE: Final = "flows/danger.yml"
KINDS: Final = tuple(urgency for urgency in URGENCIES if urgency != "none")
ELSEWHERE: Final = "elsewhere"
"""Words beside which no words together count; a language may do without."""
OR: Final = "|"
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
        if key.text not in (*KINDS, ELSEWHERE):
            yield source.wrong(key, f"{key.text!r} is no danger; {one_of((*KINDS, ELSEWHERE))}")
            continue
        yield from _faults_of_phrases(source, key.text, _alone(listing))
        for rule in _items(listing):
            if isinstance(rule, Listing):
                yield from _faults_of_rule(source, key.text, rule)


def _faults_of_phrases(source: Source, kind: str, listing: Node) -> Iterator[str]:
    phrases, wrong = texts_of(source, listing, f"`{kind}:`")
    yield from wrong
    first: dict[str, str] = {}
    for phrase in phrases:
        folded = " ".join(phrase.text.casefold().split())
        if len(fold(phrase.text)) < SHORTEST:
            yield source.wrong(phrase, f"{phrase.text!r} is too short to mean one thing; write more of it")
        elif folded in first:
            yield source.wrong(phrase, f"{phrase.text!r} stands there already as {first[folded]!r}; take one out")
        first.setdefault(folded, phrase.text)


def _faults_of_rule(source: Source, kind: str, rule: Listing) -> Iterator[str]:
    """Look at words that must stand in one sentence together; one part holds several phrases that films have too."""
    if kind == ELSEWHERE:
        yield source.wrong(rule, f"`{kind}:` holds words, not words together; write them one by one")
        return
    parts, wrong = texts_of(source, rule, "a list of words together")
    yield from wrong
    phrases = [(part, phrase) for part in parts for phrase in text_of(part).split(OR)]
    one_part = len(rule.items) <= 1
    if one_part and len(phrases) <= 1:
        yield source.wrong(
            rule, "one word is not together with any; write `[one | two, three]` or take the brackets off"
        )
    for part, phrase in phrases:
        if not fold(phrase):
            yield source.wrong(part, f"{text_of(part)!r} has nothing on one side of `{OR}`; take the `{OR}` out")
        elif one_part and len(fold(phrase)) < SHORTEST:
            yield source.wrong(part, f"{phrase.strip()!r} is too short to mean one thing; write more of it")


def _alone(listing: Node) -> Node:
    """Give a list without the words that only count together."""
    if not isinstance(listing, Listing):
        return listing
    return Listing(listing.line, tuple(item for item in listing.items if not isinstance(item, Listing)))


def _items(listing: Node) -> tuple[Node, ...]:
    return listing.items if isinstance(listing, Listing) else ()
