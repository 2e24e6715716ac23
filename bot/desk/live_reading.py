"""A conversation that is read and not written in, live: each message once, and when it may be read no more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from litestar.response import ServerSentEventMessage

from bot.desk import pages
from bot.desk.live import COME_BACK, LOOK_AGAIN, AnyRequest, Asking
from bot.desk.security import at_desk
from bot.domain.codes import ConversationId
from bot.services.door import NoSuchConversation
from bot.services.sign_in import Session
from bot.services.transcript import MessageView

Read = Callable[[Session, ConversationId, int], Awaitable[Sequence[MessageView]]]
"""Opens messages after a place; raises NoSuchConversation where they may be read no more."""


async def follow_reading(
    request: AnyRequest,
    conversation: ConversationId,
    after: int,
    last: str,
    read: Read,
    gone: str,
    part: str = "message",
) -> AsyncIterator[ServerSentEventMessage]:
    """Give what is new after a place, or after the `last` event that a browser saw.

    `part` shows a message, `gone` the end. The browser is asked whether it is still there.
    """
    services, session = at_desk(request)
    if last.isascii() and last.isdigit():
        after = max(after, int(last))
    topic, asking = f"conversation:{conversation}", Asking(services.clock)
    while True:
        seen = services.signals.count(topic)
        if not await services.sessions.lives(session):
            break
        try:
            messages = await read(session, conversation, after)
        except NoSuchConversation:
            break
        for message in messages:
            after = message.seq
            html = pages.render(request, f"parts/{part}.html", {"message": message})
            yield ServerSentEventMessage(html, event="message", id=str(after), retry=COME_BACK)
        yield ServerSentEventMessage(data=None, comment="still here")
        for question in asking.questions():
            yield question
        if not messages:
            await services.signals.changed(topic, seen, asking.patience(LOOK_AGAIN))
    yield ServerSentEventMessage(pages.render(request, f"parts/{gone}.html", {}), event="gone")
