"""Whether an outgoing message may leave now (design/conversation.md, *Safe contact*; rules S8, P6).

Every message passes here, a human's and the bot's, and so do edits, typing and call-back texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from bot.domain.plan import Plan, is_open

LIVE_FOR: Final = timedelta(minutes=15)
HELD_FOR: Final = timedelta(hours=72)


@dataclass(frozen=True)
class Flags:
    """What forbids every message, whatever the times say (rule 0)."""

    paused: bool = False
    covered: bool = False
    unreachable: bool = False


class Kind(str, Enum):
    """What a message is, as far as its leaving depends on it."""

    WORDS = "words"
    """Anything the bot or a human says of the talk, and every edit or sign of typing that belongs to it."""
    KNOCK = "knock"
    """One neutral line of the person's theme that asks for nothing."""
    THEME = "theme"
    """A line of the theme while the screen is changed."""
    LAST_WORDS = "last_words"
    """The answer to "stop", and what is said when everything was erased: at once or not at all."""


@dataclass(frozen=True)
class OnItsWay:
    """One message that wants to leave."""

    kind: Kind
    queued_at: datetime


class Verdict(str, Enum):
    """What to do with a message now."""

    SEND = "send"
    KNOCK_FIRST = "held: until they answer the knock"
    HOLD_KNOCKED = "held: until they write again"
    HOLD_PAUSED = "held: the person paused"
    HOLD_COVERED = "held: the screen is changed"
    HOLD_UNREACHABLE = "held: the person cannot be reached"
    HOLD_OUTSIDE_HOURS = "held: outside safe hours"
    HOLD_UNTIL_THEY_WRITE = "held: until they write"
    NOT_NEEDED = "not needed any more"
    EXPIRED = "expired"

    @property
    def sends(self) -> bool:
        """The message leaves now."""
        return self is Verdict.SEND


def may_send(  # noqa: PLR0911 - one return for each answer of the rules
    now: datetime, flags: Flags, plan: Plan, last_inbound: datetime | None, message: OnItsWay
) -> Verdict:
    """Decide on one message.

    Rule 0 forbids, rule 1 lets live answers through, rule 2 lets a knock through in hours that the person chose, and
    rule 3 holds the rest; after 72 h a held message expires.
    """
    if message.kind is Kind.LAST_WORDS:
        return Verdict.SEND if _near(now, message.queued_at) else Verdict.EXPIRED
    if now - message.queued_at >= HELD_FOR:
        return Verdict.NOT_NEEDED if message.kind in _ONLY_NOW else Verdict.EXPIRED
    if flags.paused:
        return Verdict.HOLD_PAUSED
    if flags.unreachable:
        return Verdict.HOLD_UNREACHABLE
    if message.kind is Kind.THEME:
        return Verdict.SEND if flags.covered and _near(now, message.queued_at) else Verdict.NOT_NEEDED
    if flags.covered:
        return Verdict.HOLD_COVERED
    if message.kind is Kind.KNOCK:
        return _knock(now, plan, last_inbound)
    if is_live(now, last_inbound):
        return Verdict.SEND
    return _write_first(now, plan, last_inbound)


_ONLY_NOW: Final = frozenset({Kind.KNOCK, Kind.THEME})
"""Nobody is told when one of these does not leave."""


def is_live(now: datetime, last_inbound: datetime | None) -> bool:
    """Tell whether the person wrote in the last quarter of an hour.

    A clock that was set back far makes nothing live: it no longer tells when they wrote.
    """
    return last_inbound is not None and _near(now, last_inbound)


def is_knock_open(plan: Plan, last_inbound: datetime | None) -> bool:
    """Tell whether they were knocked for and have not written since."""
    if plan.knocked_at is None:
        return False
    return last_inbound is None or last_inbound < plan.knocked_at


def _near(now: datetime, then: datetime) -> bool:
    return -LIVE_FOR < now - then < LIVE_FOR


def _knock(now: datetime, plan: Plan, last_inbound: datetime | None) -> Verdict:
    if not is_knock_open(plan, last_inbound):
        return Verdict.NOT_NEEDED
    return Verdict.SEND if is_open(plan, now) else Verdict.HOLD_OUTSIDE_HOURS


def _write_first(now: datetime, plan: Plan, last_inbound: datetime | None) -> Verdict:
    if not plan.may_write or (plan.until is not None and now >= plan.until):
        return Verdict.HOLD_UNTIL_THEY_WRITE
    if is_knock_open(plan, last_inbound):
        return Verdict.HOLD_KNOCKED
    return Verdict.KNOCK_FIRST if is_open(plan, now) else Verdict.HOLD_OUTSIDE_HOURS
