"""Contacts that were closed as abusive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import conversations, left_alone
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import CaseCode, ConversationId
from bot.services.ports import LeftAlone


class SqlLeftAlone:
    """Body of `LeftAloneRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def put(self, it: LeftAlone) -> None:
        """Store the newest of a conversation; it takes the place of an earlier one."""
        row = vars(it)
        values = {name: value for name, value in row.items() if name != "conversation"}
        statement = insert_for(self._connection, left_alone).values(row)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["conversation"], set_=values))

    async def of(self, conversation: ConversationId) -> LeftAlone | None:
        """Give that of one conversation."""
        query = select(*left_alone.c).where(left_alone.c.conversation == conversation)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else LeftAlone(**_fields(row))

    async def listed(self, limit: int) -> Sequence[tuple[LeftAlone, CaseCode]]:
        """Give the newest with their case codes."""
        query = select(*left_alone.c, conversations.c.code).join(conversations)
        rows = await self._connection.execute(query.order_by(left_alone.c.closed_at.desc()).limit(limit))
        return [(LeftAlone(**fields), CaseCode(code)) for fields in map(_fields, rows) if (code := fields.pop("code"))]


def _fields(row: Any) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
