"""Checks what the reader learns from: `nlu_data/<language>/<topic>.yml`. No finding repeats an example."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, URGENCIES
from bot.services.checks.material import (
    Listing,
    Node,
    Source,
    Table,
    Text,
    faults_of_shape,
    one_of,
    text_of,
    texts_of,
    unknown_fields,
    wrong_version,
)

FOLDER: Final = "nlu_data"
INDICATORS: Final = "indicators"
URGENCY: Final = "urgency"

Labels = tuple[str, frozenset[str], str]
"""Intent, indicators and urgency of one example."""

# A person's number, also spelt in Chinese digits; amounts such as 15.000.000 are how people here write money.
_AMOUNT: Final = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?!\.?\d)")
_NUMBER: Final = re.compile(r"(?:[\d〇零一二三四五六七八九幺][\s\-.()/]*){7,}")
_ADDRESS: Final = re.compile(
    r"://|\bwww\.|[\w-]\.[a-z]{2,}/|[a-z0-9-]{2,}\.(?:com|org|net|info|gov|edu|io|app|xyz)\b", re.IGNORECASE
)
_ACCOUNT: Final = re.compile(r"@\w")


def check_training(training: Sequence[Source], is_intent: Callable[[str], bool], unread: Collection[str]) -> list[str]:
    """List what is wrong with the examples; `unread` are files and folders that are found fault with already."""
    faults: list[str] = []
    labelled: dict[str, tuple[Labels, str]] = {}
    read: dict[str, dict[str, str]] = {}
    for source in training:
        language = language_of(source.file)
        faults += wrong_version(source)
        faults += faults_of_shape(source, lists=("nlu",), others=("version",))
        for block in source.items("nlu"):
            faults += _faults_of_block(source, block, is_intent, labelled)
            if isinstance(block, Table) and (name := text_of(block.get("intent"))) and is_intent(name):
                read.setdefault(language, {}).setdefault(name, source.file)
    return faults + _untaught(read, unread)


def language_of(file: str) -> str:
    """Give the folder of `nlu_data` that a file stands in."""
    return file.split("/")[1]


def personal_detail(text: str) -> str:
    """Name what a sentence holds that could lead to somebody; nothing where it holds none."""
    plain = unicodedata.normalize("NFKC", text)
    if _NUMBER.search(_AMOUNT.sub(" ", plain)):
        return "seven digits or more, as a phone number has; take them out, and write an amount with dots"
    if _ACCOUNT.search(plain):
        return "an e-mail address or an @name; take it out"
    return "a link; take it out" if _ADDRESS.search(plain) else ""


def _faults_of_block(
    source: Source, block: Node, is_intent: Callable[[str], bool], labelled: dict[str, tuple[Labels, str]]
) -> Iterator[str]:
    if not isinstance(block, Table):
        yield source.wrong(block, "holds something that is no intent; write `- intent: name` and `examples:`")
        return
    yield from unknown_fields(source, block, ("intent", "examples"), "this intent")
    intent = text_of(block.get("intent"))
    if not intent or not is_intent(intent):
        place = block.get("intent") or block
        yield source.wrong(place, f"intent {intent!r} is not in the domain; add it to flows/domain or correct it")
    examples = block.get("examples")
    if not isinstance(examples, Listing) or not examples.items:
        yield source.wrong(block, f'intent {intent!r} has no list of examples; write `- text: "..."` for each')
        return
    for example in examples.items:
        yield from _faults_of_example(source, example, intent, labelled)


def _faults_of_example(
    source: Source, example: Node, intent: str, labelled: dict[str, tuple[Labels, str]]
) -> Iterator[str]:
    text = text_of(example.get("text")) if isinstance(example, Table) else ""
    if not isinstance(example, Table) or not text:
        yield source.wrong(example, "this example has no text; write `text:` and a sentence in quotes")
        return
    yield from unknown_fields(source, example, ("text", "metadata"), "this example")
    detail = personal_detail(text)
    if detail:
        yield source.wrong(example, f"this example holds {detail}")
    indicators, urgency, faults = _labels(source, example)
    yield from faults
    labels = (intent, indicators, urgency)
    place = f"{source.file}:{example.line}"
    before, there = labelled.setdefault(_plain(text), (labels, place))
    if before != labels:
        yield f"{place}: the same text stands with other labels at {there}; keep one, or label both alike"


def _labels(source: Source, example: Table) -> tuple[frozenset[str], str, list[str]]:
    metadata = example.get("metadata")
    if metadata is None:
        return frozenset(), "none", []
    if not isinstance(metadata, Table):
        return frozenset(), "none", [source.wrong(metadata, "metadata is no table; write `{indicators: [...]}`")]
    faults = list(unknown_fields(source, metadata, (INDICATORS, URGENCY), "metadata"))
    codes, wrong = texts_of(source, metadata.get(INDICATORS), f"`{INDICATORS}:`")
    faults += wrong
    faults += [
        source.wrong(code, f"{code.text!r} is no indicator; {one_of(INDICATOR_CODES)}")
        for code in codes
        if code.text not in INDICATOR_CODES
    ]
    urgency = metadata.get(URGENCY)
    named = urgency.text if isinstance(urgency, Text) else "none" if urgency is None else ""
    if urgency is not None and named not in URGENCIES:
        faults.append(source.wrong(urgency, f"{named!r} is no urgency; {one_of(URGENCIES)}"))
    return frozenset(code.text for code in codes), named, faults


def _untaught(read: dict[str, dict[str, str]], unread: Collection[str]) -> list[str]:
    """List the languages in which nobody taught an intent that is read in another."""
    somewhere: dict[str, str] = {}
    for by_intent in read.values():
        for intent, file in by_intent.items():
            somewhere.setdefault(intent, file.rpartition("/")[2])
    return [
        f"{FOLDER}/{language}/{topic}:1: has no example of intent {intent!r}; write some in this language"
        for language in LANGUAGES
        for intent, topic in somewhere.items()
        if intent not in read.get(language, {})
        and not {f"{FOLDER}/{language}", f"{FOLDER}/{language}/{topic}"} & set(unread)
    ]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
