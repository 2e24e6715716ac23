"""What only SQLite does: nothing acknowledged is lost, and what was erased is not in its files."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import anyio
import pytest
from sqlalchemy import insert, text, update

from bot.adapters.db.records import SqlRecords
from bot.adapters.db.tables import conversations, inbox, messages, observations, outbox
from bot.services.records import Address, Conversation, Observation
from tests.support.records import NOON, message_of, migrated_records, on_its_way, stored_conversation

PLANTED = b"a planted word that nobody may find"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "saphan.db"


def url_of(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def found_in(path: Path) -> list[str]:
    """Give the database's files in which the planted word stands."""
    return [it.name for it in path.parent.iterdir() if PLANTED in it.read_bytes()]


async def talk(records: SqlRecords, one: Conversation, number: int, words: bytes) -> None:
    name = f"{one.id}-{number}"
    async with records.begin() as tx:
        await tx.inbox.add(Address("telegram", "1", "42"), name, "text", one.id, words * 3, NOON)
        row = await tx.outbox.add(on_its_way(one, words * 7))
        message = await tx.messages.add(message_of(one, name, outbox=row))
        await tx.messages.add_observations([Observation(one.id, message.id, words * 2, NOON)])


async def test_what_was_erased_is_not_in_the_files(path: Path) -> None:
    async with migrated_records(url_of(path)) as records:
        planted, other = await stored_conversation(records, "planted"), await stored_conversation(records, "other")
        for number in range(60):
            await talk(records, planted, number, PLANTED * (1 + number % 9))
            await talk(records, other, number, bytes([65 + number % 26]) * (200 * (number % 7)))
        async with records.look() as tx:
            assert len(await tx.messages.latest(planted.id, 100)) == 60
        assert found_in(path)

        async with records.begin() as tx:
            await tx.conversations.erase(planted.id)
        await records.scrub()

        assert not found_in(path)
        async with records.begin() as tx:
            assert len(await tx.messages.latest(other.id, 100)) == 60
    assert not found_in(path)


async def test_what_was_committed_is_not_in_the_files_after_the_next_erasure(path: Path) -> None:
    async with migrated_records(url_of(path)) as records:
        one, two = await stored_conversation(records, "one"), await stored_conversation(records, "two")
        await talk(records, one, 1, PLANTED)
        async with records.begin() as tx:
            leased = await tx.inbox.lease_next(NOON, NOON, "worker")
            assert leased is not None
            await tx.inbox.commit([row.id for row in leased.rows], 1)
            (row,) = await tx.outbox.due(NOON, 9)
            await tx.outbox.delivered(row.id, "1", NOON)
            await tx.conversations.erase(two.id)
        async with records._engine.begin() as connection:
            await connection.execute(text("DELETE FROM observations"))

        await records.scrub()

        assert not found_in(path)


async def test_every_connection_is_as_safe_as_it_was_promised(path: Path) -> None:
    async with migrated_records(url_of(path)) as records, records._engine.begin() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
            ("busy_timeout", 15000),
        ):
            assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value


async def test_only_what_is_worth_no_more_than_its_process_does_not_wait_for_the_disk(path: Path) -> None:
    waits = {True: 2, False: 1}
    async with migrated_records(url_of(path)) as records:
        for lasts in (True, False, False, True):
            async with records.begin(lasts=lasts) as tx:
                told = await tx._connection.execute(text("PRAGMA synchronous"))
                assert told.scalar_one() == waits[lasts]


async def test_two_processes_wait_for_each_other_instead_of_failing(path: Path) -> None:
    async with migrated_records(url_of(path)) as here, migrated_records(url_of(path)) as there:
        one = await stored_conversation(here)

        async def write(records: SqlRecords, side: str) -> None:
            for number in range(10):
                async with records.begin() as tx:
                    seen = await tx.conversations.get(one.id)
                    assert seen is not None
                    await tx.messages.add(message_of(one, f"{side}{number}"))
                    await tx.conversations.save(seen)

        await asyncio.gather(write(here, "here"), write(there, "there"))

        async with here.begin() as tx:
            seen = await tx.conversations.get(one.id)
            assert seen is not None
            assert seen.version == 20
            assert [it.seq for it, _, _ in await tx.messages.latest(one.id, 50)] == list(range(1, 21))


async def test_message_two_thousand_costs_the_database_what_message_fifty_did(path: Path) -> None:
    async with migrated_records(url_of(path)) as records:
        one = await stored_conversation(records)
        await past(records, one, range(50))
        young = await steps_of_a_turn(records, one, "young")
        await past(records, one, range(60, 2000))
        old = await steps_of_a_turn(records, one, "old")

    assert young > 20, "nothing was counted"
    assert old < young * 1.2


async def past(records: SqlRecords, one: Conversation, numbers: range) -> None:
    """Store turns that are long over, each with a message in and a message out."""
    async with records._engine.begin() as connection:
        for number in numbers:
            place = {"conversation": one.id, "channel": "telegram", "bot": "1", "turn": number}
            when = {"received_at": NOON, "next_at": NOON, "created_at": NOON, "at": NOON}
            sent = {"chat_sealed": b"", "has_buttons": False, "state": "delivered", "sealed": b"words"}
            row = {**place, **when, **sent, "seq": number, "author": "bot", "read": True, "kind": "text"}
            for table, extra in (
                (inbox, {"update_id": f"past-{number}"}),
                (outbox, {}),
                (messages, {"id": f"past-{number}", "outbox": number + 1}),
                (observations, {"message": f"past-{number}"}),
            ):
                values = {name: value for name, value in {**row, **extra}.items() if name in table.c}
                await connection.execute(insert(table).values(values))
        await connection.execute(update(conversations).values(last_seq=numbers.stop))


async def steps_of_a_turn(records: SqlRecords, one: Conversation, name: str) -> int:
    """Give how many tens of steps SQLite's own machine takes for a turn."""
    counted = 0

    def count() -> None:
        nonlocal counted
        counted += 1

    async with records._engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.set_progress_handler(count, 10)
    await take_turn(records, one, name)
    await raw.set_progress_handler(None, 10)
    return counted


async def take_turn(records: SqlRecords, one: Conversation, name: str) -> None:
    async with records.begin() as tx:
        assert await tx.conversations.find(b"one") is not None
        await tx.inbox.add(Address("telegram", "1", "42"), name, "text", one.id, b"words", NOON)
        leased = await tx.inbox.lease_next(NOON, NOON, "worker")
        assert leased is not None
        await tx.inbox.renew(one.id, "worker", NOON)
        rows = [row.id for row in leased.rows]
        await tx.inbox.retry(rows, NOON, counted=True)
        await tx.inbox.commit(rows, 3000)
        await tx.outbox.wake(one.id, NOON)
        sent = await tx.outbox.add(on_its_way(one))
        await tx.messages.add(message_of(one, name, outbox=sent))
        await tx.messages.latest(one.id, 20)
        await tx.casework.add_alert(one.id, one.code, "danger_read", "P1", NOON)
        seen = await tx.conversations.get(one.id)
        assert seen is not None
        await tx.conversations.save(seen)
        (row,) = await tx.outbox.due(NOON, 9)
        await tx.outbox.start(row.id)
        await tx.outbox.recover_cut(NOON)
        await tx.outbox.delivered(row.id, "1", NOON)
        assert await tx.outbox.with_buttons(one.id, row.id) == []
        await tx.outbox.retired(row.id)


async def test_a_page_that_is_left_ends_its_transaction_before_it_goes(sqlite_url: str) -> None:
    """Cut in its middle, a transaction would leave the one lock for writing to a connection that nobody holds."""
    async with migrated_records(sqlite_url) as records:
        begun, ended = asyncio.Event(), asyncio.Event()

        async def look() -> None:
            async with records.begin() as tx:
                begun.set()
                await tx.staff.all()
            ended.set()

        async with anyio.create_task_group() as page:
            page.start_soon(look)
            await begun.wait()
            page.cancel_scope.cancel()

        async with records.begin() as tx:
            assert await tx.staff.home() is None
        assert ended.is_set()
