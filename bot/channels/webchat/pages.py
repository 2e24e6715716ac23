"""The open pages of the web chat: where a message is handed over, and what a cut line would have lost.

Everything here is in memory only. A message stays here for at most `KEPT` seconds after it was written, so that a
page whose line broke gets it when it comes back; a page that is opened anew gets nothing of before.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot.services.ports import Outgoing

KEPT: Final = 120.0
"""Seconds for which a written message can be given again to a page whose line was cut."""
WRITE_WITHIN: Final = 10.0
"""Seconds that an open page has to take a message."""
COMES_WITHIN: Final = 3.0
"""Seconds for which a message waits for a page that is on its way: a form was sent, and its answer leads here."""
MOST_PAGES: Final = 5
"""Open pages of one session; the oldest gives way, for a phone leaves dead lines behind."""


class PageClosed(Exception):
    """The person's page is gone, or the server stops."""


@dataclass(frozen=True)
class Shown:
    """One message as a page shows it."""

    id: int
    message: Outgoing


@dataclass(frozen=True)
class Retired:
    """The buttons of an earlier message are to go."""

    id: int


@dataclass(frozen=True)
class Typing:
    """Somebody writes to the person at this moment."""


Event = Shown | Retired | Typing


class _Delivery:
    """One message on its way to every open page of a session; the first that wrote it settles it."""

    def __init__(self, event: Event, pages: int, when_lost: Callable[[], None] | None = None) -> None:
        self.event = event
        self._when_lost = when_lost
        self.settled: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._pages = pages

    def written(self) -> None:
        if not self.settled.done():
            self.settled.set_result(True)

    def lost(self) -> None:
        self._pages -= 1
        if not self._pages and not self.settled.done():
            self.settled.set_result(False)
            if self._when_lost is not None:
                self._when_lost()


class Page:
    """One open page. What `next` gave counts as handed over when `written` is called."""

    def __init__(self, token: str, leave: Callable[[Page], None]) -> None:
        """`leave` takes the page off the register."""
        self.token = token
        self._leave = leave
        self._waiting: deque[_Delivery] = deque()
        self._came = asyncio.Event()
        self._current: _Delivery | None = None
        self._closed = False

    def put(self, delivery: _Delivery) -> None:
        """Queue a message for this page."""
        self._waiting.append(delivery)
        self._came.set()

    async def next(self, seconds: float) -> Event | None:
        """Give what is to be written next, None when nothing came in time; raises PageClosed."""
        try:
            async with asyncio.timeout(seconds):
                while not self._closed:
                    # A cancelled one was withdrawn: the outbox sends it again, and it must not be shown twice.
                    while self._waiting:
                        delivery = self._waiting.popleft()
                        if not delivery.settled.cancelled():
                            self._current = delivery
                            return delivery.event
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            return None
        raise PageClosed

    def written(self) -> None:
        """Say that what `next` gave last has left."""
        if self._current is not None:
            self._current.written()
            self._current = None

    def close(self) -> None:
        """Take no more; what was not written is lost for this page. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._leave(self)
        for delivery in [*self._waiting, *([self._current] if self._current else [])]:
            delivery.lost()
        self._waiting.clear()
        self._came.set()


@dataclass(frozen=True)
class _Kept:
    until: float
    token: str = field(repr=False)
    shown: Shown = field(repr=False)
    unseen: bool


class Pages:
    """The register of open pages by session."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._open: dict[str, list[Page]] = {}
        self._kept: deque[_Kept] = deque()
        self._coming: dict[str, asyncio.Event] = {}
        self._ids = itertools.count(1)

    @contextmanager
    def opened(self, token: str, last: int | None = None) -> Iterator[Page]:
        """Register a page for as long as the block runs; `last` is what it saw before its line was cut."""
        page = Page(token, self._leave)
        for kept in self._take_missed(token, last):
            page.put(self._again(kept))
        others = self._open.setdefault(token, [])
        if len(others) >= MOST_PAGES:
            others[0].close()
        self._open.setdefault(token, []).append(page)
        if token in self._coming:
            self._coming.pop(token).set()
        try:
            yield page
        finally:
            page.close()

    def is_open(self, token: str) -> bool:
        """Tell whether the session has an open page."""
        return token in self._open

    def expect(self, token: str) -> None:
        """A page of this session is on its way: what comes before it waits a moment."""
        coming = self._coming.setdefault(token, asyncio.Event())
        asyncio.get_running_loop().call_later(COMES_WITHIN, self._stop_expecting, token, coming)

    async def deliver(self, token: str, message: Outgoing) -> int | None:
        """Hand a message to the session's pages and give its number; None when no page took it."""
        if token in self._coming:
            await self._coming[token].wait()
        shown = Shown(next(self._ids), message)
        if message.clears:
            # A page that comes back after a cut line must not be given what was taken off the screen.
            self._kept = deque(kept for kept in self._kept if kept.token != token)
        if not await self._hand_over(token, shown):
            return None
        self._keep(token, shown, unseen=False)
        return shown.id

    def retire(self, token: str, number: int) -> None:
        """Tell open pages to take the buttons off a message."""
        self._tell(token, Retired(number))

    def show_typing(self, token: str) -> None:
        """Tell open pages that somebody writes."""
        self._tell(token, Typing())

    def _tell(self, token: str, event: Event) -> None:
        pages = self._open.get(token, [])
        delivery = _Delivery(event, len(pages)) if pages else None
        for page in pages:
            if delivery is not None:
                page.put(delivery)

    def leave_for_next(self, token: str, shown: list[Shown]) -> None:
        """Keep what a page took but never showed: the next one shows it."""
        for one in shown:
            self._keep(token, one, unseen=True)

    def close(self) -> None:
        """End every page: the server stops."""
        for page in [page for pages in self._open.values() for page in pages]:
            page.close()

    async def _hand_over(self, token: str, shown: Shown) -> bool:
        pages = list(self._open.get(token, []))
        if not pages:
            return False
        delivery = _Delivery(shown, len(pages))
        for page in pages:
            page.put(delivery)
        try:
            async with asyncio.timeout(WRITE_WITHIN):
                return await delivery.settled
        except TimeoutError:
            # The future is cancelled now, so that no page writes what the outbox will send again.
            return False

    def _stop_expecting(self, token: str, coming: asyncio.Event) -> None:
        if self._coming.get(token) is coming:
            del self._coming[token]
        coming.set()

    def _leave(self, page: Page) -> None:
        pages = self._open.get(page.token, [])
        if page in pages:
            pages.remove(page)
        if not pages:
            self._open.pop(page.token, None)

    def _keep(self, token: str, shown: Shown, *, unseen: bool) -> None:
        self._forget_old()
        self._kept.append(_Kept(self._clock() + KEPT, token, shown, unseen))

    def _again(self, kept: _Kept) -> _Delivery:
        if not kept.unseen:
            return _Delivery(kept.shown, 1)
        return _Delivery(kept.shown, 1, partial(self._keep, kept.token, kept.shown, unseen=True))

    def _take_missed(self, token: str, last: int | None) -> list[_Kept]:
        self._forget_old()
        missed = [
            kept
            for kept in self._kept
            if kept.token == token and (kept.unseen or (last is not None and kept.shown.id > last))
        ]
        for kept in missed:
            if kept.unseen:
                self._kept.remove(kept)
        return missed

    def _forget_old(self) -> None:
        while self._kept and self._kept[0].until <= self._clock():
            self._kept.popleft()
