"""Opens migrated records for a test, and makes invented conversations that differ."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from bot.adapters.db.records import SqlRecords, open_records
from bot.domain.codes import CaseCode, ConversationId, MessageId, OrganisationId
from bot.services.ports import Clock
from bot.services.records import Conversation, Message, NewOutbox
from tests.support.conversations import a_conversation
from tests.support.databases import bring_up

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=timezone.utc)
HOME = OrganisationId("home")


class StillClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def move(self, by: timedelta) -> None:
        self.time += by


@asynccontextmanager
async def migrated_records(url: str, clock: Clock | None = None) -> AsyncIterator[SqlRecords]:
    """Migrate the database, open it, and close it at the end."""
    await bring_up(url)
    records = open_records(url, clock)
    try:
        yield records
    finally:
        await records.close()


def conversation_named(name: str, now: datetime = NOON) -> Conversation:
    """Give a conversation whose id and code come from a name."""
    return replace(a_conversation(now), id=ConversationId(name), code=CaseCode(f"C-{name}"), chat_sealed=b"sealed chat")


async def stored_conversation(records: SqlRecords, name: str = "one", now: datetime = NOON) -> Conversation:
    """Store an invented conversation; its chat's hash is its name."""
    conversation = conversation_named(name, now)
    async with records.begin() as tx:
        await tx.conversations.add(conversation, name.encode(), HOME, b"wrapped key")
    return conversation


def message_of(conversation: Conversation, name: str, *, outbox: int | None = None) -> Message:
    """Give a message of the person, or of the bot when it is on its way out."""
    return Message(
        id=MessageId(f"{conversation.id}-{name}"),
        conversation=conversation.id,
        turn=1,
        author="person" if outbox is None else "bot",
        sealed=name.encode(),
        at=NOON,
        outbox=outbox,
    )


def on_its_way(conversation: Conversation | None, payload: bytes = b"words", *, has_buttons: bool = False) -> NewOutbox:
    """Give a message to be put on its way; without conversation it is a farewell."""
    return NewOutbox(
        conversation=None if conversation is None else conversation.id,
        channel="telegram",
        bot="1",
        chat_sealed=b"sealed chat",
        payload=payload,
        has_buttons=has_buttons,
        created_at=NOON,
    )
