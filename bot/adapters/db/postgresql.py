"""PostgreSQL as SQLAlchemy opens it for the app, for who writes and for who only looks.

A lock on a row is written down, and its commit waits for the disk. Who only looks takes none: a page would wait for
the disk, and for everybody who has a hand on the same conversation or member.
"""

from __future__ import annotations

import time
from typing import Any, Final

from psycopg import AsyncConnection, AsyncCursor
from psycopg.pq import Format
from sqlalchemy import URL, Engine, event
from sqlalchemy import Connection as Connected
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

PLACES: Final = 10
"""Connections that an engine keeps; in a rush it opens as many more."""
STATEMENTS: Final = 1000
"""Statements that a connection keeps prepared. The driver's own hundred are fewer than the desk has."""
RESTS: Final = 5.0
"""Seconds after which a connection is asked whether it is still there; before each transaction costs every page."""
_SINCE: Final = "since"


class Cursor(AsyncCursor[Any]):
    """A cursor that is told values as they are: sealed bytes need not be spelt out and read again."""

    def __init__(self, connection: AsyncConnection[Any], **more: Any) -> None:
        """Nothing was run."""
        super().__init__(connection, **more)
        self.format = Format.BINARY


class Looking(PGCompiler_psycopg):
    """Spells what is only looked at."""

    def for_update_clause(self, select: Any, **more: Any) -> str:
        """Lock nothing."""
        return ""


def open_writing(url: URL, lasts: str, **more: Any) -> AsyncEngine:
    """Open an engine for who writes; no commit waits for the disk where its execution option `lasts` is False."""
    engine = _open(url, **more)

    @event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: Connected) -> None:
        if not connection.get_execution_options().get(lasts, True):
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")

    return engine


def open_looking(url: URL, **more: Any) -> AsyncEngine:
    """Open an engine for who only looks: it sees one moment, changes nothing, and waits for nobody."""
    engine = _open(url, isolation_level="REPEATABLE READ", **more)
    engine.dialect.statement_compiler = Looking

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.set_read_only(True)

    return engine


def _open(url: URL, **more: Any) -> AsyncEngine:
    # Who came back last goes first: it has its statements prepared.
    engine = create_async_engine(
        url, pool_size=PLACES, pool_use_lifo=True, connect_args={"cursor_factory": Cursor}, **more
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.driver_connection.prepared_max = STATEMENTS

    _ask_who_rested(engine.sync_engine)
    return engine


def _ask_who_rested(engine: Engine) -> None:
    @event.listens_for(engine, "checkin")
    def _rests(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _works(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get(_SINCE)
        if since is None or time.monotonic() - since < RESTS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            # Whoever works beside it was on the same server: every other connection is opened anew as well.
            raise InvalidatePoolError from None
