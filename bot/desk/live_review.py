"""Closes an open review page at once when the person takes their yes back: what was open is taken off the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final

from litestar import Request
from litestar.response import ServerSentEventMessage

from bot.desk import pages
from bot.desk.live import COME_BACK, LOOK_AGAIN, Asking
from bot.desk.security import at_desk
from bot.domain.codes import ConversationId

GONE: Final = "parts/review_gone.html"


async def follow_review(
    request: Request[Any, Any, Any], conversation: ConversationId
) -> AsyncIterator[ServerSentEventMessage]:
    """Say nothing while the page may stay, and that it is over when it may not."""
    services, session = at_desk(request)
    topic = f"conversation:{conversation}"
    asking = Asking(services.clock)
    while True:
        seen = services.signals.count(topic)
        if not await services.sessions.lives(session):
            break
        if not await services.reviews.still_open(session, conversation):
            break
        for question in asking.questions():
            yield question
        yield ServerSentEventMessage(data=None, comment="still here", retry=COME_BACK)
        await services.signals.changed(topic, seen, asking.patience(LOOK_AGAIN))
    yield ServerSentEventMessage(pages.render(request, GONE, {}), event="gone")
