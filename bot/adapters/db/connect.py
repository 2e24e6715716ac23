"""Opens engines: what makes a database safe enough to be told of, for SQLite and for PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy import Connection as Connected
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.adapters.db import postgresql
from bot.adapters.db.driver import Connection
from bot.errors import RecordsError

_PRAGMAS: Final = (
    # Not NORMAL: in WAL that loses acknowledged commits when the power goes.
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA temp_store=MEMORY",
)
LASTS: Final = "lasts"
"""Execution option of an engine, False for transactions that a power cut may undo."""
READERS: Final = 4
"""Pages that read SQLite at once; its pages are copied into the memory of each."""
_COMMON: Final[dict[str, Any]] = {"hide_parameters": True, "echo": False}


def parse(url: str) -> URL:
    """Read a database URL; RecordsError when it is neither SQLite nor PostgreSQL by our drivers."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise RecordsError("the database URL cannot be read (SAPHAN_DATABASE_URL)") from None
    if parsed.drivername not in ("sqlite+aiosqlite", "postgresql+psycopg"):
        raise RecordsError("the database URL names neither sqlite+aiosqlite nor postgresql+psycopg")
    return parsed


def open_async(url: URL) -> AsyncEngine:
    """Open an engine for the app; nothing is connected yet."""
    if url.get_backend_name() == "sqlite":
        # One connection: SQLite has one writer, and ours take turns in order instead of polling for its lock.
        engine = _open_sqlite(url, 1)
        _tame_sqlite(engine.sync_engine, wal=True)
        return engine
    return postgresql.open_writing(url, LASTS, **_COMMON)


def open_reading(url: URL) -> AsyncEngine:
    """Open an engine that can write nothing, beside the writer of `open_async`."""
    if url.get_backend_name() != "sqlite":
        return postgresql.open_looking(url, **_COMMON)
    engine = _open_sqlite(url, READERS)
    _let_sqlite_read(engine.sync_engine)
    return engine


def _open_sqlite(url: URL, places: int) -> AsyncEngine:
    return create_async_engine(
        url,
        async_creator=lambda: Connection(url),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=places,
        max_overflow=0,
        **_COMMON,
    )


def open_sync(url: URL) -> Engine:
    """Open an engine for a migration; the file of SQLite is not touched before its first write."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url.set(drivername="sqlite+pysqlite"), **_COMMON)
        _tame_sqlite(engine, wal=False)
        return engine
    return create_engine(url, **_COMMON)


def _tame_sqlite(engine: Engine, *, wal: bool) -> None:
    _say_first(engine, ("PRAGMA journal_mode=WAL", *_PRAGMAS) if wal else _PRAGMAS)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connected) -> None:
        lasts = connection.get_execution_options().get(LASTS, True)
        if connection.info.setdefault(LASTS, True) is not lasts:
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasts else 'NORMAL'}")
            connection.info[LASTS] = lasts
        # It takes the writer's place at once.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _let_sqlite_read(engine: Engine) -> None:
    _say_first(engine, (*_PRAGMAS, "PRAGMA query_only=ON"))

    @event.listens_for(engine, "begin")
    def _begun(connection: Connected) -> None:
        connection.exec_driver_sql("BEGIN")


def _say_first(engine: Engine, pragmas: Sequence[str]) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver begins nothing by itself: every BEGIN is ours.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()
