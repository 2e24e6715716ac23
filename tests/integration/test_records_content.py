"""What the desk changed of contacts and words comes back as it was kept, on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.db.records import SqlRecords
from bot.domain.codes import MemberId
from bot.domain.contact_rows import Overlay, TrialCall
from bot.domain.contacts import row_hash
from bot.domain.word_reviews import Wording, WordReview
from tests.support.records import NOON, migrated_records

ME, YOU = MemberId("me"), MemberId("you")
ROW = {"country": "TH", "number": "000 1", "from_abroad": True, "languages": ["th", "no"], "note": "ลอง"}


@pytest.fixture
async def records(database_url: str) -> AsyncIterator[SqlRecords]:
    async with migrated_records(database_url) as made:
        yield made


async def test_a_row_comes_back_with_the_very_hash_and_only_the_last_change_counts(records: SqlRecords) -> None:
    async with records.begin() as tx:
        await tx.content.set_contact(Overlay("TH 0001", {"country": "TH"}, ME, NOON))
        await tx.content.set_contact(Overlay("TH 0001", ROW, YOU, NOON))
        await tx.content.set_contact(Overlay("KH 2", None, ME, NOON + timedelta(seconds=1)))
    async with records.begin() as tx:
        found = await tx.content.contacts()
        assert found == [Overlay("TH 0001", ROW, YOU, NOON), Overlay("KH 2", None, ME, NOON + timedelta(seconds=1))]
        assert found[0].row is not None
        assert row_hash(found[0].row) == row_hash(ROW)
        await tx.content.drop_contact("KH 2")
        assert [it.name for it in await tx.content.contacts()] == ["TH 0001"]


async def test_every_test_call_is_kept_in_order(records: SqlRecords) -> None:
    first = TrialCall("row", ME, NOON, "inside", "promised", ("th", "my"), "works")
    second = replace(first, by=YOU, place="abroad", languages=(), outcome="fails")
    async with records.begin() as tx:
        await tx.content.add_call(first)
        await tx.content.add_call(second)
        assert await tx.content.calls() == [first, second]


async def test_of_a_sentence_one_wording_is_proposed_and_one_in_use(records: SqlRecords) -> None:
    used = Wording("th", "opening.who", "หนึ่ง", "base", ME, NOON, YOU, NOON)
    proposed = Wording("th", "opening.who", "สอง", "base", YOU, NOON + timedelta(seconds=1))
    async with records.begin() as tx:
        await tx.content.set_wording(used)
        await tx.content.set_wording(replace(proposed, text="ก่อน"))
        await tx.content.set_wording(proposed)
        assert await tx.content.wordings() == [used, proposed]
        await tx.content.drop_wording("th", "opening.who", in_use=False)
        await tx.content.drop_wording("my", "opening.who", in_use=True)
        assert await tx.content.wordings() == [used]


async def test_a_signature_is_kept_once_for_each_reader(records: SqlRecords) -> None:
    review = WordReview("hash", "th", "opening.who", ME, NOON)
    async with records.begin() as tx:
        await tx.content.sign_words([review, replace(review, by=YOU)])
        await tx.content.sign_words([replace(review, at=NOON + timedelta(days=1))])
        assert sorted(it.by for it in await tx.content.word_reviews()) == [ME, YOU]
        assert {it.at for it in await tx.content.word_reviews()} == {NOON}
