"""In-memory bodies of the ports, for tests. A fake keeps the port's promises; it never pretends more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.domain.case import case_from_json
from bot.domain.effects import REMEMBER
from bot.domain.listening import hear
from bot.domain.opening import welcome, welcome_back
from bot.domain.reply import Reply, Say
from bot.errors import EngineFailure
from bot.services.ports import Indicator, Outgoing, Reading, TurnAnswer

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


class FakeMessenger:
    """A messenger that keeps what it was given. `failures` are raised first, one a call."""

    def __init__(self, channel: str = "telegram", bot: str = "1") -> None:
        self.channel = channel
        self.bot = bot
        self.sent: list[tuple[str, Outgoing]] = []
        self.retired: list[tuple[str, str]] = []
        self.failures: dict[str, list[Exception]] = {}
        self.arrived = asyncio.Event()

    async def send(self, chat: str, message: Outgoing) -> str:
        waiting = self.failures.get(chat)
        if waiting:
            raise waiting.pop(0)
        self.sent.append((chat, message))
        self.arrived.set()
        return str(len(self.sent))

    async def retire_buttons(self, chat: str, remote: str) -> None:
        self.retired.append((chat, remote))

    def texts(self, chat: str) -> list[str]:
        """Give what one person was sent, in order."""
        return [message.text for to, message in self.sent if to == chat]
