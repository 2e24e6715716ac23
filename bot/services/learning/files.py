"""The examples as the reader learns from them, and new sentences in their form."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from bot.domain.codes import LANGUAGES
from bot.domain.rewording import RARE_LETTERS, letters_of, rows_of, words_of
from bot.domain.wording import UNSPACED
from bot.services.checks.material import RASA, Listing, Source, Table, text_of
from bot.services.checks.training import FOLDER, check_training, language_of
from bot.services.learning.sentences import School
from bot.services.ports.figure_rows import Correction

TOPIC: Final = "corrections"


def school_of(training: Iterable[Source]) -> School:
    """Give what our own examples hold: intents, and per language their words, or letters in a row."""
    intents: set[str] = set()
    knows: dict[str, set[str]] = {code: set() for code in LANGUAGES}
    for source in training:
        language = language_of(source.file)
        for block in source.items("nlu"):
            examples = block.get("examples") if isinstance(block, Table) else None
            if not isinstance(block, Table) or not isinstance(examples, Listing):
                continue
            intents.add(text_of(block.get("intent")))
            for example in examples.items:
                text = text_of(example.get("text")) if isinstance(example, Table) else ""
                knows[language].update(words_of(text))
                if language in UNSPACED:
                    knows[language].update("".join(row) for row in rows_of(letters_of(text), RARE_LETTERS))
    return School(tuple(sorted(intents - {""})), knows)


def proposed(corrections: Iterable[Correction], before: Iterable[Source]) -> dict[str, str]:
    """Give the files below `nlu_data` with the sentences that were written, added to those of earlier times."""
    by_language: dict[str, dict[str, list[str]]] = {}
    for source in before:
        if source.file.endswith(f"/{TOPIC}.yml"):
            for block in source.items("nlu"):
                _take(by_language.setdefault(language_of(source.file), {}), block)
    for it in corrections:
        lines = by_language.setdefault(it.language, {}).setdefault(it.intent, [])
        example = _example(it.text, it.indicators, it.urgency)
        lines += [] if example in lines else [example]
    return {f"{FOLDER}/{code}/{TOPIC}.yml": _file(blocks) for code, blocks in by_language.items()}


def wrong_with(
    files: Sequence[Source], training: Sequence[Source], is_intent: Callable[[str], bool]
) -> Collection[str]:
    """List what the check finds wrong with new files among the other examples."""
    names = {it.file for it in files}
    others = [it for it in training if it.file not in names]
    known = set(check_training(others, is_intent, frozenset()))
    return [line for line in check_training([*others, *files], is_intent, frozenset()) if line not in known]


def _take(blocks: dict[str, list[str]], block: object) -> None:
    examples = block.get("examples") if isinstance(block, Table) else None
    if isinstance(block, Table) and isinstance(examples, Listing):
        lines = blocks.setdefault(text_of(block.get("intent")), [])
        for example in examples.items:
            if isinstance(example, Table):
                metadata = example.get("metadata")
                codes, urgency = _labels(metadata)
                lines.append(_example(text_of(example.get("text")), codes, urgency))


def _labels(metadata: object) -> tuple[tuple[str, ...], str]:
    if not isinstance(metadata, Table):
        return (), "none"
    listed = metadata.get("indicators")
    codes = tuple(text_of(it) for it in listed.items) if isinstance(listed, Listing) else ()
    return codes, text_of(metadata.get("urgency")) or "none"


def _example(text: str, indicators: Sequence[str], urgency: str) -> str:
    labels = [f"indicators: [{', '.join(indicators)}]"] if indicators else []
    labels += [f"urgency: {urgency}"] if urgency != "none" else []
    # Double quotes of JSON are double quotes of YAML.
    written = f"      - text: {json.dumps(text, ensure_ascii=False)}\n"
    return written + (f"        metadata: {{{', '.join(labels)}}}\n" if labels else "")


def _file(blocks: dict[str, list[str]]) -> str:
    head = "# Written by reviewers, with the person's yes, never in the person's words (`saphan learn`).\n"
    return f'{head}version: "{RASA}"\n\nnlu:\n' + "".join(
        f"  - intent: {intent}\n    examples:\n{''.join(lines)}" for intent, lines in blocks.items() if lines
    )
