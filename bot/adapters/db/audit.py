"""The audit chain: each row's hash covers the row before it, so that no row can be changed or taken out unseen.

One head row is locked for each append; it also tells when rows were cut off at the end.
"""

from __future__ import annotations

import json
from datetime import datetime, timezone
from hashlib import blake2b
from typing import Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import audit, audit_head
from bot.services.records import AuditEntry

ORIGIN = bytes(32)
"""What the first row's hash covers in place of a row before it."""
AT_ONCE: Final = 1000
"""Rows that are verified at once."""


def canonical(number: int, at: datetime, entry: tuple[str, str, str, str]) -> bytes:
    """Give the one writing of a row that is hashed; `entry` is actor, act, conversation and detail."""
    utc = at.astimezone(timezone.utc).isoformat(timespec="microseconds")
    return json.dumps([number, utc, *entry], ensure_ascii=True, separators=(",", ":")).encode()


def chain(previous: bytes, row: bytes) -> bytes:
    """Give the hash of a row."""
    return blake2b(previous + row, digest_size=32, person=b"saphan-audit").digest()


async def append(connection: AsyncConnection, entry: AuditEntry) -> None:
    """Append one row; details that are not JSON raise TypeError."""
    detail = json.dumps(entry.detail, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    head = (await connection.execute(select(*audit_head.c).with_for_update())).one()
    number = head.number + 1
    row = canonical(number, entry.at, (entry.actor, entry.act, entry.conversation, detail))
    digest = chain(head.hash, row)
    await connection.execute(
        insert(audit).values(
            number=number,
            at=entry.at,
            actor=entry.actor,
            act=entry.act,
            conversation=entry.conversation,
            detail=detail,
            hash=digest,
        )
    )
    await connection.execute(update(audit_head).values(number=number, hash=digest))


async def newest(
    connection: AsyncConnection, limit: int, before: int | None, **named: str
) -> list[tuple[int, AuditEntry]]:
    """Give rows with their numbers, newest first, of those that have what is named; an empty name asks for any."""
    query = select(*audit.c).order_by(audit.c.number.desc()).limit(limit)
    query = query.where(*(audit.c[column] == value for column, value in named.items() if value))
    if before is not None:
        query = query.where(audit.c.number < before)
    rows = await connection.execute(query)
    return [(it.number, AuditEntry(it.at, it.actor, it.act, it.conversation, json.loads(it.detail))) for it in rows]


async def first_broken(connection: AsyncConnection) -> int | None:
    """Give the number of the first row that is changed, missing or not in its place; None when the chain holds."""
    head = (await connection.execute(select(*audit_head.c))).one()
    digest, expected = ORIGIN, 1
    query = select(*audit.c).order_by(audit.c.number).limit(AT_ONCE)
    rows = (await connection.execute(query)).all()
    while rows:
        for row in rows:
            written = canonical(row.number, row.at, (row.actor, row.act, row.conversation, row.detail))
            digest = chain(digest, written)
            if row.number != expected or row.hash != digest:
                return expected
            expected += 1
        rows = (await connection.execute(query.where(audit.c.number >= expected))).all()
    if head.number != expected - 1:
        return min(expected, int(head.number) + 1)
    return None if head.hash == digest else int(head.number)
