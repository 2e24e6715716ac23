"""Rows of an invented installation, and how they get into the database: a thousand at a time, ids given here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Column, Table, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db import tables
from bot.adapters.db.audit import canonical, chain
from bot.adapters.db.records import SqlRecords
from bot.adapters.db.types import Codes
from bot.services.records import AuditEntry

AT_ONCE: Final = 1000


@dataclass
class Rows:
    """What is to be stored, table by table, in an order that keys allow."""

    conversations: list[dict[str, Any]] = field(default_factory=list)
    keys: list[dict[str, Any]] = field(default_factory=list)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    inbox: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    observations: list[dict[str, Any]] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)
    promises: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    alerts: list[dict[str, Any]] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    audit: list[AuditEntry] = field(default_factory=list)

    def by_table(self) -> Sequence[tuple[Table, list[dict[str, Any]]]]:
        """Give every table with its rows but the audit, whose rows are chained."""
        return (
            (tables.conversations, self.conversations),
            (tables.conversation_keys, self.keys),
            (tables.outbox, self.outbox),
            (tables.inbox, self.inbox),
            (tables.messages, self.messages),
            (tables.observations, self.observations),
            (tables.consents, self.consents),
            (tables.promises, self.promises),
            (tables.notes, self.notes),
            (tables.alerts, self.alerts),
            (tables.notices, self.notices),
        )


async def store(records: SqlRecords, rows: Rows) -> None:
    """Store everything in one transaction, and let the database look at what it holds, as it does in time."""
    async with records.begin() as tx:
        connection = tx._connection  # noqa: SLF001 - no use case stores ten thousand people at once
        for table, its in rows.by_table():
            empty = _empty(table)
            for start in range(0, len(its), AT_ONCE):
                some = [{**empty, **row} for row in its[start : start + AT_ONCE]]
                await connection.execute(insert(table), some)
        for table in (tables.outbox, tables.alerts):
            await _count_on(connection, table)
        await _store_audit(connection, sorted(rows.audit, key=lambda entry: entry.at))
    async with records.begin() as tx:
        await tx._connection.execute(text("ANALYZE"))  # noqa: SLF001


async def _count_on(connection: AsyncConnection, table: Table) -> None:
    """PostgreSQL counts ids by itself: what comes later must not take one that was given here."""
    if connection.dialect.name == "postgresql":
        name = f"pg_get_serial_sequence('{table.name}', 'id')"
        await connection.execute(text(f"SELECT setval({name}, (SELECT MAX(id) FROM {table.name}))"))  # noqa: S608 - ours


def _empty(table: Table) -> dict[str, Any]:
    """Give every column that wants a value the one that says nothing."""
    wanting = [it for it in table.c if not it.nullable and it.default is None and it.name != "id"]
    return {it.name: () if isinstance(it.type, Codes) else it.type.python_type() for it in wanting if _is_plain(it)}


def _is_plain(column: Column[Any]) -> bool:
    return isinstance(column.type, Codes) or column.type.python_type in (bool, int, str, bytes)


async def _store_audit(connection: AsyncConnection, entries: Sequence[AuditEntry]) -> None:
    """Chain the rows as `append` does, without a question to the database for each."""
    head = (await connection.execute(select(*tables.audit_head.c))).one()
    number, digest = head.number, head.hash
    made = []
    for entry in entries:
        number += 1
        detail = json.dumps(entry.detail, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        parts = (entry.actor, entry.act, entry.conversation, detail)
        digest = chain(digest, canonical(number, entry.at, parts))
        names = ("actor", "act", "conversation", "detail")
        made.append({"number": number, "at": entry.at, "hash": digest, **dict(zip(names, parts, strict=True))})
    for start in range(0, len(made), AT_ONCE):
        await connection.execute(insert(tables.audit), made[start : start + AT_ONCE])
    await connection.execute(update(tables.audit_head).values(number=number, hash=digest))
