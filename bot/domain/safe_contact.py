"""Whether an outgoing message may leave now (design/conversation.md, *Safe contact*).

Every message passes here, a human's and the bot's, and so do edits, typing and call-back texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

LIVE_FOR: Final = timedelta(minutes=15)
HELD_FOR: Final = timedelta(hours=72)


@dataclass(frozen=True)
class Flags:
    """What forbids every message, whatever the times say (rule 0)."""

    paused: bool = False
    covered: bool = False
    unreachable: bool = False


class Verdict(str, Enum):
    """What to do with a message now."""

    SEND = "send"
    HOLD_PAUSED = "held: the person paused"
    HOLD_COVERED = "held: the screen is changed"
    HOLD_UNREACHABLE = "held: the person cannot be reached"
    HOLD_UNTIL_THEY_WRITE = "held: until they write"
    EXPIRED = "expired"

    @property
    def sends(self) -> bool:
        """The message leaves now."""
        return self is Verdict.SEND


def may_send(now: datetime, flags: Flags, last_inbound: datetime | None, queued_at: datetime) -> Verdict:
    """Decide on one message that was queued at `queued_at`.

    Rule 0 forbids, rule 1 lets live answers through, rule 3 holds the rest; after 72 h a held message expires.
    A clock that went backwards counts as live: the person did write.
    """
    if now - queued_at >= HELD_FOR:
        return Verdict.EXPIRED
    if flags.paused:
        return Verdict.HOLD_PAUSED
    if flags.covered:
        return Verdict.HOLD_COVERED
    if flags.unreachable:
        return Verdict.HOLD_UNREACHABLE
    if last_inbound is not None and now - last_inbound < LIVE_FOR:
        return Verdict.SEND
    return Verdict.HOLD_UNTIL_THEY_WRITE
