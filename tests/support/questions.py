"""What is asked of the database, counted: that does not depend on how busy the machine is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from bot.adapters.db.records import SqlRecords


@contextmanager
def questions(records: SqlRecords) -> Iterator[list[str]]:
    """List what is asked of the database."""
    asked: list[str] = []
    engines = [it.sync_engine for it in (records._engine, records._reading)]

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
