"""Wakes who waits within this process: several machines use PostgreSQL's LISTEN/NOTIFY instead."""

from __future__ import annotations

import asyncio
from collections import defaultdict


class LocalSignals:
    """Body of `Signals` on one event loop; only code of that loop may call it.

    Counts only grow, so whoever gives the count they saw misses nothing that was published since.
    """

    def __init__(self) -> None:
        """Start with nothing published."""
        self._counts: dict[str, int] = {}
        self._waiting: defaultdict[str, set[asyncio.Future[None]]] = defaultdict(set)

    def publish(self, topic: str) -> None:
        """Wake all who wait for the topic."""
        self._counts[topic] = self.count(topic) + 1
        for waiter in self._waiting.pop(topic, ()):
            if not waiter.done():
                waiter.set_result(None)

    def count(self, topic: str) -> int:
        """Give how often the topic was published."""
        return self._counts.get(topic, 0)

    async def changed(self, topic: str, seen: int, timeout: float) -> int:
        """Return the count as soon as it differs from `seen`, or after `timeout` seconds."""
        if self.count(topic) != seen:
            return self.count(topic)
        waiter = asyncio.get_running_loop().create_future()
        self._waiting[topic].add(waiter)
        try:
            await asyncio.wait({waiter}, timeout=timeout)
        finally:
            self._forget(topic, waiter)
        return self.count(topic)

    def _forget(self, topic: str, waiter: asyncio.Future[None]) -> None:
        waiter.cancel()
        others = self._waiting.get(topic)
        if others is not None:
            others.discard(waiter)
            if not others:
                del self._waiting[topic]
