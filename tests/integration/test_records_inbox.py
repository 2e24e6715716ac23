"""A message is stored once, belongs to one turn, and only one worker at a time may take that turn."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.db.records import SqlRecords, open_records
from bot.services.ports import LEASE, Leased, Stale
from bot.services.records import Address, Conversation
from tests.support.records import NOON, migrated_records, stored_conversation

UNTIL = NOON + LEASE


async def put(records: SqlRecords, conversation: Conversation, update: str, *, bot: str = "1") -> bool:
    address = Address("telegram", bot, "42")
    async with records.begin() as tx:
        return await tx.inbox.add(address, update, "text", conversation.id, f"sealed {update}".encode(), NOON)


async def lease(records: SqlRecords, worker: str = "worker", *, seconds: float = 0) -> Leased | None:
    now = NOON + timedelta(seconds=seconds)
    async with records.begin() as tx:
        return await tx.inbox.lease_next(now, now + LEASE, worker)


async def test_a_message_that_is_stored_twice_is_there_once(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)

        assert await put(records, one, "7")
        assert not await put(records, one, "7")
        assert await put(records, one, "7", bot="2")
        async with records.begin() as tx:
            assert await tx.inbox.counts() == {"waiting": 2, "committed": 0}


async def test_two_who_store_one_message_at_once_store_it_once(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)

        stored = await asyncio.gather(*(put(records, one, "7") for _ in range(6)))

        assert sorted(stored) == [False] * 5 + [True]


async def test_a_turn_takes_all_that_waits_in_order(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        for update in ("9", "8", "7"):
            await put(records, one, update)

        leased = await lease(records)

        assert leased is not None
        assert leased.conversation == one
        assert leased.token == "worker"
        assert [row.payload for row in leased.rows] == [b"sealed 9", b"sealed 8", b"sealed 7"]
        assert leased.rows[0].received_at == NOON


async def test_a_lease_keeps_a_second_worker_out(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await put(records, await stored_conversation(records), "7")

        assert await lease(records) is not None
        assert await lease(records, "other", seconds=29) is None


async def test_workers_side_by_side_never_lease_one_conversation_twice(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        for name in ("one", "two", "three"):
            await put(records, await stored_conversation(records, name), name)

        leases = await asyncio.gather(*(lease(records, f"worker {n}") for n in range(6)))

        taken = [it.conversation.id for it in leases if it is not None]
        assert len(taken) == len(set(taken)) <= 3
        # A worker that met another's lock may have gone away with nothing; the next look finds the rest.
        while (more := await lease(records, "again")) is not None:
            taken.append(more.conversation.id)
        assert sorted(taken) == ["one", "three", "two"]


async def test_a_lease_that_ran_out_can_be_taken(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        await put(records, one, "7")
        await lease(records, "dead")

        assert await lease(records, "heir", seconds=30) is not None
        async with records.begin() as tx:
            assert not await tx.inbox.renew(one.id, "dead", UNTIL)
            assert await tx.inbox.renew(one.id, "heir", UNTIL + LEASE)


async def test_what_a_killed_process_had_leased_is_free_at_once_where_no_other_takes_turns(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await put(records, await stored_conversation(records), "7")
        await lease(records, "dead")

        async with records.begin() as tx:
            ended = await tx.inbox.recover_leases()

        alone = database_url.startswith("sqlite")
        assert ended == int(alone)
        assert (await lease(records, "heir") is not None) is alone


async def test_a_lease_that_is_renewed_lasts_and_one_that_is_given_back_ends(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        await put(records, one, "7")
        await lease(records)
        async with records.begin() as tx:
            assert await tx.inbox.renew(one.id, "worker", UNTIL + LEASE)

        assert await lease(records, "other", seconds=31) is None
        async with records.begin() as tx:
            await tx.inbox.release(one.id, "other")
        assert await lease(records, "other", seconds=31) is None
        async with records.begin() as tx:
            await tx.inbox.release(one.id, "worker")
        assert await lease(records, "other", seconds=31) is not None


async def test_a_lease_does_not_count_as_a_change_of_the_conversation(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        await put(records, one, "7")
        await lease(records)

        async with records.begin() as tx:
            saved = await tx.conversations.save(one)
        assert saved.version == one.version + 1
        assert await lease(records, "other") is None


async def test_the_longest_waiting_person_is_served_first(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        for name in ("one", "two"):
            await put(records, await stored_conversation(records, name), name)

        first, second, third = await lease(records, "a"), await lease(records, "b"), await lease(records, "c")

        assert first is not None
        assert second is not None
        assert [first.conversation.id, second.conversation.id] == ["one", "two"]
        assert third is None


async def test_a_committed_message_is_forgotten_and_never_committed_again(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await put(records, await stored_conversation(records), "7")
        leased = await lease(records)
        assert leased is not None
        rows = [row.id for row in leased.rows]
        async with records.begin() as tx:
            await tx.inbox.commit(rows, 1)
            await tx.inbox.release(leased.conversation.id, leased.token)

        assert await lease(records, "other") is None
        with pytest.raises(Stale):
            async with records.begin() as tx:
                await tx.inbox.commit(rows, 2)
        async with records.begin() as tx:
            assert await tx.inbox.counts() == {"waiting": 0, "committed": 1}
        assert not await put(records, leased.conversation, "7")


async def test_a_turn_that_fails_half_way_commits_nothing(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await put(records, await stored_conversation(records), "7")
        leased = await lease(records)
        assert leased is not None

        async def commit_half() -> None:
            async with records.begin() as tx:
                await tx.inbox.commit([row.id for row in leased.rows], 1)
                raise ConnectionAbortedError

        with pytest.raises(ConnectionAbortedError):
            await commit_half()

        async with records.begin() as tx:
            assert await tx.inbox.counts() == {"waiting": 1, "committed": 0}


async def test_a_message_that_failed_waits_and_does_not_hold_up_others(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one, two = await stored_conversation(records, "one"), await stored_conversation(records, "two")
        await put(records, one, "poison")
        await put(records, two, "sound")
        poisoned = await lease(records)
        assert poisoned is not None
        async with records.begin() as tx:
            await tx.inbox.retry([row.id for row in poisoned.rows], NOON + timedelta(seconds=60), counted=True)
            await tx.inbox.release(one.id, "worker")

        served = await lease(records)
        assert served is not None
        assert served.conversation.id == two.id
        assert await lease(records, seconds=20) is None
        again = await lease(records, seconds=60)
        assert again is not None
        assert again.conversation.id == one.id
        assert [row.attempts for row in again.rows] == [1]


async def test_a_wait_that_was_nobodys_fault_is_not_counted(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await put(records, await stored_conversation(records), "7")
        leased = await lease(records)
        assert leased is not None
        async with records.begin() as tx:
            await tx.inbox.retry([leased.rows[0].id], NOON, counted=False)

        again = await lease(records, seconds=31)

        assert again is not None
        assert again.rows[0].attempts == 0


async def test_what_is_committed_survives_the_process(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await put(records, await stored_conversation(records), "7")

    reopened = open_records(database_url)
    try:
        assert await lease(reopened) is not None
    finally:
        await reopened.close()


async def test_a_message_of_a_conversation_that_is_gone_is_refused_and_nothing_stays(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.conversations.erase(one.id)

        with pytest.raises(Stale):
            await put(records, one, "7")
        async with records.begin() as tx:
            assert await tx.inbox.counts() == {"waiting": 0, "committed": 0}
