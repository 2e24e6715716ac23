"""Fetches what a person sent beside text, after their yes and never before, and readies it to be sealed as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain import attachments
from bot.domain.codes import Act
from bot.domain.reply import Reply
from bot.errors import ChannelFailure
from bot.logs import get_logger
from bot.services.ports import Fetches
from bot.services.records import Conversation

logger = get_logger(__name__)

PLACE: Final = "place"
"""What is said of a sent place instead of its name: a place is never kept."""
PATIENCE: Final = 60.0
"""Seconds in which everything of one answer has to be fetched."""


def to_ask_about(sent: Sequence[str]) -> tuple[str, ...]:
    """Give the names, `what:name`, of that which could be kept."""
    return tuple(name for name in sent if name and name != PLACE)[: attachments.MOST]


class Attachments:
    """Asks the messenger of a conversation's channel."""

    def __init__(self, by_bot: Mapping[tuple[str, str], Fetches]) -> None:
        """`by_bot` holds the messengers that can fetch, by channel and bot."""
        self._by_bot = by_bot

    async def answer(
        self, act: Act, conversation: Conversation, sent: Sequence[str]
    ) -> tuple[Reply, tuple[bytes, ...]]:
        """Answer the press, and give what was fetched: all of it or nothing."""
        if act != attachments.KEEP:
            return attachments.let_go(), ()
        fetched = await self._fetch(conversation, sent)
        return attachments.kept(whole=bool(fetched)), fetched

    async def _fetch(self, conversation: Conversation, sent: Sequence[str]) -> tuple[bytes, ...]:
        messenger = self._by_bot.get((conversation.channel, conversation.bot))
        if messenger is None:
            return ()
        try:
            async with asyncio.timeout(PATIENCE):
                return tuple([await _one(messenger, name) for name in sent])
        except (ChannelFailure, TimeoutError):
            logger.warning("attachment_not_fetched", conversation=conversation.id, count=len(sent))
            return ()


async def _one(messenger: Fetches, sent: str) -> bytes:
    """Give the kind on a line of its own, then the thing itself, unchanged."""
    what, _, name = sent.partition(":")
    return what.encode() + b"\n" + await messenger.fetch(name)
