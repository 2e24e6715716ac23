"""Readings without a yes; the reason stays sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.conversations import COLUMNS, conversation_of
from bot.adapters.db.tables import accesses, conversations, is_marked, is_unanswered
from bot.domain.access import Access, Ground
from bot.domain.codes import ConversationId, MemberId
from bot.services.records import Conversation

_GIVEN = frozenset({"id", "conversation", "lead", "ground", "reason", "asked_at"})
"""What no later act changes."""


class SqlAccesses:
    """Body of `AccessRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, access: Access) -> None:
        """Store a new one."""
        await self._connection.execute(insert(accesses).values(vars(access)))

    async def get(self, access: str) -> Access | None:
        """Give one; who changes it has locked its conversation before."""
        row = (await self._connection.execute(select(*accesses.c).where(accesses.c.id == access))).one_or_none()
        return None if row is None else _access(row)

    async def save(self, access: Access) -> None:
        """Write what became of it; by whom, on which ground and why stays as it was."""
        values = {name: value for name, value in vars(access).items() if name not in _GIVEN}
        await self._connection.execute(update(accesses).where(accesses.c.id == access.id).values(values))

    async def of(self, conversation: ConversationId) -> Sequence[Access]:
        """Give all of a conversation, oldest first."""
        query = select(*accesses.c).where(accesses.c.conversation == conversation)
        return await self._found(query.order_by(accesses.c.asked_at, accesses.c.id))

    async def listed(self, settled: int) -> Sequence[Access]:
        """Give those that nobody answered, the oldest first, then the newest others."""
        waiting = await self._found(select(*accesses.c).where(is_unanswered).order_by(accesses.c.asked_at))
        others = select(*accesses.c).where(~is_unanswered).order_by(accesses.c.asked_at.desc()).limit(settled)
        return [*waiting, *await self._found(others)]

    async def marked(self, limit: int) -> Sequence[Conversation]:
        """Give conversations that are marked as danger, the highest level first, then who wrote last."""
        it = conversations.c
        query = select(*COLUMNS).where(is_marked).order_by(it.level, it.last_inbound.desc(), it.id).limit(limit)
        return [conversation_of(row) for row in await self._connection.execute(query)]

    async def overdue(self, before: datetime) -> Sequence[Access]:
        """Give those asked for or opened before a time that nobody answered."""
        since = func.coalesce(accesses.c.opened_at, accesses.c.asked_at)
        query = select(*accesses.c).where(is_unanswered, accesses.c.asked_at <= before, since <= before)
        return await self._found(query.order_by(accesses.c.asked_at, accesses.c.id))

    async def _found(self, query: Select[Any]) -> list[Access]:
        return [_access(row) for row in await self._connection.execute(query)]


def _access(row: Any) -> Access:
    return Access(
        id=row.id,
        conversation=ConversationId(row.conversation),
        lead=MemberId(row.lead),
        ground=cast("Ground", row.ground),  # only the grounds of `bot.domain.access` are stored
        reason=row.reason,
        asked_at=row.asked_at,
        opened_at=row.opened_at,
        answer=row.answer,
        answered_by=None if row.answered_by is None else MemberId(row.answered_by),
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        told_at=row.told_at,
    )
