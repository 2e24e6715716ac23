"""Which move a turn asks for: the intent that the rules in `flows/rules` answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.domain.case import Case
from bot.domain.opening import is_return

URGENT: Final = "urgent"
MAYBE_URGENT: Final = "maybe_urgent"
START: Final = "start"
WELCOME_BACK: Final = "welcome_back"
WAITING: Final = "waiting"
TELL: Final = "tell"


def choose_intent(case: Case, read: Sequence[str], *, started: bool) -> str:
    """Give the one intent of a turn: danger first, then the opening, then what was pressed or said.

    `read` holds the intents of the burst's messages, oldest first; `started` is true when one of them is `/start`.
    """
    if case.urgency != "none" and not case.safety_declined:
        return URGENT
    if is_return(case):
        return WELCOME_BACK
    if started or not case.opened:
        return START
    if case.pressed is not None:
        return str(case.pressed)
    return _by_words(case, read)


def _by_words(case: Case, read: Sequence[str]) -> str:
    if case.urgency_maybe != "none" and not case.safety_declined:
        return MAYBE_URGENT
    if case.state in ("QUEUED", "RESERVED"):
        return WAITING
    if case.heard:
        return TELL
    return next((intent for intent in reversed(read) if intent != TELL), TELL)
