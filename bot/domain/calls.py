"""When the next of the chain is called for an alert that nobody answered, and when it counts as missed (pure)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

ANSWER_WITHIN: Final[dict[str, timedelta]] = {
    "P0": timedelta(seconds=60),
    "P1": timedelta(minutes=5),
    "P2": timedelta(hours=4),
    "P3": timedelta(hours=24),
    "P4": timedelta(hours=24),
}
"""How long one who was called has to answer, before the next is called."""
FOR_SUPERVISORS: Final = frozenset(
    {
        "access_lapsed",
        "access_refused",
        "promise_due",
        "promise_broken",
        "promise_broken_twice",
        "complaint",
        "counsellor_away",
        "key_recovered",
        "engine",
        "set_aside",
    }
)
"""Kinds of alerts that supervisors answer."""
INTERPRETER_WANTED: Final = "interpreter_wanted"
"""The kind of alert that is one interpreter's: nobody else is called for it."""
TRY_AGAIN: Final = (timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=2))
"""After each failed delivery of a call; then that way is given up, and the chain goes on."""

Step = Literal["call", "miss", "wait"]


def next_step(level: str, raised: datetime, called: datetime | None, *, somebody_left: bool, now: datetime) -> Step:
    """Tell what an open alert wants now; `called` is when somebody was called last."""
    if called is None and somebody_left:
        return "call"
    if now - (raised if called is None else called) < ANSWER_WITHIN[level]:
        return "wait"
    return "call" if somebody_left else "miss"


def try_again(attempts: int) -> timedelta | None:
    """Give how long a delivery that failed so often waits; None: it is given up."""
    return TRY_AGAIN[attempts - 1] if attempts <= len(TRY_AGAIN) else None
