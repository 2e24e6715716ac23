"""Checks recordings of sentences: `flows/voice/<language>/<topic>.<message>.ogg`, each bound to its wording."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from bot.domain.codes import LANGUAGES
from bot.domain.recordings import NotPlayable, check_sound, hash_of, may_be_heard
from bot.domain.wording import Draft, places
from bot.services.checks.material import Recorded, Source, Table, text_of
from bot.services.checks.words import ENGLISH

FOLDER: Final = "flows/voice"
HASHES: Final = "hashes.yml"
GUIDE: Final = f"{FOLDER}/README.md"
ENDING: Final = ".ogg"
ENDS: Final = (".", "?", "!")


def check_recordings(recorded: Sequence[Recorded], hashes: Sequence[Source], drafts: Sequence[Draft]) -> list[str]:
    """List what is wrong with recordings, and with the hashes that say for which wording they were made."""
    written = {(draft.language, draft.key): draft for draft in drafts}
    found = [fault for one in recorded for fault in _faults(one, hashes, written)]
    there = {(f"{FOLDER}/{one.language}/{HASHES}", one.key) for one in recorded}
    for source in hashes:
        for key, _ in source.root.rows if isinstance(source.root, Table) else ():
            if (source.file, key.text) not in there:
                advice = f"put {key.text}{ENDING} beside it or remove the line"
                found.append(source.wrong(key, f"{key.text} has no recording; {advice}"))
    return found


def to_record(drafts: Sequence[Draft], labels: Collection[str], language: str, there: Collection[str]) -> list[Draft]:
    """List the sentences of a language that can be heard and are not recorded; `there` are the hashes of the others.

    Words on buttons and the members of lists are left out: only what ends as a sentence does, in English, is one.
    """
    sentences = {one.key for one in drafts if one.language == ENGLISH and one.text.rstrip().endswith(ENDS)} - {*labels}
    return [
        one
        for one in drafts
        if one.language == language
        and one.key in sentences
        and may_be_heard(one.key)
        and not places(one.text)
        and hash_of(one.text) not in there
    ]


def _faults(one: Recorded, hashes: Sequence[Source], written: dict[tuple[str, str], Draft]) -> Iterator[str]:
    if one.language not in LANGUAGES or not one.file.endswith(ENDING):
        yield f"{one.file}:1: is not {FOLDER}/<language>/<topic>.<message>{ENDING}; move, rename or remove it"
        return
    draft = written.get((one.language, one.key))
    if draft is None:
        yield f"{one.file}:1: {one.key} is not among the words; name the recording as its sentence is named"
    elif not may_be_heard(one.key):
        yield f"{one.file}:1: {draft.topic} is never played; remove the recording"
    elif places(draft.text):
        yield f"{one.file}:1: {one.key} has places that are filled in, so no recording says the same; remove it"
    else:
        yield from _faults_of_hash(one, draft, hashes)
    try:
        check_sound(one.sound)
    except NotPlayable as fault:
        yield f"{one.file}:1: {fault}"


def _faults_of_hash(one: Recorded, draft: Draft, hashes: Sequence[Source]) -> Iterator[str]:
    file = f"{FOLDER}/{one.language}/{HASHES}"
    source = next((each for each in hashes if each.file == file), None)
    root = source.root if source is not None else None
    row = root.get(one.key) if isinstance(root, Table) else None
    advice = f"listen to it, and write the line of `saphan recording {one.language} {one.key}` there"
    if source is None or row is None:
        yield f"{file}:1: {one.key} has no hash; {advice}"
    elif text_of(row) != hash_of(draft.text):
        yield source.wrong(row, f"{one.key} was recorded for another wording; record it again, then {advice}")
