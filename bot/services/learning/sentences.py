"""Learning, safely: a reviewer writes a new sentence with the same meaning as a message, and labels it (D4).

Two yeses of the person are asked for at every step: that reviewers may look (`bot.services.door`), and that sentences
may be written. What is kept holds no case code and nothing of the person's words (`bot.domain.rewording`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.codes import INDICATOR_CODES, LANGUAGES, URGENCIES, CaseCode
from bot.domain.consent import is_learnt_from
from bot.domain.rewording import faults
from bot.errors import CannotOpen
from bot.services.checks.training import personal_detail
from bot.services.door import Door, NoSuchConversation
from bot.services.ports import Transaction
from bot.services.ports.figure_rows import Correction
from bot.services.records import Conversation
from bot.services.sign_in import Session
from bot.services.staff import Refused

PRESSED: Final = "▸"
"""How a button that was pressed is kept: those words are ours."""
MOST: Final = 200
"""So many of the newest messages are shown."""


@dataclass(frozen=True)
class Told:
    """One message as the reviewer reads it beside the form."""

    seq: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class Lesson:
    """What can be learnt from: the messages of a talk."""

    code: str
    language: str
    told: Sequence[Told]


@dataclass(frozen=True)
class School:
    """What the reader learns by now."""

    intents: Sequence[str]
    knows: Mapping[str, Collection[str]]
    """By language: words, and letters in a row, that our own examples hold."""


class Learn:
    """Lets reviewers write sentences for the reader to learn from."""

    def __init__(self, door: Door, school: Callable[[], School]) -> None:
        """`school` reads the examples when somebody first asks."""
        self._door = door
        self._school = school

    async def intents(self) -> Sequence[str]:
        """Give what a sentence can mean."""
        return (await asyncio.to_thread(self._school)).intents

    async def look(self, session: Session, code: str) -> Lesson:
        """Open the messages of a talk. Raises NoSuchConversation without both yeses."""
        async with self._door.records.begin() as tx:
            found, told = await self._told(tx, session, code)
            await self._door.audit(tx, session, found, "conversation_opened", purpose="learn")
        return Lesson(found.code, found.language, told)

    async def keep(self, session: Session, code: str, given: Correction) -> Sequence[str]:
        """Keep a sentence; gives why it cannot be learnt, and then nothing is kept.

        Raises NoSuchConversation, or Refused: `labels`.
        """
        school = await asyncio.to_thread(self._school)
        known_labels = set(given.indicators) <= set(INDICATOR_CODES) and given.urgency in URGENCIES
        if given.language not in LANGUAGES or given.intent not in school.intents or not known_labels:
            raise Refused("labels")
        knows = school.knows.get(given.language, ())
        async with self._door.records.begin() as tx:
            found, told = await self._told(tx, session, code)
            wrong: list[str] = list(faults(given.text, [it.text for it in told], given.language, knows.__contains__))
            wrong += ["detail"] if personal_detail(given.text) else []
            if not wrong:
                await tx.figures.keep_correction(given)
                await self._door.audit(tx, session, found, "sentence_written")
        return wrong

    async def kept(self) -> Sequence[Correction]:
        """Give every sentence that was written, the newest first."""
        async with self._door.records.look() as tx:
            return list(reversed(await tx.figures.corrections()))

    async def drop(self, session: Session, correction: int) -> None:
        """Take a sentence out again."""
        if not session.may("sentences.write"):
            raise Refused("role")
        async with self._door.records.begin() as tx:
            await tx.figures.drop_correction(correction)

    async def _told(self, tx: Transaction, session: Session, code: str) -> tuple[Conversation, list[Told]]:
        by_code = await tx.conversations.by_code(CaseCode(code))
        if by_code is None:
            raise NoSuchConversation
        found = await self._door.enter_review(tx, session, by_code.id)
        may_learn = is_learnt_from(await tx.casework.consents(found.id))
        wrapped = await tx.conversations.wrapped_key(found.id, session.member.organisation)
        if not (may_learn and session.may("sentences.write")) or session.organisation_key is None or wrapped is None:
            raise NoSuchConversation
        messages = [it for it, _, _ in await tx.messages.latest(found.id, MOST) if it.author == "person"]
        vault, key = self._door.vault, session.organisation_key

        def open_all() -> list[Told]:
            private = vault.open_with(key, wrapped)
            opened = []
            for message in messages:
                try:
                    opened.append(Told(message.seq, vault.open_with(private, message.sealed).decode()))
                except (CannotOpen, UnicodeDecodeError):
                    continue
            return [it for it in opened if not it.text.startswith(PRESSED)]

        return found, await asyncio.to_thread(open_all)
