"""When somebody at the desk counts as there, and since when they are gone (design/handoff.md, *Ownership*; pure).

What is kept is one time: until when they count as there. It lies `PRESENT_FOR` after they were last seen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

PRESENT_FOR: Final = timedelta(minutes=2)
"""Who was not seen for so long is not on duty; who holds a conversation is missed."""
ENDS_HOLD: Final = timedelta(minutes=5)
"""Who was not seen for so long holds nothing any more."""
ASKED_EVERY: Final = timedelta(seconds=10)
"""So often an open page is asked whether its browser is still there."""
SAME_MOMENT: Final = timedelta(seconds=4)
"""Who was seen so lately is not written down as seen anew."""


def seen(present_until: datetime | None, now: datetime) -> datetime | None:
    """Give until when somebody who is seen now counts as there; None: that is known already."""
    until = now + PRESENT_FOR
    return until if present_until is None or until - present_until >= SAME_MOMENT else None


def away_for(present_until: datetime | None, since: datetime, now: datetime) -> timedelta:
    """Give how long somebody who holds a conversation since a time was not seen; signed out counts from its begin."""
    last = since if present_until is None else max(since, present_until - PRESENT_FOR)
    return now - last
