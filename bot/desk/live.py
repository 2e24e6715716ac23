"""Live pages: what is new, as server-sent events; and whether whoever opened them is still there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Final

from litestar import Request
from litestar.response import ServerSentEventMessage

from bot.desk import pages
from bot.desk.security import at_desk
from bot.domain.presence import ASKED_EVERY
from bot.services.ports import Clock

LOOK_AGAIN: Final = 15.0
"""Seconds after which a page is looked at anew even when nothing was heard; also keeps proxies from hanging up."""
COME_BACK: Final = 2000
"""Milliseconds after which a browser connects again."""
NOT_AT_ONCE: Final = 0.2
EACH_TAKES: Final = 1.0
"""Seconds between two looks of one page: what changes faster is shown together."""
AT_ONCE: Final = 2
"""Pages that look for themselves at the same time. One change of the queue wakes them all, and what a person writes
meanwhile must not wait behind every one of them."""

AnyRequest = Request[Any, Any, Any]
Look = Callable[[], Awaitable[str]]


class Asking:
    """Asks the browser of one open page, again and again, whether it is still there; it answers at `/here`.

    That the line is open proves nothing: a laptop that died leaves it open for minutes. The server asks, because a
    browser slows the clocks of a page that nobody looks at.
    """

    def __init__(self, clock: Clock) -> None:
        """The page was given to its browser a moment ago."""
        self._clock = clock
        self._next = clock.now()

    def questions(self) -> Iterator[ServerSentEventMessage]:
        """Give the question when it is time for it."""
        now = self._clock.now()
        if now >= self._next:
            self._next = now + ASKED_EVERY
            yield ServerSentEventMessage("?", event="here")

    def patience(self, seconds: float) -> float:
        """Give for how long the page may wait before the next question, at most so many seconds."""
        return max(NOT_AT_ONCE, min(seconds, (self._next - self._clock.now()).total_seconds()))


async def follow_part(request: AnyRequest, event: str, look: Look, ended: str) -> AsyncIterator[ServerSentEventMessage]:
    """Give a part of a page whenever it looks different, until the session ends; then tell it by `ended`."""
    services, session = at_desk(request)
    asking, loop, turns = Asking(services.clock), asyncio.get_running_loop(), _turns_of(request)
    shown = ""
    while True:
        seen, looked = services.signals.count("queue"), loop.time()
        async with turns:
            html = await look() if await services.sessions.lives(session) else None
        if html is None:
            break
        if html != shown:
            yield ServerSentEventMessage(html, event=event, retry=COME_BACK)
            shown = html
        else:
            yield ServerSentEventMessage(data=None, comment="still here")
        for question in asking.questions():
            yield question
        await services.signals.changed("queue", seen, asking.patience(LOOK_AGAIN))
        await asyncio.sleep(looked + EACH_TAKES - loop.time())
    yield ServerSentEventMessage(pages.render(request, "parts/gone.html", {}), event=ended)


def _turns_of(request: AnyRequest) -> asyncio.Semaphore:
    """Give the places of those who look, of which there are so many at the whole desk."""
    turns: asyncio.Semaphore = request.app.state.setdefault("turns", asyncio.Semaphore(AT_ONCE))
    return turns


def follow_queue(request: AnyRequest) -> AsyncIterator[ServerSentEventMessage]:
    """Give the queue whenever it looks different."""
    services, session = at_desk(request)

    async def look() -> str:
        desk = await services.counsel.queue(session)
        offered = await services.transfers.offered(session)
        values = {"desk": desk, "offered": offered, "interpreted": await services.interpreters.mine(session)}
        return pages.render(request, "parts/queue.html", values)

    return follow_part(request, "queue", look, "gone")


def follow_urgent(request: AnyRequest) -> AsyncIterator[ServerSentEventMessage]:
    """Give what wants an answer now, whenever it changes."""
    services, session = at_desk(request)

    async def look() -> str:
        return pages.render(request, "parts/urgent.html", {"urgent": await services.alerts.urgent(session)})

    return follow_part(request, "urgent", look, "ended")
