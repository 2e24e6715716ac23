"""Checks what the screen turns into, and the words that lead there and back (rules S5, S9; own words)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.domain.codes import LANGUAGES
from bot.domain.cover import problem_of_word
from bot.domain.folding import fold
from bot.domain.themes import FEWEST, THEMES
from bot.domain.wording import DenyList, Draft, Flows
from bot.services.checks.material import Listing, Source, Table, text_of, unknown_fields

FOLDER: Final = "flows/themes"
COMMON: Final = "flows/common.yml"
PHRASE: Final = "cover.phrase"
FIELDS: Final = ("title", "text", "answer")
LONGEST: Final = 600
"""Characters: a piece is read on a small phone."""


def check_themes(themes: Sequence[Source], common: Source | None, flows: Flows) -> list[str]:
    """List what is wrong with the themes and with the phrase that ends them."""
    found: list[str] = []
    for source in themes:
        name = source.file.removeprefix(f"{FOLDER}/").removesuffix(".yml")
        if name not in THEMES:
            found.append(f"{source.file}:1: is no theme; use one of {', '.join(THEMES)}")
            continue
        found += _faults_of_theme(source, name, flows.deny)
    words = _common_words(common)
    for draft in flows.drafts:
        if draft.key == PHRASE:
            found += _faults_of_phrase(draft, flows, words)
    return found


def _faults_of_theme(source: Source, name: str, deny: DenyList) -> Iterator[str]:
    rows = source.root.rows if isinstance(source.root, Table) else ()
    there = {language.text for language, _ in rows}
    for code in LANGUAGES:
        if code not in there:
            yield f"{source.file}:1: holds nothing in {code!r}; write {FEWEST[name]} pieces or more"
    for language, pieces in rows:
        if language.text not in LANGUAGES:
            yield source.wrong(language, f"{language.text!r} is no language of the bot; remove it")
            continue
        items = pieces.items if isinstance(pieces, Listing) else ()
        if len(items) < FEWEST[name]:
            yield source.wrong(language, f"{language.text!r} has {len(items)} pieces; write {FEWEST[name]} or more")
        for piece in items:
            yield from _faults_of_piece(source, piece, language.text, deny)


def _faults_of_piece(source: Source, piece: object, language: str, deny: DenyList) -> Iterator[str]:
    if not isinstance(piece, Table) or not text_of(piece.get("text")):
        yield f"{source.file}:{getattr(piece, 'line', 1)}: is no piece; write `text:` and, if it has one, `title:`"
        return
    yield from unknown_fields(source, piece, FIELDS, "this piece")
    said = " ".join(text_of(piece.get(field)) for field in FIELDS)
    if len(said) > LONGEST:
        yield source.wrong(piece, f"this piece has {len(said)} characters, {LONGEST} are the most; shorten it")
    for rule, phrase in deny.found_in(said, language):
        yield source.wrong(piece, f"this piece says {phrase!r}, which rule {rule} forbids; a theme tells nothing (S9)")


def _faults_of_phrase(draft: Draft, flows: Flows, common: Mapping[str, int]) -> Iterator[str]:
    """The phrase that is said must be one that works, and none that anybody types by chance."""
    folded = fold(draft.text)
    ways = {fold(word): way for way, kinds in flows.escape.items() for words in kinds.values() for word in words}
    # Where the file of exact words cannot be read, that is its own finding, and says all.
    if ways and ways.get(folded) != "way_back":
        yield (
            f"{draft.file}:{draft.line}: {PHRASE} is not among `way_back` of flows/escape.yml; write it there too, "
            "or nobody comes back by it"
        )
    others = {word for word, way in ways.items() if way != "way_back"} | common.keys()
    if problem_of_word(folded, others):
        yield f"{draft.file}:{draft.line}: {PHRASE} is short, or anybody may type it; choose a stranger phrase"


def _common_words(common: Source | None) -> dict[str, int]:
    """Give each common word, folded, with its line."""
    return {
        fold(word.text): word.line
        for _, kinds in (common.root.rows if common is not None and isinstance(common.root, Table) else ())
        for _, words in (kinds.rows if isinstance(kinds, Table) else ())
        for word in (words.items if isinstance(words, Listing) else ())
        if hasattr(word, "text")
    }
