"""Carries messages to open pages: as a stream to a page with scripts, as one waiting answer to a page without."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Request, asgi
from litestar.types import Receive, Scope, Send

from bot.channels.webchat.pages import Event, Page, PageClosed, Retired, Shown, Typing
from bot.channels.webchat.parts import Webchat
from bot.channels.webchat.session import Session, WebRequest, session_of
from bot.errors import SaphanError
from bot.logs import get_logger
from bot.services.ports import Outgoing

logger = get_logger(__name__)

HEARTBEAT: Final = 15.0
"""Seconds; the page's script takes a line that is silent for three of them as cut."""
WAIT_AT_MOST: Final = 4.0
"""Seconds that a page without scripts waits for the first answer: as long as the engine may take."""
MOST_SHOWN: Final = 20
"""Messages on one page without scripts; the next page shows the rest."""
WAKE_AGAIN_AFTER: Final = 1.0
"""Seconds."""
QUIET_AFTER: Final = 2.5
"""Seconds of silence after which a burst without buttons is over: the outbox sends one message a second."""


@asgi("/events", copy_scope=True)
async def stream_events(scope: Scope, receive: Receive, send: Send) -> None:
    """Stream messages to a page until it goes; a request without a session is told not to come again."""
    request: WebRequest = Request(scope, receive, send)
    web: Webchat = request.app.state.web
    session = session_of(request)
    if session is None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    async with _page(web, session, receive) as page:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"retry: 3000\n\n", "more_body": True})
        try:
            while True:
                event = await page.next(HEARTBEAT)
                await send({"type": "http.response.body", "body": _encode(event), "more_body": True})
                page.sent()
        except PageClosed:
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def wait_for_answers(request: WebRequest, web: Webchat, session: Session) -> tuple[Outgoing, ...]:
    """Wait a short while and give what came; a person who left meanwhile gets it on their next page.

    Raises PageClosed when they left.
    """
    shown: list[Shown] = []
    async with _page(web, session, request.receive) as page:
        try:
            while len(shown) < MOST_SHOWN:
                event = await page.next(QUIET_AFTER if shown else WAIT_AT_MOST)
                page.shown()
                if event is None:
                    break
                if isinstance(event, Shown):
                    shown.append(event)
                    # The newest message of the program carries the buttons: nothing comes after it.
                    if event.message.rows:
                        break
        except PageClosed:
            web.pages.leave_for_next(session.token, shown)
            raise
    messages = [one.message for one in shown]
    # What came before the screen changed is not shown together with it.
    first = max((at for at, message in enumerate(messages) if message.clears), default=0)
    return tuple(messages[first:])


@asynccontextmanager
async def _page(web: Webchat, session: Session, receive: Receive) -> AsyncIterator[Page]:
    """Open a page that closes by itself when the person's browser goes."""
    with web.pages.opened(session.token) as page:
        gone = asyncio.create_task(_until_gone(receive))
        gone.add_done_callback(lambda _: page.close())
        waking = asyncio.create_task(_wake(web, session))
        try:
            yield page
        finally:
            for task in (gone, waking):
                task.cancel()
            await asyncio.gather(gone, waking, return_exceptions=True)


async def _wake(web: Webchat, session: Session) -> None:
    """Let what waits for this page be tried at once.

    Twice: a delivery that found no page just before this one opened may be written down only after the first time.
    """
    try:
        await web.wake(session.address)
        await asyncio.sleep(WAKE_AGAIN_AFTER)
        await web.wake(session.address)
    except SaphanError as fault:
        logger.warning("webchat_not_woken", error=fault)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _encode(event: Event | None) -> bytes:
    if event is None:
        return b"event: beat\ndata: \n\n"
    if isinstance(event, Typing):
        return b"event: typing\ndata: \n\n"
    if isinstance(event, Retired):
        return f"event: retire\ndata: {event.id}\n\n".encode()
    message = event.message
    data: dict[str, Any] = {"text": message.text, "rows": message.rows}
    data |= {name: True for name in ("clears", "theme") if getattr(message, name)}
    data |= {"recording": message.recording} if message.recording else {}
    return f"id: {event.id}\ndata: {json.dumps(data)}\n\n".encode()
