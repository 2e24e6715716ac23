"""Flags, reviews and weights are kept alike on SQLite and PostgreSQL, and go with their conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.db.records import SqlRecords
from bot.domain.codes import MemberId, MessageId, OrganisationId
from bot.services.ports import CaseReview, Flag, Reader, Settlement, WeightFile
from bot.services.records import Conversation
from tests.support.records import HOME, NOON, message_of, migrated_records, stored_conversation

ANN, BO = MemberId("ann"), MemberId("bo")
LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def records(database_url: str) -> AsyncIterator[SqlRecords]:
    async with migrated_records(database_url) as opened:
        yield opened


def flag(conversation: Conversation, *, listed: bool = True) -> Flag:
    return Flag(conversation.id, listed, b"sealed", NOON, NOON)


async def test_listed_cases_come_by_urgency_and_then_the_newest_change(records: SqlRecords) -> None:
    found = {name: await stored_conversation(records, name) for name in ("old", "new", "urgent", "calm")}
    async with records.begin() as tx:
        await tx.conversations.save(replace(found["urgent"], level="P1"))
        for name in ("old", "urgent"):
            await tx.reviews.set_flag(flag(found[name]))
        await tx.reviews.set_flag(replace(flag(found["new"]), changed_at=LATER))
        await tx.reviews.set_flag(flag(found["calm"], listed=False))
    async with records.begin() as tx:
        listed = await tx.reviews.listed(10)
        part = await tx.reviews.listed(1, 1)
    assert [each.code for each in listed] == ["C-urgent", "C-new", "C-old"]
    assert [each.code for each in part] == ["C-new"]
    assert listed[0].level == "P1"
    assert listed[0].flag == flag(found["urgent"])


async def test_a_flag_changes_and_keeps_when_it_was_first_seen(records: SqlRecords) -> None:
    conversation = await stored_conversation(records)
    async with records.begin() as tx:
        assert await tx.reviews.flag(conversation.id) is None
        await tx.reviews.set_flag(flag(conversation))
        later = Flag(conversation.id, listed=False, sealed=b"other", since=LATER, changed_at=LATER)
        await tx.reviews.set_flag(later)
        assert await tx.reviews.flag(conversation.id) == replace(later, since=NOON)
        assert await tx.reviews.listed(10) == []


async def test_another_organisation_is_given_what_it_has_a_key_of(records: SqlRecords) -> None:
    conversation = await stored_conversation(records)
    async with records.begin() as tx:
        given = await tx.reviews.given_to(HOME, 10)
        assert [(each.conversation, each.flag) for each in given] == [(conversation.id, None)]
        assert await tx.reviews.given_to(OrganisationId("elsewhere"), 10) == []


async def test_reviews_are_of_one_organisation_and_the_newest_counts(records: SqlRecords) -> None:
    one, other = await stored_conversation(records, "one"), await stored_conversation(records, "other")
    async with records.begin() as tx:
        assert await tx.reviews.newest(one.id, HOME) is None
        begun = [await tx.reviews.begin(CaseReview(0, one.id, HOME, upto, NOON)) for upto in (1, 2)]
        await tx.reviews.begin(CaseReview(0, one.id, OrganisationId("elsewhere"), 9, NOON))
        await tx.reviews.close(begun[1].id, LATER)
        newest = replace(begun[1], closed_at=LATER)
        assert await tx.reviews.newest(one.id, HOME) == newest
        assert await tx.reviews.newest_of([one.id, other.id], HOME) == [newest]


async def test_what_two_readers_said_is_kept_in_their_places(records: SqlRecords) -> None:
    conversation = await stored_conversation(records)
    async with records.begin() as tx:
        review = await tx.reviews.begin(CaseReview(0, conversation.id, HOME, 1, NOON))
        first, second = Reader(review.id, ANN, 1, b"one", NOON), Reader(review.id, BO, 2, b"two", NOON)
        for reader in (second, first):
            await tx.reviews.save_reader(reader)
        assert await tx.reviews.readers([review.id]) == [first, second]
        assert await tx.reviews.read_by_two(HOME) == []
        done = [replace(each, sealed=b"done", done_at=LATER) for each in (first, second)]
        for each in done:
            await tx.reviews.save_reader(each)
        assert await tx.reviews.read_by_two(HOME) == [(conversation.id, *done)]
        assert await tx.reviews.read_by_two(OrganisationId("elsewhere")) == []
        settled = Settlement(review.id, ANN, b"mark", b"reason", LATER)
        await tx.reviews.settle(settled)
        assert await tx.reviews.settlements(review.id) == [settled]


async def test_only_the_messages_that_carry_evidence_are_given(records: SqlRecords) -> None:
    one, other = await stored_conversation(records, "one"), await stored_conversation(records, "other")
    async with records.begin() as tx:
        for name in ("a", "b", "c"):
            await tx.messages.add(message_of(one, name))
        await tx.messages.add(message_of(other, "a"))
        asked = [MessageId(name) for name in ("one-c", "one-a", "other-a", "")]
        found = await tx.reviews.carriers(one.id, asked)
    assert [(each.id, each.seq, each.author, each.sealed) for each in found] == [
        ("one-a", 1, "person", b"a"),
        ("one-c", 3, "person", b"c"),
    ]


async def test_weights_are_signed_once(records: SqlRecords) -> None:
    typed = WeightFile("adult_labour", "2009", "the list", "cd-documents strong", "abc", ANN, NOON)
    async with records.begin() as tx:
        stored = [await tx.reviews.add_weights(typed) for _ in range(2)]
        await tx.reviews.sign_weights(stored[0].id, BO, LATER)
        await tx.reviews.sign_weights(stored[0].id, ANN, NOON)
        signed = replace(stored[0], signed_by=BO, signed_at=LATER)
        assert await tx.reviews.weights() == [stored[1], signed]


async def test_whatever_was_reviewed_goes_with_the_conversation(records: SqlRecords) -> None:
    conversation = await stored_conversation(records)
    async with records.begin() as tx:
        await tx.reviews.set_flag(flag(conversation))
        review = await tx.reviews.begin(CaseReview(0, conversation.id, HOME, 1, NOON))
        await tx.reviews.save_reader(Reader(review.id, ANN, 1, b"one", NOON))
        await tx.reviews.settle(Settlement(review.id, ANN, b"mark", b"reason", LATER))
    async with records.begin() as tx:
        await tx.conversations.erase(conversation.id)
        assert await tx.reviews.flag(conversation.id) is None
        assert await tx.reviews.newest(conversation.id, HOME) is None
        assert await tx.reviews.readers([review.id]) == []
        assert await tx.reviews.settlements(review.id) == []
