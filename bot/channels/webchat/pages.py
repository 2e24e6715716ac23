"""The open pages of the web chat: where a message is handed over, until a page says that it showed it.

That a line took a message proves nothing: a phone that lost its line, or a page that closed in that moment, never
showed it. What no page says it showed stays with the outbox, which hands it over again, under the same number: a page
that had shown it after all shows it once. Everything here is in memory only, and no text stays longer than `KEPT`.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from bot.services.ports import Outgoing

KEPT: Final = 120.0
"""Seconds for which a message that a page without scripts took, and never showed, waits for the next one."""
SHOWN_WITHIN: Final = 10.0
"""Seconds that an open page has to show a message and to say so."""
MOST_IN_DOUBT: Final = 1000
"""Numbers of messages, of all chats, that were handed over and of which no page said that it showed them."""
FIRST_BELOW: Final = 2**32
"""Numbers begin anywhere below: after a restart no page takes a new message for one that it has shown."""
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
    """One message on its way to every open page of a session; the first that showed it settles it."""

    def __init__(self, event: Event, pages: int, when_lost: Callable[[], None] | None = None) -> None:
        self.event = event
        self._when_lost = when_lost
        self.settled: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._pages = pages

    def shown(self) -> bool:
        """Tell whether somebody still waited for that."""
        if not self.settled.done():
            self.settled.set_result(True)
        return not self.settled.cancelled()

    def lost(self) -> None:
        self._pages -= 1
        if not self._pages and not self.settled.done():
            self.settled.set_result(False)
            if self._when_lost is not None:
                self._when_lost()


class Page:
    """One open page. What `next` gave counts as handed over when `shown` is called, or when it says so itself."""

    def __init__(self, token: str, leave: Callable[[Page], None]) -> None:
        """`leave` takes the page off the register."""
        self.token = token
        self._leave = leave
        self._waiting: deque[_Delivery] = deque()
        self._came = asyncio.Event()
        self._current: _Delivery | None = None
        self._sent: dict[int, _Delivery] = {}
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

    def shown(self) -> None:
        """Say that what `next` gave last is on the page."""
        if self._current is not None:
            self._current.shown()
            self._current = None

    def sent(self) -> None:
        """Say that what `next` gave last has left; of a message the page itself says when it shows it."""
        if self._current is not None and isinstance(self._current.event, Shown):
            self._sent[self._current.event.id] = self._current
            self._current = None
        self.shown()

    def says_shown(self, number: int) -> bool:
        """Take the page's word for a message; False where nobody waits for it any more."""
        delivery = self._sent.pop(number, None)
        return delivery is not None and delivery.shown()

    def close(self) -> None:
        """Take no more; what was not shown is lost for this page. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._leave(self)
        for delivery in [*self._waiting, *self._sent.values(), *([self._current] if self._current else [])]:
            delivery.lost()
        self._waiting.clear()
        self._came.set()


@dataclass(frozen=True)
class _Kept:
    until: float
    token: str = field(repr=False)
    shown: Shown = field(repr=False)


class Pages:
    """The register of open pages by session."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._open: dict[str, list[Page]] = {}
        self._kept: deque[_Kept] = deque()
        self._coming: dict[str, asyncio.Event] = {}
        self._in_doubt: OrderedDict[tuple[str, int], int] = OrderedDict()
        """By session and by a message's hash: the number under which it was handed over before."""
        self._said_late: set[int] = set()
        """Numbers in doubt that a page said it showed, after nobody waited for it any more."""
        self._ids = itertools.count(1 + secrets.randbelow(FIRST_BELOW))

    @contextmanager
    def opened(self, token: str) -> Iterator[Page]:
        """Register a page for as long as the block runs."""
        page = Page(token, self._leave)
        for kept in self._take_kept(token):
            page.put(_Delivery(kept.shown, 1, partial(self._keep, token, kept.shown)))
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
        """Hand a message to the session's pages and give its number; None when no page said that it showed it."""
        if token in self._coming:
            await self._coming[token].wait()
        mark = (token, hash(message))
        before = self._in_doubt.pop(mark, None)
        if before in self._said_late:
            self._said_late.discard(before)
            return before
        shown = Shown(next(self._ids) if before is None else before, message)
        if message.clears:
            # A page that opens later must not be given what was taken off the screen.
            self._kept = deque(kept for kept in self._kept if kept.token != token)
        if await self._hand_over(token, shown):
            return shown.id
        self._in_doubt[mark] = shown.id
        while len(self._in_doubt) > MOST_IN_DOUBT:
            self._said_late.discard(self._in_doubt.popitem(last=False)[1])
        return None

    def says_shown(self, token: str, number: int) -> None:
        """Take a page's word that it showed a message, also when it comes late."""
        told = [page.says_shown(number) for page in self._open.get(token, [])]
        in_doubt = (before for (whose, _), before in self._in_doubt.items() if whose == token)
        # Numbers are easily guessed: nobody's word counts for another session's message.
        if not any(told) and number in in_doubt:
            self._said_late.add(number)

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
            self._keep(token, one)

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
            async with asyncio.timeout(SHOWN_WITHIN):
                return await delivery.settled
        except TimeoutError:
            # The future is cancelled now, so that no page is sent what the outbox will send again.
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

    def _keep(self, token: str, shown: Shown) -> None:
        self._forget_old()
        self._kept.append(_Kept(self._clock() + KEPT, token, shown))

    def _take_kept(self, token: str) -> list[_Kept]:
        self._forget_old()
        mine = [kept for kept in self._kept if kept.token == token]
        self._kept = deque(kept for kept in self._kept if kept.token != token)
        return mine

    def _forget_old(self) -> None:
        while self._kept and self._kept[0].until <= self._clock():
            self._kept.popleft()
