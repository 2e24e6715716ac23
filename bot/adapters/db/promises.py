"""Promises: by when a person was told that somebody aims to write, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import conversations, is_promised, promises
from bot.domain.codes import CaseCode, ConversationId
from bot.services.records import Promise


class SqlPromises:
    """Body of `PromiseRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, conversation: ConversationId, made_at: datetime, due: datetime, breaks: int) -> None:
        """Store an open promise."""
        row = {
            "conversation": conversation,
            "made_at": made_at,
            "due": due,
            "breaks": breaks,
            "escalated": False,
            "outcome": "",
        }
        await self._connection.execute(insert(promises).values(row))

    async def open(self) -> Sequence[Promise]:
        """Give all that are not settled, the earliest due first."""
        return await self._all(is_promised, promises.c.due)

    async def of(self, conversation: ConversationId) -> Sequence[Promise]:
        """Give every promise to one person, oldest first."""
        return await self._all(promises.c.conversation == conversation, promises.c.id)

    async def listed(self, settled: int) -> Sequence[tuple[Promise, CaseCode, str, str]]:
        """Give open ones, the earliest due first, then the newest settled, with case code, level and language."""
        of = conversations.c
        query = select(*promises.c, of.code, of.level, of.language).join(conversations)
        its = promises.c
        found = [
            *await self._connection.execute(query.where(is_promised).order_by(its.due, its.id)),
            *await self._connection.execute(query.where(~is_promised).order_by(its.id.desc()).limit(settled)),
        ]
        width = len(its)
        return [(Promise(*row[:width]), CaseCode(row.code), row.level, row.language) for row in found]

    async def escalate(self, promise: int) -> None:
        """Staff were called because it is nearly due."""
        await self._connection.execute(update(promises).where(promises.c.id == promise).values(escalated=True))

    async def settle(self, promise: int, outcome: str, at: datetime) -> None:
        """Write down what became of it; what was settled before stays."""
        await self._connection.execute(
            update(promises).where(promises.c.id == promise, is_promised).values(outcome=outcome, settled_at=at)
        )

    async def _all(self, condition: ColumnElement[bool], order: ColumnElement[Any]) -> list[Promise]:
        query = select(*promises.c).where(condition).order_by(order, promises.c.id)
        rows = await self._connection.execute(query)
        return [Promise(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for a mapping
