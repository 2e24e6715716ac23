"""What was read of the bot's sentences: a review counts for one sentence beside its English, and for no other wording.

Changed text, in either language, loses its review by itself (design/conversation.md, *Words*; rule L15).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from bot.domain.codes import MemberId
from bot.domain.wording import Draft

ENGLISH: Final = "en"


@dataclass(frozen=True)
class WordReview:
    """Somebody who speaks the language read a sentence and says that it is right."""

    sentence: str
    """`sentence_hash` of what they read."""
    language: str
    key: str
    by: MemberId
    at: datetime


@dataclass(frozen=True)
class Wording:
    """Another sentence than the file's, as the desk proposed it; said once somebody else put it in use."""

    language: str
    key: str
    text: str
    base: str
    """`sentence_hash` of the file's sentence in whose place it stands."""
    by: MemberId
    at: datetime
    used_by: MemberId | None = None
    used_at: datetime | None = None

    @property
    def in_use(self) -> bool:
        """The bot says it."""
        return self.used_at is not None


@lru_cache(maxsize=1 << 14)
def sentence_hash(language: str, key: str, text: str, english: str) -> str:
    """Give the hash that a review is bound to; how lines are broken in the file does not count."""
    parts = (language, key, " ".join(text.split()), " ".join(english.split()))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def with_wordings(drafts: Iterable[Draft], wordings: Iterable[Wording]) -> tuple[Draft, ...]:
    """Give the sentences as the bot says them: the file's, with wordings in use in their place."""
    used = {(it.language, it.key): it.text for it in wordings if it.in_use}
    if not used:
        return tuple(drafts)
    return tuple(replace(it, text=used[it.language, it.key]) if (it.language, it.key) in used else it for it in drafts)


@dataclass(frozen=True)
class Sentence:
    """One sentence as the desk reads it."""

    draft: Draft
    english: str
    hash: str
    readers: tuple[MemberId, ...]
    """Who signed exactly this."""

    @property
    def reviewed(self) -> bool:
        """It is no draft any more."""
        return bool(self.readers)


def sentences(drafts: Sequence[Draft], reviews: Iterable[WordReview], language: str) -> tuple[Sentence, ...]:
    """Give the sentences of a language in the order of the files, each with who signed exactly that."""
    return by_language([it for it in drafts if it.language in (ENGLISH, language)], reviews).get(language, ())


def by_language(drafts: Sequence[Draft], reviews: Iterable[WordReview]) -> Mapping[str, tuple[Sentence, ...]]:
    """Give the sentences of every language at once."""
    english = {it.key: it.text for it in drafts if it.language == ENGLISH}
    readers: dict[str, list[MemberId]] = {}
    for review in reviews:
        known = readers.setdefault(review.sentence, [])
        known += [] if review.by in known else [review.by]
    found: dict[str, list[Sentence]] = {}
    for draft in drafts:
        if draft.key in english:
            name = sentence_hash(draft.language, draft.key, draft.text, english[draft.key])
            signed = tuple(readers.get(name, ()))
            found.setdefault(draft.language, []).append(Sentence(draft, english[draft.key], name, signed))
    return {language: tuple(those) for language, those in found.items()}
