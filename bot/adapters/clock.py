"""The time."""

from __future__ import annotations

from datetime import datetime, timezone


class SystemClock:
    """Body of `Clock`: this machine's time."""

    def now(self) -> datetime:
        """Give the aware time in UTC."""
        return datetime.now(timezone.utc)
