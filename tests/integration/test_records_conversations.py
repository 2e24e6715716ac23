"""Of two who act on one conversation only one succeeds, and what is erased is gone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, LargeBinary, String, Table, func, insert, select

from bot.adapters.db.records import SqlRecords
from bot.adapters.db.tables import metadata
from bot.adapters.db.types import Codes, Moment
from bot.domain.codes import CaseCode, ConversationId, Level, MemberId
from bot.domain.ownership import Ownership, State
from bot.domain.safe_contact import Flags
from bot.errors import RecordsError
from bot.services.ports import Note, Stale
from bot.services.records import (
    Address,
    AuditEntry,
    Consent,
    Conversation,
    Erasure,
    Member,
    Observation,
    OnScreen,
    Organisation,
)
from tests.support.records import (
    HOME,
    NOON,
    StillClock,
    conversation_named,
    message_of,
    migrated_records,
    on_its_way,
    stored_conversation,
)

MAY = MemberId("may")
OUTLIVES_ERASURE = {"audit", "audit_head", "erasures", "facts", "members", "organisations", "tallies"}
"""The audit (codes without text), a count without a name, and the sign that there was a talk; the person is told so."""
OF_NO_CONVERSATION = {
    *("contact_overlays", "contact_reviews", "corrections", "erasures", "holidays", "leads", "partners", "reach"),
    *("shift_days", "shift_notes", "shifts", "statements", "tallies", "terms", "trial_calls", "weights"),
    *("closed_months", "word_reviews", "wordings"),
}
OF_REVIEWS = ("accesses", "flags", "left_alone", "referrals", "reviews", "readings", "settlements")
MAY = MemberId("may")


async def somebody_works_here(records: SqlRecords) -> None:
    async with records.begin() as tx:
        await tx.staff.add_organisation(Organisation(HOME, "Hotline", True, b"public", b"waiting", None))  # noqa: FBT003
        await tx.staff.add(Member(MAY, HOME, "May", ("counsellor",), ("th",), active=True, created_at=NOON))


async def get(records: SqlRecords, conversation: Conversation) -> Conversation | None:
    async with records.begin() as tx:
        return await tx.conversations.get(conversation.id)


async def save(records: SqlRecords, conversation: Conversation) -> Conversation:
    async with records.begin() as tx:
        return await tx.conversations.save(conversation)


async def test_a_conversation_comes_back_as_it_was_saved(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        changed = replace(
            one,
            language="th",
            language_chosen=True,
            own=Ownership(
                State.TRANSFERRING, NOON, MAY, MemberId("june"), NOON + timedelta(hours=1), front=True, outcome="done"
            ),
            flags=Flags(paused=True, covered=True, unreachable=True),
            level="P1",
            turn=7,
            last_inbound=NOON,
            opened_at=NOON + timedelta(microseconds=1),
            offered_at=NOON,
            safety_declined_at=NOON,
            trouble_said_at=NOON,
            keep_until=NOON + timedelta(days=30),
            state_sealed=b"state",
        )

        saved = await save(records, changed)

        assert saved == replace(changed, version=1)
        assert await get(records, one) == saved
        async with records.begin() as tx:
            assert await tx.conversations.find(b"one") == saved
            assert await tx.conversations.by_code(one.code) == saved
            assert await tx.conversations.wrapped_key(one.id, HOME) == b"wrapped key"
            assert await tx.conversations.find(b"two") is None
            assert await tx.conversations.by_code(CaseCode("none")) is None


async def test_of_two_who_save_what_both_read_one_is_told_that_it_is_stale(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        claims = [replace(one, own=Ownership(State.HELD, NOON, MemberId(name))) for name in ("may", "june", "july")]

        results = await asyncio.gather(*(save(records, it) for it in claims), return_exceptions=True)

        assert [type(it) for it in results].count(Stale) == 2
        (winner,) = [it for it in results if isinstance(it, Conversation)]
        assert await get(records, one) == winner


async def test_who_reads_under_lock_waits_for_the_other_and_sees_the_change(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)

        async def take_turn() -> None:
            async with records.begin() as tx:
                seen = await tx.conversations.get(one.id)
                assert seen is not None
                await asyncio.sleep(0)
                await tx.conversations.save(replace(seen, turn=seen.turn + 1))

        await asyncio.gather(*(take_turn() for _ in range(8)))

        after = await get(records, one)
        assert after is not None
        assert after.turn == 8


async def test_what_is_rolled_back_was_never_there(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        stale = replace(one, version=5)

        with pytest.raises(Stale):
            await save_with_message(records, stale)

        async with records.begin() as tx:
            assert await tx.messages.latest(one.id, 5) == []


async def save_with_message(records: SqlRecords, conversation: Conversation) -> None:
    async with records.begin() as tx:
        await tx.messages.add(message_of(conversation, "told"))
        await tx.conversations.save(conversation)


async def test_first_messages_of_one_chat_that_come_at_once_begin_one_conversation(database_url: str) -> None:
    async with migrated_records(database_url) as records:

        async def receive(number: int) -> ConversationId:
            async with records.begin() as tx:
                found = await tx.conversations.find(b"the chat")
                if found is not None:
                    return found.id
                new = conversation_named(f"c{number}")
                await tx.conversations.add(new, b"the chat", HOME, b"key")
                return new.id

        assert len(set(await asyncio.gather(*(receive(number) for number in range(6))))) == 1


async def test_a_second_conversation_of_one_chat_is_refused(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await stored_conversation(records)

        async def add_again() -> None:
            async with records.begin() as tx:
                await tx.conversations.add(conversation_named("two"), b"one", HOME, b"key")

        with pytest.raises(Stale):
            await add_again()


async def test_the_queue_is_by_level_then_front_then_waiting_time(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        queue: dict[str, tuple[State, Level, int, bool]] = {
            "late": (State.QUEUED, "P3", 9, False),
            "early": (State.RESERVED, "P3", 1, False),
            "front": (State.QUEUED, "P3", 5, True),
            "urgent": (State.QUEUED, "P0", 20, False),
            "held": (State.HELD, "P0", 0, False),
            "talks": (State.BOT, "P0", 0, False),
        }
        for name, (state, level, minute, front) in queue.items():
            since = NOON + timedelta(minutes=minute)
            own = Ownership(state, since, MAY if state is State.HELD else None, front=front)
            await save(records, replace(await stored_conversation(records, name), own=own, level=level))

        async with records.begin() as tx:
            assert [it.id for it in await tx.conversations.waiting()] == ["urgent", "front", "early", "late"]
            assert [it.id for it in await tx.conversations.held_by(MAY)] == ["held"]
            assert await tx.conversations.held_by(MemberId("june")) == []
            past = NOON + timedelta(minutes=6)
            assert [it.id for it in await tx.conversations.in_states(["QUEUED", "HELD"], past)] == ["held", "front"]


async def test_the_quiet_are_those_whose_last_message_and_wish_have_passed(database_url: str) -> None:
    clock = StillClock(NOON + timedelta(days=3))
    async with migrated_records(database_url, clock) as records:
        old, new = NOON, NOON + timedelta(days=2, hours=12)
        for name, last, keep in (
            ("quiet", old, None),
            ("talks", new, None),
            ("kept", old, NOON + timedelta(days=30)),
            ("was kept", old, NOON + timedelta(days=2)),
            ("never answered", None, None),
            ("waits", old, None),
        ):
            one = await stored_conversation(records, name)
            await save(records, replace(one, last_inbound=last, keep_until=keep))
        async with records.begin() as tx:
            chat = Address("telegram", "1", "42")
            await tx.inbox.add(chat, "7", "text", ConversationId("waits"), b"sealed", new)

            quiet = await tx.conversations.quiet_since(clock.now() - timedelta(hours=24))

        assert sorted(it.id for it in quiet) == ["never answered", "quiet", "was kept"]


async def fill(records: SqlRecords, one: Conversation) -> None:
    """Store one of everything for a conversation."""
    async with records.begin() as tx:
        await tx.inbox.add(Address("telegram", "1", "42"), f"{one.id}-1", "text", one.id, b"in", NOON)
        await tx.inbox.add(Address("telegram", "1", "42"), f"{one.id}-2", "text", one.id, b"in", NOON)
        row = await tx.outbox.add(on_its_way(one))
        await tx.outbox.delivered(row, "1", NOON)
        await tx.outbox.add(on_its_way(one))
        message = await tx.messages.add(message_of(one, "told", outbox=row))
        await tx.messages.add_observations([Observation(one.id, message.id, b"code", NOON)])
        await tx.casework.add_consent(Consent(one.id, "counsellor", HOME, "handoff_yes", 1, NOON))
        await tx.casework.add_alert(one.id, one.code, "danger_read", "P1", NOON)
        alert = (await tx.calls.unanswered())[-1].id
        await tx.calls.call(alert, MAY, "mail", NOON, "waiting")
        await tx.calls.miss(alert, NOON)
        await tx.notes.add(Note(one.id, MAY, b"note", NOON))
        await tx.staff.block(MAY, one.id, MAY, NOON)
        await tx.casework.add_way_back(f"{one.id} phrase".encode(), one.id, NOON)
        await tx.casework.add_audit(AuditEntry(NOON, "person", "queue", one.id))
        await tx.promises.add(one.id, NOON, NOON, 0)
        await tx.casework.add_attachment(one.id, message.id, b"picture", NOON)
        await tx.screen.add([OnScreen(one.id, "telegram", "1", b"chat", "1", NOON, None)])
        review = 0
        for name in OF_REVIEWS:
            table = metadata.tables[name]
            done = await tx._connection.execute(insert(table).values(row_of(table, one, review)))
            if name == "reviews" and done.inserted_primary_key is not None:
                review = done.inserted_primary_key[0]


def row_of(table: Table, one: Conversation, review: int) -> dict[str, Any]:
    """Give a row that hangs on a conversation; what it says does not matter here."""
    known: dict[str, Any] = {
        "conversation": one.id,
        "code": one.code,
        "review": review,
        "state": "draft",
        **dict.fromkeys(("organisation", "sender", "receiver"), HOME),
        **dict.fromkeys(("member", "lead", "closed_by"), MAY),
    }
    values: dict[str, Any] = {}
    for column in table.c:
        if column.name in known:
            values[column.name] = known[column.name]
        elif not column.nullable and column is not table.autoincrement_column:
            values[column.name] = _any(column, one)
    return values


def _any(column: Column[Any], one: Conversation) -> Any:
    if column.primary_key and isinstance(column.type, String):
        return f"{one.id}-row"
    for kind, value in ((Moment, NOON), (Codes, ()), (Boolean, False), (LargeBinary, b"sealed"), (String, "")):
        if isinstance(column.type, kind):
            return value
    return 1


async def count_rows(records: SqlRecords) -> dict[str, int]:
    async with records._engine.begin() as connection:
        counts = {}
        for table in metadata.sorted_tables:
            counts[table.name] = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
        return counts


async def test_an_erased_conversation_leaves_nothing_but_codes(database_url: str) -> None:
    clock = StillClock()
    async with migrated_records(database_url, clock) as records:
        one = await stored_conversation(records)
        await somebody_works_here(records)
        await fill(records, one)
        before = await count_rows(records)
        empty = {name for name, count in before.items() if not count}
        assert empty == OF_NO_CONVERSATION

        async with records.begin() as tx:
            await tx.conversations.erase(one.id)
            await tx.conversations.erase(one.id)

        left = {name for name, count in (await count_rows(records)).items() if count}
        assert left == OUTLIVES_ERASURE
        async with records.begin() as tx:
            assert await tx.conversations.erased(one.code) == Erasure(one.code, "BOT", NOON)
            assert await tx.conversations.erased(CaseCode("other")) is None
            assert await tx.casework.way_back(b"one phrase") is None
            assert await tx.casework.verify_audit() is None


async def test_erasing_one_conversation_touches_no_other(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one, two = await stored_conversation(records, "one"), await stored_conversation(records, "two")
        await somebody_works_here(records)
        await fill(records, two)
        only_two = await count_rows(records)
        await fill(records, one)

        async with records.begin() as tx:
            await tx.conversations.erase(one.id)

        after = await count_rows(records)
        changed = {name for name in after if after[name] != only_two[name]}
        assert changed == {"audit", "erasures", "conversations", "conversation_keys", "tallies"}
        assert await get(records, two) == two


async def test_messages_keep_their_place_and_come_in_pages(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one, two = await stored_conversation(records, "one"), await stored_conversation(records, "two")
        async with records.begin() as tx:
            await tx.messages.add(message_of(two, "other"))
            placed = [await tx.messages.add(message_of(one, str(number))) for number in range(5)]
            await tx.messages.add(replace(message_of(two, "unread"), read=False, member=MAY))

        assert [it.seq for it in placed] == [1, 2, 3, 4, 5]
        async with records.begin() as tx:
            assert [it for it, _, _ in await tx.messages.after(one.id, 2, 2)] == placed[2:4]
            assert [it for it, _, _ in await tx.messages.latest(one.id, 2)] == placed[3:]
            await tx.messages.mark_read(message_of(two, "unread").id)
            assert all(it.read for it, _, _ in await tx.messages.latest(two.id, 5))


async def test_observations_come_back_oldest_first(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        heard = [Observation(one.id, message_of(one, str(n)).id, bytes([n]), NOON) for n in range(4)]
        async with records.begin() as tx:
            await tx.messages.add_observations(heard)
            await tx.messages.add_observations([])
            assert await tx.messages.observations(one.id) == heard


async def test_a_database_that_is_away_is_our_error_without_its_words(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await stored_conversation(records)
        async with records._engine.begin() as connection:
            await connection.run_sync(metadata.drop_all)

        with pytest.raises(RecordsError) as caught:
            await save(records, replace(conversation_named("one"), state_sealed=b"planted"))

        assert "planted" not in str(caught.value)
        assert "UPDATE" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__


async def test_a_transaction_inside_a_transaction_is_a_mistake_that_shows(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('db') / 'saphan.db'}"
    async with migrated_records(url) as records:

        async def nested() -> None:
            async with records.begin(), records.begin():
                pass

        with pytest.raises(RuntimeError, match="open already"):
            await nested()
