"""The database: body of the port `Records` on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import cached_property
from typing import cast

import aiosqlite
import anyio
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.adapters.clock import SystemClock
from bot.adapters.db import connect
from bot.adapters.db.accesses import SqlAccesses
from bot.adapters.db.calls import SqlCalls
from bot.adapters.db.casework import SqlCasework
from bot.adapters.db.content import SqlContent
from bot.adapters.db.conversations import SqlConversations
from bot.adapters.db.figures import SqlFigures
from bot.adapters.db.handovers import SqlHandovers
from bot.adapters.db.inbox import SqlInbox
from bot.adapters.db.leads import SqlLeads
from bot.adapters.db.left_alone import SqlLeftAlone
from bot.adapters.db.messages import SqlMessages
from bot.adapters.db.notes import SqlNotes
from bot.adapters.db.outbox import SqlOutbox
from bot.adapters.db.promises import SqlPromises
from bot.adapters.db.referrals import SqlReferrals
from bot.adapters.db.reviews import SqlReviews
from bot.adapters.db.roster import SqlRoster
from bot.adapters.db.screen import SqlScreen
from bot.adapters.db.staff import SqlStaff
from bot.errors import RecordsError
from bot.services.ports import Clock, Stale

_LOST_RACE = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure, deadlock. Nothing was written; the other side went on."""


class SqlTransaction:
    """Body of `Transaction`."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Work on an open transaction."""
        self._connection = connection
        self._clock = clock

    @cached_property
    def conversations(self) -> SqlConversations:
        """Conversations and their keys."""
        return SqlConversations(self._connection, self._clock)

    @cached_property
    def inbox(self) -> SqlInbox:
        """What came in."""
        return SqlInbox(self._connection)

    @cached_property
    def messages(self) -> SqlMessages:
        """What was said and heard."""
        return SqlMessages(self._connection)

    @cached_property
    def outbox(self) -> SqlOutbox:
        """What goes out."""
        return SqlOutbox(self._connection)

    @cached_property
    def staff(self) -> SqlStaff:
        """Who works here."""
        return SqlStaff(self._connection)

    @cached_property
    def casework(self) -> SqlCasework:
        """Consents, alerts, audit, facts."""
        return SqlCasework(self._connection)

    @cached_property
    def promises(self) -> SqlPromises:
        """By when somebody aims to write."""
        return SqlPromises(self._connection)

    @cached_property
    def screen(self) -> SqlScreen:
        """What stands in the messengers' chats."""
        return SqlScreen(self._connection)

    @cached_property
    def left_alone(self) -> SqlLeftAlone:
        """Who was closed as abusive."""
        return SqlLeftAlone(self._connection)

    @cached_property
    def notes(self) -> SqlNotes:
        """What counsellors note."""
        return SqlNotes(self._connection)

    @cached_property
    def referrals(self) -> SqlReferrals:
        """What is passed on, and to whom it can be."""
        return SqlReferrals(self._connection)

    @cached_property
    def figures(self) -> SqlFigures:
        """What is counted."""
        return SqlFigures(self._connection)

    @cached_property
    def content(self) -> SqlContent:
        """What the desk changed of contacts and words."""
        return SqlContent(self._connection)

    @cached_property
    def reviews(self) -> SqlReviews:
        """Which cases are listed, and what readers said of them."""
        return SqlReviews(self._connection)

    @cached_property
    def handovers(self) -> SqlHandovers:
        """Notes between shifts."""
        return SqlHandovers(self._connection)

    @cached_property
    def roster(self) -> SqlRoster:
        """Who works when."""
        return SqlRoster(self._connection)

    @cached_property
    def calls(self) -> SqlCalls:
        """Who is called for an alert."""
        return SqlCalls(self._connection)

    @cached_property
    def accesses(self) -> SqlAccesses:
        """Readings without a yes."""
        return SqlAccesses(self._connection)

    @cached_property
    def leads(self) -> SqlLeads:
        """Who is named as duty lead."""
        return SqlLeads(self._connection)


class SqlRecords:
    """Body of `Records`. Raises Stale for a lost race, RecordsError when the database fails."""

    def __init__(self, engine: AsyncEngine, reading: AsyncEngine, clock: Clock) -> None:
        """Use `open_records`."""
        self._engine = engine
        self._reading = reading
        self._passing = engine.execution_options(**{connect.LASTS: False})
        self._clock = clock
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._turns = asyncio.Lock()
        self._busy: set[asyncio.Task[object] | None] = set()

    @asynccontextmanager
    async def begin(self, *, lasts: bool = True) -> AsyncIterator[SqlTransaction]:
        """Open a transaction; leaving the block commits, an exception rolls everything back.

        A commit that lasts has reached the disk. One that need not does not wait for it.

        Who leaves a live page cancels what was being done for it. A transaction is ended first: cut in its middle, it
        would leave a connection behind that holds SQLite's one lock for writing.
        """
        engine = self._engine if lasts else self._passing
        with anyio.CancelScope(shield=True):
            async with self._turn() if self._is_sqlite else nullcontext(), _told_apart(), engine.begin() as connection:
                yield SqlTransaction(connection, self._clock)

    @asynccontextmanager
    async def look(self) -> AsyncIterator[SqlTransaction]:
        """Open a transaction that sees one moment and can change nothing; beside who writes, it waits for nobody."""
        with anyio.CancelScope(shield=True):
            async with self._alone(), _told_apart(), self._reading.begin() as connection:
                yield SqlTransaction(connection, self._clock)

    async def scrub(self) -> None:
        """After an erasure: leave no trace of deleted rows in the database's own files.

        SQLite: write everything anew, then empty the write-ahead log. PostgreSQL keeps old row versions until its
        own vacuum and in its log until that is recycled; its operators see to that (docs/operators.md), and what is
        left there is sealed with keys that the erasure destroyed.
        """
        if not self._is_sqlite:
            return
        async with self._turn(), _told_apart(), self._engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            is_clean = await _write_anew(cast("aiosqlite.Connection", raw))
        if not is_clean:
            raise RecordsError("another program reads the database; erased rows stay in its log until the next time")

    async def close(self) -> None:
        """Close all connections."""
        await self._reading.dispose()
        await self._engine.dispose()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Let one transaction at a time through, in order of asking."""
        async with self._alone(), self._turns:
            yield

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Keep a task from waiting for a place that it has taken itself."""
        me = asyncio.current_task()
        if me in self._busy:
            raise RuntimeError("this task has a transaction open already")
        self._busy.add(me)
        try:
            yield
        finally:
            self._busy.discard(me)


def open_records(url: str, clock: Clock | None = None) -> SqlRecords:
    """Open the records of a migrated database; connects at the first transaction."""
    parsed = connect.parse(url)
    return SqlRecords(connect.open_async(parsed), connect.open_reading(parsed), clock or SystemClock())


async def _write_anew(connection: aiosqlite.Connection) -> bool:
    """Leave only live rows in the files; about a second for 100 MB. False when a reader holds on to the old log."""
    try:
        # Overwriting (secure_delete) alone leaves copies where SQLite moved rows from page to page.
        await connection.execute("VACUUM")
        async with connection.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
            row = await cursor.fetchone()
    except sqlite3.Error as error:
        raise RecordsError(f"erased rows could not be scrubbed: {type(error).__name__}") from None
    return row is not None and row[0] == 0


@asynccontextmanager
async def _told_apart() -> AsyncIterator[None]:
    """Turn the library's errors into ours, without what they hold: statements and values."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _LOST_RACE:
            raise Stale("another transaction went first") from None
        raise RecordsError(f"the database failed: {type(error).__name__}") from None
    except SQLAlchemyError as error:
        raise RecordsError(f"the database failed: {type(error).__name__}") from None
