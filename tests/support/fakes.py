"""In-memory bodies of the ports, for tests. A fake keeps the port's promises; it never pretends more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.domain import remembering
from bot.domain.case import case_from_json
from bot.domain.effects import REMEMBER
from bot.domain.listening import hear
from bot.domain.opening import welcome, welcome_back
from bot.domain.reply import Reply, Say
from bot.errors import EngineFailure
from bot.services.ports import Indicator, Outgoing, Reading, Transaction, TurnAnswer

NOON = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)


class MovableClock:
    """A clock that tests move."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def pass_(self, **gap: float) -> None:
        """Let time pass: `clock.pass_(minutes=16)`."""
        self._now += timedelta(**gap)


def a_reading(*codes: str, **more: Any) -> Reading:
    """Give what the engine would understand of an English message that says these codes."""
    found = tuple(Indicator(code, 0.9, 0, 1) for code in codes)
    fields: dict[str, Any] = {
        "language": "en",
        "script": "Latn",
        "zawgyi": 0.0,
        "intent": "tell",
        "intent_confidence": 0.9,
        "indicators": found,
        "urgency": "none",
        "urgency_maybe": "none",
    }
    return Reading(**{**fields, **more})


def answer_by_domain(intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
    """Answer openings and tellings with the real rules; anything else with a plain sentence."""
    made = case_from_json(dict(case), dict(dialogue))
    if intent == "start":
        reply = welcome(made)
    elif intent == "welcome_back":
        reply = welcome_back(made)
    elif intent == "tell":
        reply = hear(made)
    elif intent in remembering.DAYS:
        reply = remembering.answer(made, intent)
    else:
        reply = Reply((Say("listening.go-on"),))
    said = [*dialogue.get("said", []), *(e.value for e in reply.effects if e.kind == REMEMBER)]
    effects = tuple(e for e in reply.effects if e.kind != REMEMBER)
    return TurnAnswer(Reply(reply.say, effects), {"said": said[-12:]})


@dataclass
class FakeEngine:
    """An engine whose answers tests set. Texts that are not in `readings` are read as a plain telling."""

    readings: dict[str, Reading] = field(default_factory=dict)
    answer: Callable[[str, Mapping[str, Any], Mapping[str, Any]], TurnAnswer] = answer_by_domain
    is_down: bool = False
    fails_on: set[str] = field(default_factory=set)
    turns_fail: bool = False
    read_texts: list[str] = field(default_factory=list)
    intents: list[str] = field(default_factory=list)
    before_answer: Callable[[], Any] | None = None

    async def read(self, text: str, hints: Mapping[str, Any]) -> Reading:
        if self.is_down or text in self.fails_on:
            raise EngineFailure("down")
        self.read_texts.append(text)
        return self.readings.get(text) or a_reading()

    async def turn(self, turn: str, intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        if self.is_down or self.turns_fail:
            raise EngineFailure("down")
        self.intents.append(intent)
        if self.before_answer is not None:
            await self.before_answer()
        return self.answer(intent, case, dialogue)

    async def is_well(self) -> bool:
        return not self.is_down


@dataclass
class FakeDuty:
    """A roster that tests write: languages that are on duty now, and when the next shifts of each language begin."""

    here: set[str] = field(default_factory=set)
    shifts: dict[str, list[datetime]] = field(default_factory=dict)

    async def languages_now(self, tx: Transaction) -> frozenset[str]:
        return frozenset(self.here)

    async def next_shift(self, tx: Transaction, language: str, after: datetime) -> datetime | None:
        return min((begin for begin in self.shifts.get(language, []) if begin > after), default=None)


class FakeMessenger:
    """A messenger that keeps what it was given. `failures` are raised first, one a call."""

    def __init__(self, channel: str = "telegram", bot: str = "1") -> None:
        self.channel = channel
        self.bot = bot
        self.sent: list[tuple[str, Outgoing]] = []
        self.retired: list[tuple[str, str]] = []
        self.failures: dict[str, list[Exception]] = {}
        self.files: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.file_failures: list[Exception] = []
        self.arrived = asyncio.Event()
        self.taken_off: list[str] = []
        self.too_old: set[str] = set()

    async def send(self, chat: str, message: Outgoing) -> str:
        waiting = self.failures.get(chat)
        if waiting:
            raise waiting.pop(0)
        self.sent.append((chat, message))
        self.arrived.set()
        return str(len(self.sent))

    async def retire_buttons(self, chat: str, remote: str) -> None:
        self.retired.append((chat, remote))

    async def fetch(self, name: str) -> bytes:
        if self.file_failures:
            raise self.file_failures.pop(0)
        self.fetched.append(name)
        return self.files.get(name, b"what was sent")

    async def take_off(self, chat: str, remotes: Sequence[str]) -> None:
        """Take many off at once; what is too old is passed over."""
        self.taken_off += [remote for remote in remotes if remote not in self.too_old]

    async def take_one_off(self, chat: str, remote: str) -> bool:
        """Take one off, unless it is too old or the chat's failures say otherwise."""
        waiting = self.failures.get(chat)
        if waiting:
            raise waiting.pop(0)
        self.taken_off += [] if remote in self.too_old else [remote]
        return remote not in self.too_old

    def texts(self, chat: str) -> list[str]:
        """Give what one person was sent, in order."""
        return [message.text for to, message in self.sent if to == chat]
