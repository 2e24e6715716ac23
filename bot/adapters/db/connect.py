"""Opens engines: what makes a database safe enough to be told of, for SQLite and for PostgreSQL."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

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
        engine = create_async_engine(url, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0, **_COMMON)
        _tame_sqlite(engine.sync_engine, wal=True)
        return engine
    return create_async_engine(url, pool_size=10, pool_pre_ping=True, **_COMMON)


def open_sync(url: URL) -> Engine:
    """Open an engine for a migration; the file of SQLite is not touched before its first write."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url.set(drivername="sqlite+pysqlite"), **_COMMON)
        _tame_sqlite(engine, wal=False)
        return engine
    return create_engine(url, **_COMMON)


def _tame_sqlite(engine: Engine, *, wal: bool) -> None:
    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # The driver begins nothing by itself: every BEGIN is ours, and takes the writer's place at once.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("PRAGMA journal_mode=WAL", *_PRAGMAS) if wal else _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        lasts = connection.get_execution_options().get(LASTS, True)
        if connection.info.setdefault(LASTS, True) is not lasts:
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasts else 'NORMAL'}")
            connection.info[LASTS] = lasts
        connection.exec_driver_sql("BEGIN IMMEDIATE")
