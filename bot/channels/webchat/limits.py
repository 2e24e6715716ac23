"""How much one session, and all new ones together, may send. No address of a person is looked at or kept."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Final

MINUTE: Final = 60.0
MOST_MESSAGES: Final = 20
"""Messages of one session in a minute; ways out are not counted (rule S21)."""
MOST_SESSIONS: Final = 600
"""Sessions that begin to write in one minute, all together."""
SWEEP_AT: Final = 1000
"""Sessions after which those that are quiet are forgotten."""


class Limits:
    """Counts in memory only; a restart begins anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._sessions: dict[str, deque[float]] = {}
        self._begun: deque[float] = deque()

    def may_write(self, token: str) -> bool:
        """Count one message of a session and tell whether it may pass."""
        now = self._clock()
        written = self._sessions.get(token)
        if written is None:
            if not _count(self._begun, now, MOST_SESSIONS):
                return False
            self._sweep(now)
            written = self._sessions[token] = deque()
        return _count(written, now, MOST_MESSAGES)

    def _sweep(self, now: float) -> None:
        if len(self._sessions) < SWEEP_AT:
            return
        quiet = [token for token, times in self._sessions.items() if not times or times[-1] <= now - MINUTE]
        for token in quiet:
            del self._sessions[token]


def _count(times: deque[float], now: float, most: int) -> bool:
    while times and times[0] <= now - MINUTE:
        times.popleft()
    if len(times) >= most:
        return False
    times.append(now)
    return True
