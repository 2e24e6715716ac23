"""Whether a talk is kept: a day after the last message it is erased unless the person said "remember" (D3).

Asked once after the first thing told, and once more at the first goodbye if nothing was answered; never a third time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act, Level
from bot.domain.effects import REMEMBER_FOR
from bot.domain.ownership import State
from bot.domain.reply import Button, Effect, Reply, Say

ASK: Final = "weeks.remember"
ANSWERS: Final = (
    Button(Act("remember_30"), "weeks.remember-month"),
    Button(Act("remember_90"), "weeks.remember-months"),
    Button(Act("remember_no"), "weeks.remember-no"),
)
DAYS: Final[dict[str, int]] = {"remember_30": 30, "remember_90": 90, "remember_no": 0}
"""Intent of the answer's button, and for how many days it asks to be remembered."""
MOST_ASKED: Final = 2

KEPT_WITHOUT_ASKING: Final = timedelta(hours=24)
KEPT_AFTER_HANDOFF: Final = timedelta(days=30)
MARK_STOPS_CLOCK_FOR: Final = timedelta(days=7)
"""How long a mark of danger keeps a conversation that nobody asked to keep."""

CLOCK_STANDS: Final = frozenset({State.QUEUED, State.RESERVED, State.PROMISED, State.HELD, State.TRANSFERRING})
MARKED: Final[frozenset[Level]] = frozenset({"P0", "P1"})
_WITH_THE_BOT: Final = ("BOT", "CLOSED")


def is_due(case: Case) -> bool:
    """Tell whether the question belongs here: after the first thing told, and nobody asked it yet."""
    return case.state in _WITH_THE_BOT and case.remember_asked == 0 and _is_open(case)


def is_due_at_goodbye(case: Case) -> bool:
    """Tell whether it belongs to a goodbye: something was told, and it was not answered."""
    return case.state in _WITH_THE_BOT and case.remember_asked < MOST_ASKED and _is_open(case)


def _is_open(case: Case) -> bool:
    told = case.told > 0 or bool(case.heard)
    return told and case.remember_days is None


def ask(case: Case) -> Say:
    """Ask whether to remember; how often it was asked is counted from what is said."""
    return Say(ASK, buttons=ANSWERS)


def answer(case: Case, intent: str) -> Reply:
    """Keep it for so long, or let it go after a day; an intent that is no answer raises KeyError."""
    days = DAYS[intent]
    said = Say("weeks.remembered", {"days": str(days)}) if days else Say("weeks.not-remembered")
    return Reply((said,), (Effect(REMEMBER_FOR, str(days)),))


def prolonged(keep_until: datetime | None, remember_days: int | None, now: datetime) -> datetime | None:
    """Give until when it is kept after a sign of life: each return lets the days begin anew."""
    if not remember_days:
        return keep_until
    anew = now + timedelta(days=remember_days)
    return anew if keep_until is None else max(keep_until, anew)


def may_be_erased(now: datetime, state: State, level: Level, last_seen: datetime, keep_until: datetime | None) -> bool:
    """Tell whether the clock erases a conversation whose last message came at `last_seen`."""
    if now - last_seen < KEPT_WITHOUT_ASKING or (keep_until is not None and now < keep_until):
        return False
    if state in CLOCK_STANDS:
        return False
    return level not in MARKED or now - last_seen >= MARK_STOPS_CLOCK_FOR
