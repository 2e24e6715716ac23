"""Tells a person that their conversation was read without their yes, once, as soon as it is safe to say so.

It goes before the next answer to them, so it comes only while they write themselves, and passes `may_send` like that.
Nothing is written first for it, and no knock is spent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.access_words import may_be_told_with, told
from bot.domain.reply import Reply, Say
from bot.services.ports import Transaction
from bot.services.records import Conversation


async def told_first(tx: Transaction, conversation: Conversation, reply: Reply, now: datetime) -> tuple[Say, ...]:
    """Give what is said before an answer, and write down that it was said; mostly nothing."""
    if not conversation.own.bot_may_speak or not may_be_told_with(reply):
        return ()
    untold = [access for access in await tx.accesses.of(conversation.id) if access.is_to_tell]
    for access in untold:
        await tx.accesses.save(replace(access, told_at=now))
    return told(untold)
