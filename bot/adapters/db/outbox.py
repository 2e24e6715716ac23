"""The durable outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import is_open, is_sending, is_waiting, outbox
from bot.domain.codes import ConversationId
from bot.domain.safe_contact import Kind
from bot.services.records import NewOutbox, OutboxRow, OutboxState

_COLUMNS = tuple(outbox.c[name] for name in OutboxRow.__dataclass_fields__)


class SqlOutbox:
    """Body of `OutboxRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, row: NewOutbox) -> int:
        """Store one message and give its id."""
        values = {**vars(row), "kind": row.kind.value, "state": "waiting", "next_at": row.created_at}
        added = await self._connection.execute(insert(outbox).values(values).returning(outbox.c.id))
        return added.scalar_one()

    async def due(self, now: datetime, limit: int) -> Sequence[OutboxRow]:
        """Give, for each chat and kind, its oldest undelivered row, if its time has come.

        A knock and a line of the theme do not wait behind words that are held.
        """
        earlier = outbox.alias("earlier")
        is_behind = exists().where(
            earlier.c.conversation == outbox.c.conversation,
            earlier.c.kind == outbox.c.kind,
            earlier.c.id < outbox.c.id,
            earlier.c.state.in_(["waiting", "sending"]),
        )
        query = (
            select(*_COLUMNS)
            .where(is_waiting, outbox.c.next_at <= now, or_(outbox.c.conversation.is_(None), ~is_behind))
            .order_by(outbox.c.next_at, outbox.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, of=outbox)
        )
        return await self._all(query)

    async def start(self, row: int) -> bool:
        """Mark as `sending`; False when it is no longer waiting. A row found in `sending` at start-up was cut."""
        done = await self._connection.execute(
            update(outbox).where(outbox.c.id == row, is_waiting).values(state="sending", held="")
        )
        return done.rowcount == 1

    async def delivered(self, row: int, remote: str, at: datetime) -> None:
        """Mark as delivered and forget the payload. A row without conversation is deleted."""
        await self._connection.execute(delete(outbox).where(outbox.c.id == row, outbox.c.conversation.is_(None)))
        await self._end(row, state="delivered", remote=remote, held="", delivered_at=at)

    async def wait(self, row: int, at: datetime, *, held: str = "", counted: bool = False) -> None:
        """Let it wait until a time; `held` says why; `counted` adds a failed attempt."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.id == row, is_open)
            .values(state="waiting", next_at=at, held=held, attempts=outbox.c.attempts + int(counted))
        )

    async def give_up(self, row: int, state: OutboxState, reason: str) -> None:
        """End it as `failed` or `expired`, and forget the payload. Last words that cannot be said are deleted.

        What goes on with it ends too: nobody is given a text without its beginning.
        """
        await self._connection.execute(delete(outbox).where(outbox.c.id == row, outbox.c.conversation.is_(None)))
        await self._end(row, state=state, held=reason)
        first = select(func.coalesce(outbox.c.whole, outbox.c.id)).where(outbox.c.id == row).scalar_subquery()
        others = (outbox.c.whole == first, outbox.c.id > row, is_open)
        await self._connection.execute(update(outbox).where(*others).values(payload=None, state=state, held=reason))

    async def recover_cut(self, now: datetime) -> int:
        """Put rows left in `sending` by a killed process back to `waiting`, counting the possible repeat."""
        done = await self._connection.execute(
            update(outbox).where(is_sending).values(state="waiting", next_at=now, repeats=outbox.c.repeats + 1)
        )
        return done.rowcount

    async def wake(self, conversation: ConversationId, now: datetime) -> None:
        """Let held rows of a conversation be decided on again now."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.conversation == conversation, is_open, outbox.c.held != "")
            .values(next_at=now)
        )

    async def with_buttons(self, conversation: ConversationId, before: int) -> Sequence[OutboxRow]:
        """Give delivered rows before this one whose buttons are still there."""
        return await self._all(
            select(*_COLUMNS)
            .where(
                outbox.c.conversation == conversation,
                outbox.c.state == "delivered",
                outbox.c.has_buttons.is_(True),
                outbox.c.id < before,
            )
            .order_by(outbox.c.id)
        )

    async def retired(self, row: int) -> None:
        """The buttons of this row are gone."""
        await self._connection.execute(update(outbox).where(outbox.c.id == row).values(has_buttons=False))

    async def counts(self) -> Mapping[str, int]:
        """Give how many rows are in each state, and `repeats`."""
        query = select(outbox.c.state, func.count(), func.sum(outbox.c.repeats)).group_by(outbox.c.state)
        counts = dict.fromkeys((*get_args(OutboxState), "repeats"), 0)
        for state, count, repeats in await self._connection.execute(query):
            counts[state] = count
            counts["repeats"] += int(repeats or 0)
        return counts

    async def _end(self, row: int, **values: Any) -> None:
        await self._connection.execute(
            update(outbox).where(and_(outbox.c.id == row, is_open)).values(payload=None, **values)
        )

    async def _all(self, query: Any) -> list[OutboxRow]:
        rows = []
        for row in await self._connection.execute(query):
            fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
            rows.append(OutboxRow(**{**fields, "payload": fields["payload"] or b"", "kind": Kind(fields["kind"])}))
        return rows
