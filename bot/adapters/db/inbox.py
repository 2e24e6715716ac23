"""The durable inbox, and the leases under which its turns are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.conversations import COLUMNS, conversation_of
from bot.adapters.db.tables import conversations, inbox, is_uncommitted
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import ConversationId
from bot.services.ports import Leased, Stale
from bot.services.records import Address, InboxKind, InboxRow

_NO_LEASE: Final[dict[str, None]] = {"lease_token": None, "lease_until": None}


class SqlInbox:
    """Body of `InboxRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(
        self,
        address: Address,
        update: str,
        kind: InboxKind,
        conversation: ConversationId,
        payload: bytes,
        at: datetime,
    ) -> bool:
        """Store one message; False when this update was stored before. Stale when the conversation was erased."""
        row = {
            "channel": address.channel,
            "bot": address.bot,
            "update_id": update,
            "kind": kind,
            "conversation": conversation,
            "payload": payload,
            "received_at": at,
            "next_at": at,
        }
        statement = insert_for(self._connection, inbox).values(row)
        statement = statement.on_conflict_do_nothing(index_elements=["channel", "bot", "update_id"])
        try:
            stored = await self._connection.scalar(statement.returning(inbox.c.id))
        except IntegrityError:
            raise Stale("the conversation was erased meanwhile") from None
        return stored is not None

    async def lease_next(self, now: datetime, until: datetime, token: str) -> Leased | None:
        """Lease a conversation that has waiting rows whose time has come and no other live lease."""
        free = or_(conversations.c.lease_until.is_(None), conversations.c.lease_until <= now)
        first = (
            select(*COLUMNS)
            .join_from(inbox, conversations, inbox.c.conversation == conversations.c.id)
            .where(is_uncommitted, inbox.c.next_at <= now, free)
            .order_by(inbox.c.id)
            .limit(1)
            .with_for_update(key_share=True, skip_locked=True, of=conversations)
        )
        while True:
            found = (await self._connection.execute(first)).one_or_none()
            if found is None:
                return None
            rows = await self._waiting(found.id)
            # None: another worker committed them between our look and our lock. Look again.
            if rows:
                break
        await self._connection.execute(
            update(conversations).where(conversations.c.id == found.id).values(lease_token=token, lease_until=until)
        )
        return Leased(conversation_of(found), rows, token)

    async def renew(self, conversation: ConversationId, token: str, until: datetime) -> bool:
        """Keep the lease; False when it was lost."""
        return await self._set_lease(conversation, token, lease_until=until)

    async def release(self, conversation: ConversationId, token: str) -> None:
        """End the lease, if it is still ours."""
        await self._set_lease(conversation, token, **_NO_LEASE)

    async def recover_leases(self) -> int:
        """End what a killed process had leased: on SQLite, where one program takes turns. Give how many there were.

        Should a terminal take a turn at that moment, the commit of one of the two is refused, as in any race.
        """
        if self._connection.dialect.name != "sqlite":
            return 0
        done = await self._connection.execute(
            update(conversations).where(conversations.c.lease_token.is_not(None)).values(**_NO_LEASE)
        )
        return done.rowcount

    async def commit(self, rows: Sequence[int], turn: int) -> None:
        """Mark as belonging to this turn and forget the payload. Raises Stale when one was committed already."""
        done = await self._connection.execute(
            update(inbox).where(inbox.c.id.in_(rows), is_uncommitted).values(turn=turn, payload=None)
        )
        if done.rowcount != len(set(rows)):
            raise Stale("a message was committed by somebody else")

    async def retry(self, rows: Sequence[int], at: datetime, *, counted: bool) -> None:
        """Let the rows wait until a time; `counted` adds a failed attempt."""
        await self._connection.execute(
            update(inbox)
            .where(inbox.c.id.in_(rows), is_uncommitted)
            .values(next_at=at, attempts=inbox.c.attempts + int(counted))
        )

    async def counts(self) -> Mapping[str, int]:
        """Give how many rows are waiting and committed."""
        waiting = func.count(case((is_uncommitted, 1)))
        row = (await self._connection.execute(select(func.count(), waiting).select_from(inbox))).one()
        return {"waiting": row[1], "committed": row[0] - row[1]}

    async def _waiting(self, conversation: str) -> tuple[InboxRow, ...]:
        it = inbox.c
        query = (
            select(it.id, it.kind, it.payload, it.received_at, it.attempts)
            .where(it.conversation == conversation, is_uncommitted)
            .order_by(it.id)
        )
        return tuple(
            InboxRow(row.id, row.kind, row.payload or b"", row.received_at, row.attempts)
            for row in await self._connection.execute(query)
        )

    async def _set_lease(self, conversation: ConversationId, token: str, **values: Any) -> bool:
        done = await self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation, conversations.c.lease_token == token)
            .values(**values)
        )
        return done.rowcount == 1
