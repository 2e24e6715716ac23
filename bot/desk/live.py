"""Live pages: what is new, as server-sent events. An open live page keeps its member present and the session awake."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from litestar import Request
from litestar.response import ServerSentEventMessage

from bot.desk import pages
from bot.desk.security import services_of, session_of
from bot.domain.codes import ConversationId
from bot.services.door import NoSuchConversation
from bot.services.transcript import PAGE, MessageView

LOOK_AGAIN: Final = 15.0
"""Seconds after which a page is looked at anew even when nothing was heard; also keeps proxies from hanging up."""
LOOK_SOON: Final = 4.0
"""The same while a message is on its way."""
COME_BACK: Final = 2000
"""Milliseconds after which a browser connects again."""


async def follow_queue(request: Request[Any, Any, Any]) -> AsyncIterator[ServerSentEventMessage]:
    """Give the queue whenever it looks different, until the session ends."""
    services, session = services_of(request), session_of(request)
    shown = ""
    seen = services.signals.count("queue")
    while await services.sessions.touch(session):
        desk = await services.counsel.queue(session)
        offered = await services.transfers.offered(session)
        html = pages.render(request, "parts/queue.html", {"desk": desk, "offered": offered})
        if html != shown:
            yield ServerSentEventMessage(html, event="queue", retry=COME_BACK)
            shown = html
        else:
            yield ServerSentEventMessage(data=None, comment="still here")
        seen = await services.signals.changed("queue", seen, LOOK_AGAIN)
    yield _gone(request)


async def follow_conversation(
    request: Request[Any, Any, Any], conversation: ConversationId, after: int, since: int
) -> AsyncIterator[ServerSentEventMessage]:
    """Give messages after a place, and how the delivery of earlier ones goes on, until it is not theirs any more.

    `since` is the first place whose delivery was not final when the page was made.
    """
    services, session = services_of(request), session_of(request)
    topic = f"conversation:{conversation}"
    told: dict[int, str] = {}
    stands, writes = "", False
    first = min(since - 1, after) if since else after
    while True:
        seen = services.signals.count(topic)
        if not await services.sessions.touch(session):
            break
        try:
            messages = await _read_on(request, conversation, first)
        except NoSuchConversation:
            break
        for message in messages:
            if message.seq > after:
                after = message.seq
                html = pages.render(request, "parts/message.html", {"message": message})
                yield ServerSentEventMessage(html, event="message", id=str(message.seq), retry=COME_BACK)
            elif told.get(message.seq, "") != message.delivery:
                html = pages.render(request, "parts/delivery.html", {"message": message})
                yield ServerSentEventMessage(html, event="delivery")
            told[message.seq] = message.delivery
        try:
            standing = await _standing(request, conversation)
        except NoSuchConversation:
            break
        if standing != stands:
            yield ServerSentEventMessage(standing, event="standing")
            stands = standing
        if services.typing.is_writing(conversation) is not writes:
            writes = not writes
            yield ServerSentEventMessage(pages.render(request, "parts/typing.html", {"writes": writes}), event="typing")
        first = _first_open(messages, after)
        yield ServerSentEventMessage(data=None, comment="still here")
        await services.signals.changed(topic, seen, LOOK_SOON if first < after or writes else LOOK_AGAIN)
    yield _gone(request)


async def _standing(request: Request[Any, Any, Any], conversation: ConversationId) -> str:
    """Say how the conversation stands: paused, cannot be reached, offered to a colleague."""
    services, session = services_of(request), session_of(request)
    found = await services.counsel.held(session, conversation)
    colleagues = await services.transfers.colleagues(session, conversation)
    values = {"conversation": found, "colleagues": colleagues}
    return "".join(pages.render(request, f"parts/{name}.html", values) for name in ("standing", "transfer"))


async def _read_on(request: Request[Any, Any, Any], conversation: ConversationId, first: int) -> list[MessageView]:
    """Read everything after a place."""
    services, session = services_of(request), session_of(request)
    messages: list[MessageView] = []
    while True:
        page = await services.counsel.read_messages(session, conversation, first)
        messages.extend(page)
        if len(page) < PAGE:
            return messages
        first = page[-1].seq


def _first_open(messages: Sequence[MessageView], after: int) -> int:
    """Give the place after which something may still change; only the newest are followed."""
    return min((message.seq - 1 for message in messages[-PAGE:] if not message.is_final), default=after)


def _gone(request: Request[Any, Any, Any]) -> ServerSentEventMessage:
    return ServerSentEventMessage(pages.render(request, "parts/gone.html", {}), event="gone")
