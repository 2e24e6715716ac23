"""Plans and promises are kept as they were given, on both databases, and found by their time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.plan import Plan
from bot.domain.safe_contact import Kind
from tests.support.records import NOON, StillClock, migrated_records, on_its_way, stored_conversation

WEEK = timedelta(days=7)


async def test_a_plan_is_kept_as_it_was_given_and_a_check_in_is_found_when_due(database_url: str) -> None:
    """S8, P6: hours as parts of the day and an offset; the clock finds who is due."""
    plan = Plan(
        may_write=True,
        parts=("evening", "night"),
        offset=390,
        until=NOON + WEEK,
        check_ins=True,
        check_in_at=NOON + WEEK,
        knocked_at=NOON,
    )
    async with migrated_records(database_url, StillClock()) as records:
        one = await stored_conversation(records)
        await stored_conversation(records, "two")
        async with records.begin() as tx:
            await tx.conversations.save(
                replace(one, plan=plan, remember_days=90, remember_asked=1, wish_language="th", wish_gender="woman")
            )
        async with records.begin() as tx:
            kept = await tx.conversations.get(one.id)
            early = await tx.conversations.check_ins_due(NOON + WEEK - timedelta(seconds=1))
            due = await tx.conversations.check_ins_due(NOON + WEEK)

    assert kept is not None
    assert kept.plan == plan
    assert (kept.remember_days, kept.remember_asked) == (90, 1)
    assert (kept.wish_language, kept.wish_gender) == ("th", "woman")
    assert (early, [it.id for it in due]) == ([], [one.id])


async def test_a_promise_is_open_until_it_is_settled_once(database_url: str) -> None:
    """H6: what became of a promise is written down and stays."""
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.promises.add(one.id, NOON, NOON + WEEK, 1)
            [made] = await tx.promises.open()
            await tx.promises.escalate(made.id)
            await tx.promises.settle(made.id, "broken", NOON + WEEK)
            await tx.promises.settle(made.id, "kept", NOON)
        async with records.begin() as tx:
            assert await tx.promises.open() == []
            [settled] = await tx.promises.of(one.id)

    assert (made.due, made.breaks, made.escalated) == (NOON + WEEK, 1, False)
    assert (settled.outcome, settled.escalated, settled.settled_at) == ("broken", True, NOON + WEEK)


async def test_a_knock_does_not_wait_behind_what_is_held(database_url: str) -> None:
    """P6: the knock comes first, for the words wait until it is answered."""
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            held = await tx.outbox.add(on_its_way(one))
            await tx.outbox.wait(held, NOON + WEEK, held="held: until they answer the knock")
            await tx.outbox.add(on_its_way(one))
            knock = await tx.outbox.add(replace(on_its_way(one), kind=Kind.KNOCK))
            due = await tx.outbox.due(NOON, 9)

    assert [(row.id, row.kind) for row in due] == [(knock, Kind.KNOCK)]
