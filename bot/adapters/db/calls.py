"""Who is called for an alert, by which way, and how it went; how members are called outside the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import alerts, is_to_send, is_unseen, missed, notices, reach
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import MemberId
from bot.services.ports import Notice, Reach
from bot.services.records import Alert

_NOTICE = [notices.c[name] for name in Notice.__dataclass_fields__]


class SqlCalls:
    """Body of `CallRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def reaches(self) -> Mapping[MemberId, Reach]:
        """Give how members are called outside the desk."""
        rows = await self._connection.execute(select(*reach.c))
        return {MemberId(row.member): Reach(**_fields(row)) for row in rows}

    async def set_reach(self, it: Reach) -> None:
        """Write down how a member is called."""
        row = vars(it)
        values = {name: value for name, value in row.items() if name != "member"}
        statement = insert_for(self._connection, reach).values(row)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["member"], set_=values))

    async def by_code(self, code_hash: bytes) -> Reach | None:
        """Find whose one-time code this is."""
        row = (await self._connection.execute(select(*reach.c).where(reach.c.code_hash == code_hash))).one_or_none()
        return None if row is None else Reach(**_fields(row))

    async def unanswered(self) -> Sequence[Alert]:
        """Give alerts that nobody answered and that are not missed yet, the most urgent first."""
        query = select(*alerts.c).where(is_unseen, alerts.c.id.not_in(select(missed.c.alert)))
        rows = await self._connection.execute(query.order_by(alerts.c.level, alerts.c.id))
        return [Alert(**_fields(row)) for row in rows]

    async def called(self, of: Collection[int]) -> Sequence[Notice]:
        """Give who was called for some alerts, oldest first."""
        query = select(*_NOTICE).where(notices.c.alert.in_(of)).order_by(notices.c.id)
        return [Notice(**_fields(row)) for row in await self._connection.execute(query)]

    async def call(self, alert: int, member: MemberId, way: str, at: datetime, state: str) -> None:
        """Store a call; a member is called once for an alert by one way."""
        row = {
            "alert": alert,
            "member": member,
            "way": way,
            "called_at": at,
            "next_at": at,
            "attempts": 0,
            "state": state,
        }
        await self._connection.execute(insert_for(self._connection, notices).values(row).on_conflict_do_nothing())

    async def to_send(self, now: datetime, limit: int) -> Sequence[tuple[Notice, bool]]:
        """Give calls whose time has come, of alerts that nobody answered; True: it is about a person."""
        query = select(*_NOTICE, alerts.c.code).join(alerts).where(is_to_send, is_unseen, notices.c.next_at <= now)
        rows = await self._connection.execute(query.order_by(notices.c.next_at, notices.c.id).limit(limit))
        return [(Notice(*row[: len(_NOTICE)]), row.code is not None) for row in rows]

    async def start(self, notice: int) -> bool:
        """Mark as `sending`; False when another did. What is cut in that state is never sent again."""
        done = await self._connection.execute(
            update(notices)
            .where(notices.c.id == notice, is_to_send)
            .values(state="sending", attempts=notices.c.attempts + 1)
        )
        return done.rowcount == 1

    async def settle(self, notice: int, state: str, next_at: datetime) -> None:
        """Write down how a delivery went: `sent`, `failed`, or `waiting` until a time."""
        await self._connection.execute(
            update(notices).where(notices.c.id == notice).values(state=state, next_at=next_at)
        )

    async def miss(self, alert: int, at: datetime) -> None:
        """Nobody answered, and nobody is left to be called."""
        row = {"alert": alert, "at": at}
        await self._connection.execute(insert_for(self._connection, missed).values(row).on_conflict_do_nothing())

    async def missed(self) -> Mapping[int, datetime]:
        """Give which alerts were missed, and when; who answers later does not take it away."""
        return {row.alert: row.at for row in await self._connection.execute(select(*missed.c))}


def _fields(row: Any) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
