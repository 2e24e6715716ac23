"""Opens what waits for a turn, and has it read: from stored rows to what was pressed, said and understood."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from bot.domain import escape
from bot.domain.case import Case
from bot.domain.codes import LANGUAGES, Act, Urgency
from bot.domain.cover import OWN_WORD, SECOND_WORD
from bot.domain.triage import highest_urgency
from bot.domain.turns import choose_intent
from bot.errors import CannotOpen, EngineFailure
from bot.logs import get_logger
from bot.services.own_words import Given, OwnWords
from bot.services.ports import Engine, Reading, Vault
from bot.services.records import Conversation, InboxKind, InboxRow
from bot.services.talk import Talk

logger = get_logger(__name__)

SURE_OF_LANGUAGE: Final = 20
"""Characters from which one message alone may change the language of the talk."""
HEARD_TWICE: Final = 2


@dataclass(frozen=True)
class Heard:
    """One thing that waits: what kind it is, what it does, and what the engine understood of it."""

    row: InboxRow
    text: str = field(repr=False)
    hint: str
    act: Act | None
    """What a button or an exact word does; None for plain text, and for a button from before."""
    is_way_out: bool
    reading: Reading | None = None
    sent: str = field(default="", repr=False)
    """What came beside text: `place`, or `what:name` by the messenger's own name; nothing of it is here."""
    unread: bool = False
    """The engine could not read it."""
    remote: str = field(default="", repr=False)
    """The messenger's own number of it."""
    word: str = field(default="", repr=False)
    """The keyed hash of a word of their own that they want to set."""
    word_problem: str = ""

    @property
    def kind(self) -> InboxKind:
        """What kind of message it is."""
        return self.row.kind

    @property
    def is_stale_press(self) -> bool:
        """A button that is no longer there was pressed."""
        return self.kind == "press" and self.act is None

    @property
    def wants_reading(self) -> bool:
        """Plain text that nobody read yet."""
        return self.kind == "text" and self.act is None and self.reading is None


class Hearing:
    """Opens inbox rows and reads them on the engine, side by side."""

    def __init__(self, vault: Vault, engine: Engine, words: escape.Words, common: frozenset[str] = frozenset()) -> None:
        """`words` are the exact words of the ways out; `common`, folded, may be no word of a person's own."""
        self._own_words = OwnWords(vault, common | frozenset(words.ways))
        self._vault = vault
        self._engine = engine
        self._words = words

    def open(self, conversation: Conversation, talk: Talk, rows: Sequence[InboxRow]) -> list[Heard]:
        """Open the rows of one conversation, oldest first."""
        return [self._open_one(conversation, talk, row) for row in rows]

    def _open_one(self, conversation: Conversation, talk: Talk, row: InboxRow) -> Heard:
        try:
            data: Mapping[str, Any] = json.loads(self._vault.open(f"inbox:{conversation.id}", row.payload))
        except CannotOpen:
            # Sealed with a key that is no longer ours: nothing of it can be kept, and it must not block the next.
            logger.error("message_not_opened", conversation=conversation.id)
            return Heard(replace(row, kind="other"), "", "", None, is_way_out=False)
        text = str(data["text"])
        act: Act | None = None
        given = Given(None)
        if row.kind == "press":
            act = talk.act_of(text)
        elif row.kind == "text":
            given = self._own_words.look(conversation.id, talk, text)
            way = self._words.way_of(text)
            # A way out works whatever was asked; only a word that is set already comes before it.
            act = given.act if given.act in (OWN_WORD, SECOND_WORD) or way is None else way
        is_way_out = act is not None and escape.is_way_out(act)
        return Heard(
            row,
            text,
            str(data["hint"]),
            act,
            is_way_out=is_way_out,
            sent=str(data.get("sent", "")),
            remote=str(data.get("remote", "")),
            word=given.word,
            word_problem=given.problem,
        )

    async def read(self, heard: Sequence[Heard], talk: Talk) -> list[Heard]:
        """Read every plain text; a message that could not be read comes back as `unread`."""
        return list(await asyncio.gather(*(self._read_one(one, talk) for one in heard)))

    async def _read_one(self, one: Heard, talk: Talk) -> Heard:
        if not one.wants_reading:
            return one
        try:
            return replace(one, reading=await self._engine.read(one.text, talk.hints()))
        except EngineFailure:
            return replace(one, unread=True)


def with_changes(heard: Sequence[Heard]) -> list[Heard]:
    """Take a changed message for a new one: who reads along sees what the person means now."""
    return [replace(one, row=replace(one.row, kind="text")) if one.kind == "edited" else one for one in heard]


@dataclass(frozen=True)
class Understood:
    """What one burst says, all messages together; the highest urgency wins."""

    codes: tuple[str, ...]
    urgency: Urgency
    urgency_maybe: Urgency
    intents: tuple[str, ...]
    talk: Talk
    language: str


def understand(conversation: Conversation, talk: Talk, heard: Sequence[Heard]) -> Understood:
    """Put together what was read; the language follows what they write until they chose one themselves."""
    readings = [one.reading for one in heard if one.reading is not None]
    counts = dict(talk.languages)
    language = conversation.language
    for one in heard:
        if one.reading is None or one.reading.language not in LANGUAGES:
            continue
        spoken = one.reading.language
        counts[spoken] = counts.get(spoken, 0) + 1
        first = conversation.opened_at is None or not talk.languages
        if first or len(one.text) >= SURE_OF_LANGUAGE or counts[spoken] >= HEARD_TWICE:
            language = spoken
    codes = tuple(sorted({i.code for r in readings for i in r.indicators}))
    zawgyi = talk.zawgyi + sum(r.zawgyi for r in readings)
    return Understood(
        codes=codes,
        urgency=highest_urgency(r.urgency for r in readings),
        urgency_maybe=highest_urgency(r.urgency_maybe for r in readings),
        intents=tuple(r.intent for r in readings),
        talk=replace(talk, languages=counts, zawgyi=zawgyi),
        language=conversation.language if conversation.language_chosen else language,
    )


def newest(heard: Sequence[Heard]) -> datetime:
    """Give when the last of them came."""
    return max(one.row.received_at for one in heard)


def first_way(heard: Sequence[Heard]) -> Act | None:
    """Give the way out to obey: the one that comes first among the ways with words, else the newest pressed."""
    acts = [h.act for h in heard if h.is_way_out and h.act is not None]
    worded = [act for act in escape.WAYS if act in acts]
    return worded[0] if worded else (acts[-1] if acts else None)


def wrote(heard: Sequence[Heard]) -> bool:
    """Tell whether they wrote something of their own."""
    return any(h.kind == "text" and not h.is_way_out for h in heard)


def told(heard: Sequence[Heard]) -> int:
    """Count the messages that say a sign."""
    return sum(1 for h in heard if h.reading is not None and h.reading.indicators)


def move_of(case: Case, understood: Understood, heard: Sequence[Heard]) -> str:
    """Name the intent by which the engine is asked for the bot's next move."""
    return choose_intent(case, understood.intents, started=any(one.kind == "start" for one in heard))
