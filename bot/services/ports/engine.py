"""What the services need of the engine, which reads and chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.domain.codes import Urgency
from bot.domain.reply import Reply


@dataclass(frozen=True)
class Indicator:
    """One code that a message says, with the smallest span that says it (code points of the text as given)."""

    code: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """What the engine understood of one message."""

    language: str
    script: str
    zawgyi: float
    intent: str
    intent_confidence: float
    indicators: tuple[Indicator, ...]
    urgency: Urgency
    urgency_maybe: Urgency


@dataclass(frozen=True)
class TurnAnswer:
    """What the engine answers to a turn, and the dialogue slots to give back with the next."""

    reply: Reply
    dialogue: Mapping[str, Any] = field(default_factory=dict)


class Engine(Protocol):
    """Reads messages and chooses the bot's next move. Keeps nothing, must not log a text.

    Both calls raise EngineFailure within 4 s when there is no usable answer.
    """

    async def read(self, text: str, hints: Mapping[str, Any]) -> Reading:
        """Read one message; `hints` are `languages`, `zawgyi`, `asked`."""

    async def turn(self, turn: str, intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        """Choose the answer; the same call made twice gives the same answer."""

    async def is_well(self) -> bool:
        """Tell whether the engine answers at all: then a failure is the message's, not the engine's."""
