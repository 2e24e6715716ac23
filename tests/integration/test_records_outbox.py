"""What is said arrives in order, once; one chat's trouble never holds another's; what was cut is counted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.adapters.db.records import SqlRecords, open_records
from bot.domain.codes import ConversationId
from bot.services.records import Conversation, OutboxRow, OutboxState
from tests.support.records import NOON, message_of, migrated_records, on_its_way, stored_conversation


async def put(
    records: SqlRecords, conversation: Conversation | None, *payloads: bytes, has_buttons: bool = False
) -> list[int]:
    async with records.begin() as tx:
        return [await tx.outbox.add(on_its_way(conversation, it, has_buttons=has_buttons)) for it in payloads]


async def due(records: SqlRecords, *, seconds: float = 0) -> Sequence[OutboxRow]:
    async with records.begin() as tx:
        return await tx.outbox.due(NOON + timedelta(seconds=seconds), 100)


async def start(records: SqlRecords, row: int) -> bool:
    async with records.begin() as tx:
        return await tx.outbox.start(row)


async def deliver(records: SqlRecords, row: int, remote: str = "r") -> None:
    assert await start(records, row)
    async with records.begin() as tx:
        await tx.outbox.delivered(row, remote, NOON)


async def wait(records: SqlRecords, row: int, seconds: float, *, held: str = "", counted: bool = False) -> None:
    async with records.begin() as tx:
        await tx.outbox.wait(row, NOON + timedelta(seconds=seconds), held=held, counted=counted)


async def test_each_chat_gets_its_oldest_message_first_and_the_next_when_that_arrived(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one, two = await stored_conversation(records, "one"), await stored_conversation(records, "two")
        first, second = await put(records, one, b"first", b"second")
        (other,) = await put(records, two, b"other")

        assert [row.id for row in await due(records)] == [first, other]
        await deliver(records, first)
        assert [row.id for row in await due(records)] == [second, other]


async def test_nothing_overtakes_a_message_that_is_being_sent_or_waits(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one, two = await stored_conversation(records, "one"), await stored_conversation(records, "two")
        first, second = await put(records, one, b"first", b"second")
        (other,) = await put(records, two, b"other")

        await start(records, first)
        assert [row.id for row in await due(records)] == [other]
        await wait(records, first, 60)
        assert [row.id for row in await due(records)] == [other]
        assert [row.id for row in await due(records, seconds=60)] == [other, first]
        async with records.begin() as tx:
            await tx.outbox.give_up(first, "failed", "refused with status 400")
        assert second in [row.id for row in await due(records)]


async def test_a_farewell_stands_by_itself_and_leaves_nothing(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        await put(records, one, b"held")
        farewells = await put(records, None, b"erased", b"another's")

        assert {row.id for row in await due(records)} > set(farewells)
        await deliver(records, farewells[0])
        assert await start(records, farewells[1])
        async with records.begin() as tx:
            await tx.outbox.give_up(farewells[1], "failed", "the person cannot be reached")
            counts = await tx.outbox.counts()
        assert counts == {"waiting": 1, "sending": 0, "delivered": 0, "failed": 0, "expired": 0, "repeats": 0}


async def test_a_row_comes_back_as_it_was_put(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        (row,) = await put(records, one, b"sealed", has_buttons=True)

        (found,) = await due(records)

        assert found == OutboxRow(
            id=row,
            conversation=one.id,
            channel="telegram",
            bot="1",
            chat_sealed=b"sealed chat",
            payload=b"sealed",
            has_buttons=True,
            state="waiting",
            created_at=NOON,
            next_at=NOON,
            attempts=0,
            repeats=0,
        )


async def test_two_who_start_one_message_do_not_both_send_it(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        (row,) = await put(records, await stored_conversation(records), b"once")

        started = await asyncio.gather(*(start(records, row) for _ in range(5)))

        assert sorted(started) == [False] * 4 + [True]


async def test_a_delivered_message_is_forgotten_and_never_due_again(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        (row,) = await put(records, await stored_conversation(records), b"words", has_buttons=True)
        await deliver(records, row, "1001")

        assert not await due(records, seconds=10_000)
        assert not await start(records, row)
        async with records.begin() as tx:
            (kept,) = await tx.outbox.with_buttons(ConversationId("one"), row + 1)
        assert (kept.payload, kept.remote, kept.state) == (b"", "1001", "delivered")


async def test_what_a_killed_process_was_sending_is_tried_again_and_counted(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        first, second = await put(records, await stored_conversation(records), b"cut", b"behind it")
        await start(records, first)

    reopened = open_records(database_url)
    try:
        async with reopened.begin() as tx:
            assert await tx.outbox.recover_cut(NOON) == 1
            assert await tx.outbox.recover_cut(NOON) == 0
        (again,) = await due(reopened)
        assert (again.id, again.repeats, again.payload) == (first, 1, b"cut")
        await deliver(reopened, first)
        async with reopened.begin() as tx:
            assert (await tx.outbox.counts())["repeats"] == 1
        assert [row.id for row in await due(reopened)] == [second]
    finally:
        await reopened.close()


async def test_a_held_message_says_why_and_is_decided_on_again_when_they_write(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one, two = await stored_conversation(records, "one"), await stored_conversation(records, "two")
        held, retried = (await put(records, one, b"held"))[0], (await put(records, two, b"retried"))[0]
        await wait(records, held, 3600, held="held: the person paused")
        await wait(records, retried, 3600, counted=True)
        assert not await due(records)

        async with records.begin() as tx:
            await tx.outbox.wake(one.id, NOON)
            await tx.outbox.wake(two.id, NOON)

        (row,) = await due(records)
        assert (row.id, row.held, row.attempts) == (held, "held: the person paused", 0)
        assert {it.id: it.attempts for it in await due(records, seconds=3600)}[retried] == 1


async def test_the_desk_sees_what_became_of_each_message(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        states: list[OutboxState] = ["waiting", "delivered", "failed", "expired"]
        async with records.begin() as tx:
            rows = {state: await tx.outbox.add(on_its_way(one)) for state in states}
            await tx.messages.add(message_of(one, "told"))
            for state in states:
                await tx.messages.add(message_of(one, state, outbox=rows[state]))
            await tx.outbox.wait(rows["waiting"], NOON, held="held: until they write")
            await tx.outbox.delivered(rows["delivered"], "1", NOON)
            await tx.outbox.give_up(rows["failed"], "failed", "refused with status 400")
            await tx.outbox.give_up(rows["expired"], "expired", "expired after 72 hours")

        async with records.begin() as tx:
            seen = [(it.sealed, state, why) for it, state, why in await tx.messages.latest(one.id, 10)]
        assert seen == [
            (b"told", None, ""),
            (b"waiting", "waiting", "held: until they write"),
            (b"delivered", "delivered", ""),
            (b"failed", "failed", "refused with status 400"),
            (b"expired", "expired", "expired after 72 hours"),
        ]


async def test_only_delivered_messages_before_this_one_still_show_buttons(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        first, second, third = await put(records, one, b"1", b"2", b"3", has_buttons=True)
        await put(records, one, b"4")
        await deliver(records, first)
        await deliver(records, second)

        async with records.begin() as tx:
            assert [row.id for row in await tx.outbox.with_buttons(one.id, third)] == [first, second]
            assert [row.id for row in await tx.outbox.with_buttons(one.id, second)] == [first]
            await tx.outbox.retired(first)
            assert [row.id for row in await tx.outbox.with_buttons(one.id, third + 9)] == [second]


async def test_whoever_comes_back_by_another_chat_gets_there_what_was_on_its_way(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        await put(records, one, b"words")

        async with records.begin() as tx:
            await tx.conversations.move(one.id, b"new hash", b"new chat")

        (row,) = await due(records)
        assert row.chat_sealed == b"new chat"
        async with records.begin() as tx:
            found = await tx.conversations.find(b"new hash")
            assert found is not None
            assert (found.id, found.chat_sealed) == (one.id, b"new chat")
            assert await tx.conversations.find(b"one") is None
