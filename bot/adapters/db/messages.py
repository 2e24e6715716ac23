"""Messages and observations, sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import conversations, messages, observations, outbox
from bot.domain.codes import ConversationId, MessageId
from bot.services.ports import Stale
from bot.services.records import Message, Observation, OutboxState

Shown = tuple[Message, OutboxState | None, str]
"""A message with its delivery state and why it is held."""


class SqlMessages:
    """Body of `MessageRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, message: Message) -> Message:
        """Store at the end of the conversation and give it with its place; Stale when the conversation is gone."""
        seq = await self._connection.scalar(
            update(conversations)
            .where(conversations.c.id == message.conversation)
            .values(last_seq=conversations.c.last_seq + 1)
            .returning(conversations.c.last_seq)
        )
        if seq is None:
            raise Stale("the conversation was erased meanwhile")
        placed = replace(message, seq=seq)
        await self._connection.execute(insert(messages).values(vars(placed)))
        return placed

    async def after(self, conversation: ConversationId, seq: int, limit: int) -> Sequence[Shown]:
        """Give messages after a place, oldest first, each with its delivery state and why it is held."""
        query = _shown(messages.c.conversation == conversation, messages.c.seq > seq)
        return await self._all(query.order_by(messages.c.seq).limit(limit))

    async def latest(self, conversation: ConversationId, limit: int) -> Sequence[Shown]:
        """Give the last messages, oldest first, as `after` does."""
        query = _shown(messages.c.conversation == conversation)
        return (await self._all(query.order_by(messages.c.seq.desc()).limit(limit)))[::-1]

    async def erase_last(self, conversation: ConversationId) -> Message | None:
        """Delete the person's newest message with what was heard in it, and give what it was."""
        it = messages.c
        newest = select(*it).where(it.conversation == conversation, it.author == "person", it.covered.is_(False))
        row = (await self._connection.execute(newest.order_by(it.seq.desc()).limit(1))).one_or_none()
        if row is None:
            return None
        await self._connection.execute(delete(_observations).where(_observations.c.message == row.id))
        await self._connection.execute(delete(messages).where(it.id == row.id))
        return Message(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping

    async def reword(self, conversation: ConversationId, outbox: int, sealed: bytes) -> None:
        """Write down that something else was said than what had been put on its way."""
        mine = (messages.c.conversation == conversation, messages.c.outbox == outbox)
        await self._connection.execute(update(messages).where(*mine).values(sealed=sealed))

    async def mark_read(self, message: MessageId) -> None:
        """The engine read it after all."""
        await self._connection.execute(update(messages).where(messages.c.id == message).values(read=True))

    async def add_observations(self, observations: Sequence[Observation]) -> None:
        """Store what was heard."""
        if observations:
            await self._connection.execute(insert(_observations), [vars(one) for one in observations])

    async def observations(
        self, conversation: ConversationId, of: Collection[MessageId] | None = None
    ) -> Sequence[Observation]:
        """Give what was heard, oldest first: all of it, or in some messages."""
        it = _observations.c
        query = select(it.message, it.sealed, it.at).where(it.conversation == conversation)
        if of is not None:
            query = query.where(it.message.in_(of))
        rows = await self._connection.execute(query.order_by(it.id))
        return [Observation(conversation, MessageId(message), sealed, at) for message, sealed, at in rows]

    async def places(self, conversation: ConversationId) -> Mapping[MessageId, int]:
        """Give the place of each message that an observation is about."""
        about = select(_observations.c.message).where(_observations.c.conversation == conversation)
        query = select(messages.c.id, messages.c.seq).where(messages.c.id.in_(about))
        return {MessageId(message): seq for message, seq in await self._connection.execute(query)}

    async def _all(self, query: Select[Any]) -> list[Shown]:
        shown: list[Shown] = []
        for row in await self._connection.execute(query):
            fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
            state, held = fields.pop("delivery"), fields.pop("held")
            shown.append((Message(**fields), state, held or ""))
        return await self._with_parts(shown)

    async def _with_parts(self, shown: Sequence[Shown]) -> list[Shown]:
        """Give how the whole of a message stands, where it left in parts."""
        firsts = [message.outbox for message, _, _ in shown if message.author == "counsellor" and message.outbox]
        others: dict[int, list[tuple[OutboxState, str]]] = {}
        if firsts:
            it = outbox.c
            query = select(it.whole, it.state, it.held).where(it.whole.in_(firsts)).order_by(it.id)
            for row in await self._connection.execute(query):
                others.setdefault(int(row.whole), []).append((row.state, row.held))
        return [
            (message, *_of_whole([(state, held), *others.get(message.outbox or 0, ())]))
            for message, state, held in shown
        ]


_observations = observations


def _of_whole(parts: Sequence[tuple[OutboxState | None, str]]) -> tuple[OutboxState | None, str]:
    """Give how a message stands: as the first of its parts that has not arrived; parts leave in order."""
    return next((part for part in parts if part[0] not in (None, "delivered")), parts[-1])


def _shown(*conditions: ColumnElement[bool]) -> Select[Any]:
    sent = messages.outerjoin(outbox, messages.c.outbox == outbox.c.id)
    return select(*messages.c, outbox.c.state.label("delivery"), outbox.c.held).select_from(sent).where(*conditions)
