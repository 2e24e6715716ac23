"""SQLite's driver as SQLAlchemy uses it, with one visit to the connection's thread for a statement.

aiosqlite goes there four times: for a cursor, the statement, its rows, and the cursor's end. A page of the desk asks
some thirty statements, and most of its time was spent on the way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import aiosqlite
from sqlalchemy import URL

STATEMENTS: Final = 1000
"""Statements that a connection keeps prepared."""
CHUNK: Final = 64

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Ran:
    """What came of a statement."""

    description: Any = None
    rows: Sequence[Row] = ()
    rowcount: int = -1
    lastrowid: int | None = None


class Cursor:
    """A cursor whose statement was run, read to its end and closed in one visit; what is asked later is known here."""

    def __init__(self, connection: Connection) -> None:
        """Nothing was run."""
        self._connection = connection
        self._ran = Ran()
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Open it, which costs nothing."""
        return self

    async def execute(self, statement: str, parameters: Iterable[Any] = ()) -> Self:
        """Run a statement."""
        self._ran = await self._connection.run(statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Run a statement again and again."""
        self._ran = await self._connection.run_many(statement, parameters)
        return self

    async def fetchall(self) -> Sequence[Row]:
        """Give the rows."""
        return self._ran.rows

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def description(self) -> Any:
        """The columns; None for a statement that gives no rows."""
        return self._ran.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._ran.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was stored last."""
        return self._ran.lastrowid


class Connection(aiosqlite.Connection):
    """A connection with such cursors."""

    def __init__(self, url: URL) -> None:
        """Nothing is opened before it is awaited."""
        (path,), told = url.get_dialect()().create_connect_args(url)
        options: dict[str, Any] = {**told, "cached_statements": STATEMENTS}
        super().__init__(lambda: sqlite3.connect(path, **options), CHUNK)
        # Whoever ends the program does not wait for a connection that nobody closed.
        self._thread.daemon = True

    def cursor(self) -> Cursor:  # type: ignore[override]
        """Give a cursor; SQLAlchemy enters it."""
        return Cursor(self)

    async def run(self, statement: str, parameters: Iterable[Any]) -> Ran:
        """Run a statement and read all its rows."""
        return await self._visit(lambda: self._conn.execute(statement, tuple(parameters)))

    async def run_many(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Ran:
        """Run a statement again and again."""
        return await self._visit(lambda: self._conn.executemany(statement, parameters))

    async def rollback(self) -> None:
        """Roll back; a connection that is given back after its commit has nothing to."""
        if self.in_transaction:
            await super().rollback()

    async def _visit(self, run: Callable[[], sqlite3.Cursor]) -> Ran:
        ran: Ran = await self._execute(lambda: _read(run()))  # type: ignore[no-untyped-call]  # the library's own
        return ran


def _read(cursor: sqlite3.Cursor) -> Ran:
    try:
        rows = cursor.fetchall() if cursor.description else []
        return Ran(cursor.description, rows, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()
