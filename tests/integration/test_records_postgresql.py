"""What only PostgreSQL does: what waits for its disk, and a server that went away meanwhile."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import make_url, text

from bot.adapters.db import postgresql
from bot.adapters.db.records import SqlRecords
from bot.domain.codes import ConversationId
from tests.support.records import migrated_records, stored_conversation


async def test_only_what_is_worth_no_more_than_its_process_does_not_wait_for_the_disk(postgresql_url: str) -> None:
    async with migrated_records(postgresql_url) as records:
        async with records._engine.begin() as connection:
            await connection.execute(text("SET SESSION synchronous_commit TO ON"))
        for lasts in (True, False, False, True):
            async with records.begin(lasts=lasts) as tx:
                told = await tx._connection.execute(text("SHOW synchronous_commit"))
                assert told.scalar_one() == ("on" if lasts else "off")


def end_all_connections(url: str) -> None:
    """Let the server end every connection, as it does when it starts anew."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def look_and_write(records: SqlRecords, conversation: ConversationId) -> None:
    async with records.look() as tx:
        assert await tx.conversations.get(conversation)
    async with records.begin() as tx:
        assert await tx.conversations.get(conversation)


async def test_a_connection_that_ended_while_it_rested_is_not_used(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "RESTS", 0)
    async with migrated_records(postgresql_url) as records:
        one = await stored_conversation(records)
        await look_and_write(records, one.id)
        end_all_connections(postgresql_url)
        await look_and_write(records, one.id)


async def test_a_connection_that_just_worked_is_not_asked_whether_it_is_there(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "RESTS", 3600)
    async with migrated_records(postgresql_url) as records:
        one = await stored_conversation(records)
        asked: list[object] = []
        for engine in (records._engine, records._reading):
            monkeypatch.setattr(engine.dialect, "do_ping", asked.append)
        await look_and_write(records, one.id)
        await look_and_write(records, one.id)
        assert not asked
