"""The ledger of what stands in a messenger's chat."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import is_shown, on_screen
from bot.domain.codes import ConversationId
from bot.services.records import OnScreen

_COLUMNS = tuple(on_screen.c[name] for name in OnScreen.__dataclass_fields__)


class SqlScreen:
    """Body of `ScreenRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, rows: Sequence[OnScreen]) -> None:
        """Store that messages stand in a chat; their ids are given here."""
        if rows:
            values = [{name: value for name, value in vars(row).items() if name != "id"} for row in rows]
            await self._connection.execute(insert(on_screen), [{**v, "state": "shown", "attempts": 0} for v in values])

    async def clear(self, conversation: ConversationId, due: datetime, only: Collection[str] | None = None) -> None:
        """Let all that stands there, or only some messages, be taken off at a time, or sooner where that was said."""
        earlier = (on_screen.c.due.is_(None)) | (on_screen.c.due > due)
        where = [on_screen.c.conversation == conversation, is_shown, earlier]
        if only is not None:
            where.append(on_screen.c.remote.in_(list(only)))
        await self._connection.execute(update(on_screen).where(*where).values(due=due))

    async def clear_as_we_go(self, conversation: ConversationId, after: datetime | None, age: timedelta) -> None:
        """Give every message there its time, so long after it came; None for `after` takes the times off."""
        mine = (on_screen.c.conversation == conversation, is_shown)
        if after is None:
            await self._connection.execute(update(on_screen).where(*mine).values(due=None))
            return
        rows = await self._connection.execute(select(on_screen.c.id, on_screen.c.at).where(*mine))
        for row in rows.all():
            await self._connection.execute(
                update(on_screen).where(on_screen.c.id == row.id).values(due=max(after, row.at + age))
            )

    async def due(self, now: datetime, limit: int) -> Sequence[OnScreen]:
        """Give what is to be taken off now: the newest first, for it is what is seen."""
        query = select(*_COLUMNS).where(is_shown, on_screen.c.due <= now).order_by(on_screen.c.id.desc()).limit(limit)
        found = await self._connection.execute(query.with_for_update(skip_locked=True, of=on_screen))
        return [OnScreen(**row._mapping) for row in found]  # noqa: SLF001 - SQLAlchemy's name for a row as a mapping

    async def end(self, row: OnScreen, state: str, at: datetime) -> None:
        """Write down that it is `gone` or `stays`; of an erased conversation nothing is kept."""
        if row.conversation is None:
            await self._connection.execute(delete(on_screen).where(on_screen.c.id == row.id))
            return
        await self._connection.execute(
            update(on_screen).where(on_screen.c.id == row.id).values(state=state, due=None, ended_at=at)
        )

    async def wait(self, rows: Sequence[int], due: datetime) -> None:
        """Let them be tried again."""
        await self._connection.execute(
            update(on_screen).where(on_screen.c.id.in_(rows)).values(due=due, attempts=on_screen.c.attempts + 1)
        )

    async def outlive(self, conversation: ConversationId, chat_sealed: bytes, due: datetime) -> None:
        """Let what stands there be taken off although its conversation is being erased."""
        await self._connection.execute(
            update(on_screen)
            .where(on_screen.c.conversation == conversation, is_shown)
            .values(conversation=None, chat_sealed=chat_sealed, due=due)
        )

    async def counts(self, conversation: ConversationId) -> Mapping[str, int]:
        """Give how many messages of a conversation are `shown`, `gone`, and `stay`."""
        query = select(on_screen.c.state, func.count()).where(on_screen.c.conversation == conversation)
        rows = await self._connection.execute(query.group_by(on_screen.c.state))
        return {"shown": 0, "gone": 0, "stays": 0} | {row[0]: row[1] for row in rows}
