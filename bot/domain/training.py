"""Training conversations: an invented person, played from a story, on whom staff learn. Nobody is behind them.

They stand in the queue beside real ones, marked and last; they call nobody, count in no figure, and are gone by
themselves. What tells them apart is their channel, which no messenger has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.domain.codes import Level

CHANNEL: Final = "training"
BOT: Final = "persona"
KEPT_FOR: Final = timedelta(days=7)
LEVELS: Final[Mapping[str, Level]] = {"in_danger": "P1", "child": "P1"}
"""How urgent a persona is; all others are P3."""
TOLD_FIRST: Final = 3
"""So many lines stand there before a counsellor takes over."""


def is_training(channel: str) -> bool:
    """Tell whether a conversation of this channel is for training."""
    return channel == CHANNEL


def level_of(persona: str) -> Level:
    """Give the level at which a persona waits."""
    return LEVELS.get(persona, "P3")


def opening(lines: Sequence[str]) -> Sequence[str]:
    """Give what is told before anybody takes over; at least half of the lines are kept for the talk."""
    return lines[: max(1, min(TOLD_FIRST, len(lines) // 2))]


def reply(lines: Sequence[str], told: int, counsellor_wrote: int, answer: str | None) -> str | None:
    """Give what the persona writes: once for each message of the counsellor, an answer and the next line, if any."""
    if told >= len(opening(lines)) + counsellor_wrote:
        return None
    told_on = lines[told : told + 1]
    return "\n".join([*([] if answer is None else [answer]), *told_on]) or None
