"""An open conversation, live: each message once and in order, how its delivery goes on, and what turned out heavy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from typing import Final

from litestar.response import ServerSentEventMessage

from bot.desk import pages
from bot.desk.live import COME_BACK, LOOK_AGAIN, AnyRequest, Asking
from bot.desk.security import services_of, session_of
from bot.domain.codes import ConversationId
from bot.domain.ownership import Ownership
from bot.domain.safe_contact import Flags
from bot.services.door import NoSuchConversation
from bot.services.holding import Free
from bot.services.transcript import PAGE, MessageView

LOOK_SOON: Final = 4.0
"""Seconds after which is looked again while a message is on its way."""
BEING_READ: Final = 0.5
"""Seconds for which a new message waits to be read by the engine, so that it comes folded if it is heavy."""
READ_LATE: Final = timedelta(minutes=1)
"""So long a message that came unread may still turn out heavy."""


class TalkPage:
    """One open page. `since` is the first place that could still change when the page was made."""

    def __init__(self, request: AnyRequest, conversation: ConversationId, after: int, since: int) -> None:
        """`after` is the last place that the page shows."""
        self._request = request
        self._services, self._session = services_of(request), session_of(request)
        self._conversation = conversation
        self._topic = f"conversation:{conversation}"
        self._after = after
        self._first = min(since - 1, after) if since else after
        self._told: dict[int, str] = {}
        self._looks: dict[int, tuple[bool, bool]] = {}
        self._stands, self._writes = "", False
        self._how: tuple[Ownership, Flags] | None = None
        self._asked = 0.0
        self._free: Free | None = None

    async def follow(self) -> AsyncIterator[ServerSentEventMessage]:
        """Give what is new until the conversation is not theirs any more, and say that."""
        signals, asking = self._services.signals, Asking(self._services.clock)
        while True:
            seen = signals.count(self._topic)
            if not await self._services.sessions.lives(self._session):
                break
            try:
                for each in self._news(await self._read_new()):
                    yield each
                for each in await self._look_around():
                    yield each
            except NoSuchConversation:
                break
            yield ServerSentEventMessage(data=None, comment="still here")
            for question in asking.questions():
                yield question
            soon = self._first < self._after or self._writes
            await signals.changed(self._topic, seen, asking.patience(LOOK_SOON if soon else LOOK_AGAIN))
        yield self._event("gone", "gone")

    async def _look_around(self) -> list[ServerSentEventMessage]:
        """Give what stands around the messages, where it is not as it was."""
        news, standing = [], await self._standing()
        if standing != self._stands:
            self._stands = standing
            news.append(ServerSentEventMessage(standing, event="standing"))
        if self._services.typing.is_writing(self._conversation) is not self._writes:
            self._writes = not self._writes
            news.append(self._event("typing", "typing", writes=self._writes))
        return news

    def _news(self, messages: Sequence[MessageView]) -> Iterator[ServerSentEventMessage]:
        for message in messages:
            looks = (message.heavy, message.unread)
            if message.seq > self._after:
                self._after = message.seq
                html = pages.render(self._request, "parts/message.html", {"message": message})
                yield ServerSentEventMessage(html, event="message", id=str(message.seq), retry=COME_BACK)
            elif self._looks.get(message.seq, (False, False)) != looks:
                yield self._event("delivery", "message", message=message, again=True)
            elif self._told.get(message.seq, "") != message.delivery:
                yield self._event("delivery", "delivery", message=message)
            self._looks[message.seq] = looks
            self._told[message.seq] = message.delivery
        self._first = min((it.seq - 1 for it in messages[-PAGE:] if self._may_change(it)), default=self._after)

    def _may_change(self, message: MessageView) -> bool:
        is_read_late = message.unread and self._services.clock.now() - message.at < READ_LATE
        return is_read_late or (message.author != "person" and not message.is_final)

    async def _read_new(self) -> list[MessageView]:
        """Read on; a new message that the engine has not read yet is waited for, but only for a moment."""
        loop, signals = asyncio.get_running_loop(), self._services.signals
        until = loop.time() + BEING_READ
        while True:
            seen = signals.count(self._topic)
            messages = await self._read_on()
            patience = until - loop.time()
            if patience <= 0 or not any(it.unread and it.seq > self._after for it in messages):
                return messages
            await signals.changed(self._topic, seen, patience)

    async def _read_on(self) -> list[MessageView]:
        """Read everything after the first place that may still change."""
        messages: list[MessageView] = []
        first = self._first
        while True:
            page = await self._services.counsel.read_messages(self._session, self._conversation, first)
            messages.extend(page)
            if len(page) < PAGE:
                return messages
            first = page[-1].seq

    async def _standing(self) -> str:
        """Say how the conversation stands: paused, cannot be reached, offered to a colleague, interpreted."""
        found = await self._services.counsel.held(self._session, self._conversation)
        values = {
            "conversation": found,
            "lines": await self._services.interpreters.lines(self._session, self._conversation),
            "free": await self._who_is_free((found.own, found.flags)),
        }
        parts = ("standing", "transfer", "interpreter", "besides")
        return "".join(pages.render(self._request, f"parts/{name}.html", values) for name in parts)

    async def _who_is_free(self, how: tuple[Ownership, Flags]) -> Free:
        """Say to whom it could be handed, and who could interpret: of many messages in a moment it is asked once."""
        now = asyncio.get_running_loop().time()
        if self._free is None or how != self._how or now - self._asked >= LOOK_SOON:
            self._how, self._asked = how, now
            self._free = await self._services.holding.free(self._session, self._conversation)
        return self._free

    def _event(self, event: str, part: str, **values: object) -> ServerSentEventMessage:
        return ServerSentEventMessage(pages.render(self._request, f"parts/{part}.html", values), event=event)
