"""Who only looks waits for nobody, sees one moment and changes nothing, on either database."""

from __future__ import annotations

import asyncio

import pytest

from bot.adapters.db.records import SqlRecords
from bot.domain.codes import ConversationId
from bot.errors import RecordsError
from tests.support.questions import questions
from tests.support.records import message_of, migrated_records, stored_conversation


async def seen(records: SqlRecords, conversation: ConversationId) -> int:
    """Look who it is and what was said."""
    async with records.look() as tx:
        assert await tx.conversations.get(conversation)
        return len(await tx.messages.latest(conversation, 9))


async def test_who_only_looks_waits_for_nobody_who_writes_and_sees_what_was_committed(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            assert await tx.conversations.get(one.id)
            await tx.messages.add(message_of(one, "first"))
            assert await asyncio.wait_for(asyncio.create_task(seen(records, one.id)), 10) == 0
        assert await seen(records, one.id) == 1


async def test_who_only_looks_keeps_nobody_from_writing(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)

        async def write() -> None:
            async with records.begin() as tx:
                known = await tx.conversations.get(one.id)
                assert known is not None
                await tx.conversations.save(known)

        async with records.look() as tx:
            assert await tx.conversations.get(one.id)
            await asyncio.wait_for(asyncio.create_task(write()), 10)
            again = await tx.conversations.get(one.id)
        assert again is not None
        assert again.version == 0


async def test_who_only_looks_can_change_nothing(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        with pytest.raises(RecordsError):
            async with records.look() as tx:
                await tx.messages.add(message_of(one, "first"))
        assert await seen(records, one.id) == 0


async def test_who_only_looks_locks_no_row_and_who_writes_does(postgresql_url: str) -> None:
    async with migrated_records(postgresql_url) as records:
        one = await stored_conversation(records)
        with questions(records) as asked:
            await seen(records, one.id)
        assert not [it for it in asked if " FOR " in it]
        with questions(records) as asked:
            async with records.begin() as tx:
                await tx.conversations.get(one.id)
        assert [it for it in asked if "FOR NO KEY UPDATE" in it]
