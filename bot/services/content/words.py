"""Sentences at the desk: read beside the English, signed, worded anew, and languages that are switched off.

A wording is used only when the check of the content files has nothing against it, and when somebody else than its
author, who speaks the language too, put it in use. It counts from the next sentence on, without a restart.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.domain.codes import LANGUAGES, Language
from bot.domain.word_reviews import (
    ENGLISH,
    Sentence,
    Wording,
    WordReview,
    by_language,
    sentence_hash,
    sentences,
    with_wordings,
)
from bot.domain.wording import Draft
from bot.services.home import only_home
from bot.services.ports import Clock, Records, Transaction
from bot.services.records import AuditEntry
from bot.services.sign_in import Session
from bot.services.staff import Refused

SWITCHED_OFF: Final = "languages_off"
"""Fact of the installation: languages that it does not speak, with a blank between them; without it the files' own."""
LONGEST_WORDING: Final = 400


class Spoken(Protocol):
    """The words as they are said: the files, with the wordings of the desk above them."""

    def reword(self, wordings: Sequence[tuple[str, str, str]]) -> None:
        """Let these sentences, and no others, stand above the files."""


@dataclass(frozen=True)
class Files:
    """The sentences of the content files, and what the check says of them."""

    drafts: Sequence[Draft]
    wrong_with: Callable[[Sequence[Draft]], Sequence[str]]
    """Lines about what is wrong when these sentences stand in the place of the files'."""
    reviewed: Collection[str] = frozenset()
    """Hashes of sentences whose review travels with the files."""


@dataclass(frozen=True)
class LanguageState:
    """How far a language is."""

    language: str
    sentences: int
    reviewed: int
    proposed: int
    reworded: int
    off: bool


@dataclass(frozen=True)
class SentenceView:
    """One sentence with what was proposed for it."""

    sentence: Sentence
    proposed: Wording | None
    used: Wording | None
    in_files: bool
    """Its review came with the files."""
    outdated: bool = False
    """The file's sentence is another by now than the one that the wording in use stands for."""

    @property
    def reviewed(self) -> bool:
        """It is no draft any more."""
        return self.sentence.reviewed or self.in_files


@dataclass(frozen=True)
class Kept:
    """What the desk keeps of words, as it was read at once."""

    wordings: Sequence[Wording]
    reviews: Sequence[WordReview]
    off: frozenset[str]


class WordBook:
    """Shows the bot's sentences and lets the desk read, sign, word and switch off."""

    def __init__(
        self,
        records: Records,
        clock: Clock,
        spoken: Spoken,
        files: Callable[[], Files],
        shipped_off: Collection[str] = frozenset(),
    ) -> None:
        """`files` reads the content files when somebody first asks; `spoken` is what the bot says from.

        `shipped_off` are the languages that the files switch off.
        """
        self._shipped_off = frozenset(shipped_off)
        self._records = records
        self._clock = clock
        self._spoken = spoken
        self._files = files
        self.off: set[str] = set()
        """Languages that are switched off now; the speaker looks at this very set."""

    async def _needs(self, session: Session, action: str, language: str = "") -> None:
        """A sentence is read by who speaks its language."""
        async with self._records.look() as tx:
            await only_home(tx, session, action)
        if language and language not in session.member.languages:
            raise Refused("speaks")

    async def look(self) -> None:
        """Say what is in use from now on: one of the clock's works, for another process may have changed it."""
        async with self._records.look() as tx:
            wordings = await tx.content.wordings()
            off = await switched_off(tx, self._shipped_off)
            # Within the transaction: of two who change at once, what was kept last is said.
            self._spoken.reword([(it.language, it.key, it.text) for it in wordings if it.in_use])
            self.off.clear()
            self.off.update(off)

    async def languages(self) -> Sequence[LanguageState]:
        """Give how far each language is."""
        files, kept = await self._read()
        drafts = with_wordings(files.drafts, kept.wordings)
        found = by_language(drafts, kept.reviews)
        return [self._state(files, kept, found.get(code, ()), code) for code in LANGUAGES]

    def topics(self, drafts: Sequence[Draft]) -> Sequence[str]:
        """Give the topics in the order of the English files."""
        return list(dict.fromkeys(it.topic for it in drafts if it.language == ENGLISH))

    async def topic(self, language: str, topic: str) -> tuple[Sequence[str], Sequence[SentenceView]]:
        """Give all topics, and the sentences of one in a language; none for what is not there."""
        files, kept = await self._read()
        drafts = with_wordings(files.drafts, kept.wordings)
        by_key = {(it.key, it.in_use): it for it in kept.wordings if it.language == language}
        shipped = {it.draft.key: it.hash for it in sentences(files.drafts, (), language)}
        seen = []
        for it in sentences(drafts, kept.reviews, language):
            if it.draft.topic == topic:
                key = it.draft.key
                proposed, used = by_key.get((key, False)), by_key.get((key, True))
                is_old = used is not None and used.base != shipped[key]
                seen.append(SentenceView(it, proposed, used, it.hash in files.reviewed, is_old))
        return self.topics(files.drafts), seen

    async def sign(self, session: Session, language: str, seen: Mapping[str, str]) -> None:
        """Sign that sentences (key and hash, as they were on the page) are right in a language one speaks.

        Raises Refused: `role`, `speaks`, `words_changed`, `nothing_open`.
        """
        await self._needs(session, "words.review", language)
        if not seen:
            raise Refused("nothing_open")
        files = await self._load()
        now = self._clock.now()
        async with self._records.begin() as tx:
            kept = await self._kept(tx)
            found = sentences(with_wordings(files.drafts, kept.wordings), kept.reviews, language)
            hashes = {it.draft.key: it.hash for it in found}
            if any(hashes.get(key) != name for key, name in seen.items()):
                raise Refused("words_changed")
            me = session.member.id
            await tx.content.sign_words([WordReview(name, language, key, me, now) for key, name in seen.items()])
            detail = {"language": language, "count": str(len(seen))}
            await tx.casework.add_audit(AuditEntry(now, me, "words_signed", detail=detail))

    async def propose(self, session: Session, language: str, key: str, text: str) -> Sequence[str]:
        """Propose another wording; gives what the check finds wrong, and then nothing is kept.

        Raises Refused: `role`, `speaks`, `words_changed`, `words_same`.
        """
        await self._needs(session, "words.review", language)
        files = await self._load()
        text = " ".join(text.split())
        draft = _draft(files, language, key)
        wrong = await asyncio.to_thread(self._wrong, files, replace(draft, text=text))
        if wrong:
            return wrong
        now = self._clock.now()
        async with self._records.begin() as tx:
            kept = await self._kept(tx)
            said = next(it for it in with_wordings([draft], kept.wordings))
            if " ".join(said.text.split()) == text:
                raise Refused("words_same")
            wording = Wording(language, key, text, _hash_of(files, draft), session.member.id, now)
            await tx.content.set_wording(wording)
            detail = {"language": language, "key": key}
            await tx.casework.add_audit(AuditEntry(now, session.member.id, "wording_proposed", detail=detail))
        return []

    async def use(self, session: Session, language: str, key: str, text: str) -> Sequence[str]:
        """Put the proposed wording in use, as it was on the page; it is signed by that.

        Gives what the check finds wrong by now. Raises Refused: `role`, `speaks`, `words_changed`, `words_own`.
        """
        await self._needs(session, "words.review", language)
        files = await self._load()
        draft = _draft(files, language, key)
        wrong = await asyncio.to_thread(self._wrong, files, replace(draft, text=text))
        if wrong:
            return wrong
        now, me = self._clock.now(), session.member.id
        async with self._records.begin() as tx:
            kept = await self._kept(tx)
            same = (it for it in kept.wordings if (it.language, it.key, it.in_use) == (language, key, False))
            proposed = next(same, None)
            if proposed is None or proposed.text != text:
                raise Refused("words_changed")
            if proposed.by == me:
                raise Refused("words_own")
            await tx.content.drop_wording(language, key, in_use=False)
            used = replace(proposed, used_by=me, used_at=now)
            await tx.content.set_wording(used)
            english = next(it for it in with_wordings(files.drafts, [*kept.wordings, used]) if _is(it, ENGLISH, key))
            name = sentence_hash(language, key, text, english.text)
            signed = [WordReview(name, language, key, who, now) for who in (me, proposed.by)]
            await tx.content.sign_words(signed)
            detail = {"language": language, "key": key}
            await tx.casework.add_audit(AuditEntry(now, me, "wording_used", detail=detail))
        await self.look()
        return []

    async def drop(self, session: Session, language: str, key: str, *, in_use: bool) -> None:
        """Take a wording away: the file's sentence is said again, or what was proposed is let go."""
        await self._needs(session, "words.review", language)
        async with self._records.begin() as tx:
            await tx.content.drop_wording(language, key, in_use=in_use)
            detail = {"language": language, "key": key}
            entry = AuditEntry(self._clock.now(), session.member.id, "wording_dropped", detail=detail)
            await tx.casework.add_audit(entry)
        await self.look()

    async def switch(self, session: Session, language: str, *, on: bool) -> None:
        """Switch a language off, or on again. Raises Refused: `role`, `language_stays`."""
        await self._needs(session, "words.switch")
        if language not in LANGUAGES or (language == ENGLISH and not on):
            raise Refused("language_stays")
        now = self._clock.now()
        async with self._records.begin() as tx:
            off = set(await switched_off(tx, self._shipped_off))
            off = off - {language} if on else off | {language}
            await tx.casework.set_fact(SWITCHED_OFF, " ".join(code for code in LANGUAGES if code in off))
            detail = {"language": language}
            if on:
                await tx.casework.add_audit(AuditEntry(now, session.member.id, "language_on", detail=detail))
            else:
                await tx.casework.add_audit(AuditEntry(now, session.member.id, "language_off", detail=detail))
        await self.look()

    async def reviewed_languages(self, tx: Transaction) -> frozenset[Language]:
        """Give the languages of which no sentence is a draft."""
        files = await self._load()
        kept = await self._kept(tx)
        drafts = with_wordings(files.drafts, kept.wordings)
        found = by_language(drafts, kept.reviews)
        states = [self._state(files, kept, found.get(code, ()), code) for code in LANGUAGES]
        return frozenset(
            code for code, it in zip(LANGUAGES, states, strict=True) if it.sentences and it.reviewed == it.sentences
        )

    def _state(self, files: Files, kept: Kept, found: Sequence[Sentence], code: str) -> LanguageState:
        of = [it for it in kept.wordings if it.language == code]
        return LanguageState(
            language=code,
            sentences=len(found),
            reviewed=sum(1 for it in found if it.reviewed or it.hash in files.reviewed),
            proposed=sum(1 for it in of if not it.in_use),
            reworded=sum(1 for it in of if it.in_use),
            off=code in kept.off,
        )

    def _wrong(self, files: Files, draft: Draft) -> Sequence[str]:
        """Give what the check finds wrong with one sentence, without the place in a file."""
        if len(draft.text) > LONGEST_WORDING:
            return [f"{draft.key} is longer than {LONGEST_WORDING} characters; shorten it"]
        rest = [it for it in files.drafts if not _is(it, draft.language, draft.key)]
        return [line.partition(": ")[2] or line for line in files.wrong_with([*rest, draft])]

    async def _kept(self, tx: Transaction) -> Kept:
        off = await switched_off(tx, self._shipped_off)
        return Kept(await tx.content.wordings(), await tx.content.word_reviews(), off)

    async def _load(self) -> Files:
        return await asyncio.to_thread(self._files)

    async def _read(self) -> tuple[Files, Kept]:
        files = await self._load()
        async with self._records.look() as tx:
            return files, await self._kept(tx)


async def switched_off(tx: Transaction, shipped: Collection[str] = ()) -> frozenset[str]:
    """Give the languages that are switched off: the desk's word stands above the files'."""
    said = await tx.casework.fact(SWITCHED_OFF)
    return frozenset(shipped if said is None else said.split())


def _draft(files: Files, language: str, key: str) -> Draft:
    found = next((it for it in files.drafts if _is(it, language, key)), None)
    if found is None:
        raise Refused("words_changed")
    return found


def _is(draft: Draft, language: str, key: str) -> bool:
    return draft.language == language and draft.key == key


def _hash_of(files: Files, draft: Draft) -> str:
    english = next(it.text for it in files.drafts if _is(it, ENGLISH, draft.key))
    return sentence_hash(draft.language, draft.key, draft.text, english)
