"""What one turn understood and decided, for whoever tries the bot out: codes and keys, never a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.domain.case import Case
from bot.domain.reply import Reply

AnsweredBy = Literal["way out", "app", "engine"]


@dataclass(frozen=True)
class TurnNote:
    """One turn as it was worked out; whether it was committed is not told."""

    case: Case
    """Everything that the rules saw, with the pace as the turn before left it."""
    read: tuple[str, ...]
    """The intents that the reader gave, oldest first."""
    answered_by: AnsweredBy
    move: str
    """The way out that was obeyed, or the intent whose rule answered; empty where nothing needed either."""
    reply: Reply
    dialogue: Mapping[str, Any]
    """What the turn leaves to remember."""


class Watcher(Protocol):
    """Looks on while turns are worked out. Must not change anything, raise, or keep what it saw beyond its own end."""

    def watch(self, note: TurnNote) -> None:
        """See one turn."""
