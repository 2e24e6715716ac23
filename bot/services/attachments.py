"""Fetches what a person sent beside text, after their yes and never before, and readies it to be sealed as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain import attachments
from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.reply import Reply, Say
from bot.domain.turns import say_beside
from bot.errors import ChannelFailure
from bot.logs import get_logger
from bot.services.hearing import Heard
from bot.services.ports import Fetches
from bot.services.records import Conversation

logger = get_logger(__name__)

PLACE: Final = "place"
"""What is said of a sent place instead of its name: a place is never kept."""
PATIENCE: Final = 60.0
"""Seconds in which everything of one answer has to be fetched."""


def to_ask_about(heard: Sequence[Heard]) -> tuple[str, ...]:
    """Give the names, `what:name`, of that which could be kept."""
    return tuple(one.sent for one in heard if one.sent and one.sent != PLACE)[: attachments.MOST]


def came_with_words(heard: Sequence[Heard]) -> bool:
    """Tell whether a picture or voice came beside words; a way out, and danger, are answered without it."""
    return bool(to_ask_about(heard)) and any(one.kind == "text" for one in heard)


def answer_about_sent(heard: Sequence[Heard]) -> Act | None:
    """Give the newest answer to the question whether to keep what was sent."""
    acts = [one.act for one in heard if one.act in (attachments.KEEP, attachments.LET_GO)]
    return acts[-1] if acts else None


def answer_without_words(heard: Sequence[Heard], case: Case) -> Reply:
    """Answer to something that is no text: what can be kept is asked about, of the rest the truth is said."""
    return attachments.ask() if to_ask_about(heard) else say_beside(case, _truth_of(heard) or "trouble.edited")


def _truth_of(heard: Sequence[Heard]) -> str:
    """Name the sentence about what came and cannot be kept; empty where nothing came."""
    if any(one.sent == PLACE for one in heard):
        return attachments.OF_A_PLACE
    return "trouble.not-text" if any(one.kind == "other" for one in heard) else ""


class Attachments:
    """Asks the messenger of a conversation's channel."""

    def __init__(self, by_bot: Mapping[tuple[str, str], Fetches]) -> None:
        """`by_bot` holds the messengers that can fetch, by channel and bot."""
        self._by_bot = by_bot

    async def answer(self, act: Act, conversation: Conversation, sent: Sequence[str]) -> tuple[str, tuple[bytes, ...]]:
        """Answer the press by a key, and give what was fetched: all of it or nothing."""
        if act != attachments.KEEP:
            return attachments.LET_GONE, ()
        fetched = await self._fetch(conversation, sent)
        return attachments.kept(whole=bool(fetched)), fetched

    async def while_held(
        self, conversation: Conversation, sent: Sequence[str], heard: Sequence[Heard]
    ) -> tuple[Reply, tuple[bytes, ...]]:
        """Say of what came what no counsellor can say, for they see only that it came: it is not kept, or is it to be.

        The buttons of an older question of the program are not shown again: a human asks now.
        """
        about, fetched = Reply(), tuple[bytes, ...]()
        answered = answer_about_sent(heard)
        if answered is not None and sent:
            key, fetched = await self.answer(answered, conversation, sent)
            about = Reply((Say(key),))
        if to_ask_about(heard):
            return Reply((*about.say, *attachments.ask().say)), fetched
        truth = _truth_of(heard)
        return (Reply((*about.say, Say(truth))) if truth else about), fetched

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
