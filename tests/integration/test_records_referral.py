"""Referrals, partners and the keys of a conversation are kept alike on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.db.records import SqlRecords
from bot.domain.codes import ConversationId, MemberId, OrganisationId
from bot.domain.referral import FACTS, RECEIVED, Course, Does, State, step
from bot.domain.routing import Partner
from bot.domain.training import CHANNEL
from bot.services.ports import Referral, Stale
from bot.services.records import Conversation, Organisation
from tests.support.records import HOME, NOON, migrated_records, stored_conversation

HARBOUR = OrganisationId("harbour")


async def organisations(records: SqlRecords) -> None:
    async with records.begin() as tx:
        for name, home, key in ((HOME, True, b"h"), (HARBOUR, False, b""), (OrganisationId("quay"), False, b"q")):
            await tx.staff.add_organisation(Organisation(name, str(name), home, key, None, None))


def referral(of: Conversation, number: int = 0, receiver: OrganisationId = HARBOUR, level: str = "P2") -> Referral:
    return Referral(
        id=f"{of.id}-{number}",
        conversation=of.id,
        code=of.code,
        number=number,
        sender=HOME,
        made_by=MemberId("noor"),
        made_at=NOON + timedelta(minutes=number),
        language="th",
        level=level,
        course=Course(receiver, FACTS, (1, 2)),
        own_sealed=b"own",
    )


def moved(it: Referral, *deeds: Does) -> Referral:
    for does in deeds:
        it = replace(it, course=step(it.course, does, NOON))
    return it


ARRIVED = (Does.ASK, Does.AGREE, Does.SEND)


async def test_figures_count_referrals_of_a_month_by_state_and_none_of_training(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await organisations(records)
        real, trained = [await stored_conversation(records, name) for name in ("real", "trained")]
        async with records.begin() as tx:
            await tx.conversations.save(replace(trained, channel=CHANNEL))
            for it in (referral(real), referral(trained)):
                await tx.referrals.add(it)
            assert await tx.figures.referrals(NOON, NOON + timedelta(days=1)) == {"draft": 1}
            assert await tx.figures.referrals(NOON - timedelta(days=1), NOON) == {}


async def test_a_referral_comes_back_as_it_was_kept(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await organisations(records)
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.referrals.add(referral(one))
        async with records.begin() as tx:
            found = await tx.referrals.get("one-0")
            assert found == referral(one)
            sent = replace(moved(found, *ARRIVED), sent_sealed=b"sent", epoch=2, accepted_by=MemberId("hana"))
            saved = await tx.referrals.save(sent)
        async with records.begin() as tx:
            assert await tx.referrals.get("one-0") == saved
            assert await tx.referrals.get("none") is None


async def test_of_two_who_change_a_referral_the_second_is_told(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await organisations(records)
        one = await stored_conversation(records)
        async with records.begin() as tx:
            await tx.referrals.add(referral(one))
            found = await tx.referrals.get("one-0")
            assert found is not None
            await tx.referrals.save(moved(found, Does.ASK))
        with pytest.raises(Stale):
            async with records.begin() as tx:
                await tx.referrals.save(moved(found, Does.REVOKE))
        with pytest.raises(Stale):
            async with records.begin() as tx:
                await tx.referrals.add(replace(referral(one), id="another"))


async def test_each_organisation_is_given_its_own_the_most_urgent_first(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await organisations(records)
        one, two = await stored_conversation(records), await stored_conversation(records, "two")
        async with records.begin() as tx:
            for it in (
                moved(referral(one), *ARRIVED),
                moved(referral(one, 1, OrganisationId("quay")), *ARRIVED),
                moved(referral(two, 0, level="P1"), *ARRIVED),
                referral(two, 1),
            ):
                await tx.referrals.add(it)
            came = await tx.referrals.sent_to(HARBOUR, RECEIVED, 9)
            sent = await tx.referrals.sent_by(HOME, 2)
            of_one = await tx.referrals.of(one.id)
    assert [it.id for it in came] == ["two-0", "one-0"]
    assert {it.id for it in sent} == {"one-1", "two-1"}
    assert [it.number for it in of_one] == [0, 1]


async def test_partners_are_written_anew_under_the_same_organisation(database_url: str) -> None:
    partner = Partner(HARBOUR, "harbour", "ngo", ("shelter",), ("TH",), ("th", "km"), NOON, has_key=False)
    async with migrated_records(database_url) as records:
        await organisations(records)
        async with records.begin() as tx:
            await tx.referrals.set_partner(partner, MemberId("mali"), NOON)
            later = replace(partner, helps=("shelter", "legal"), vetted_until=NOON + timedelta(days=1))
            await tx.referrals.set_partner(later, MemberId("mali"), NOON)
        async with records.begin() as tx:
            assert await tx.referrals.partners() == [later]


async def test_a_conversation_s_keys_are_given_in_order_and_taken_from_one_reader_alone(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        one = await stored_conversation(records)
        async with records.begin() as tx:
            rows = tx.conversations
            assert await rows.wrapped_key(one.id, HOME) == b"wrapped key"
            await rows.add_key(one.id, HOME, 1, b"second")
            await rows.add_key(one.id, HARBOUR, 1, b"theirs")
            await rows.add_key(one.id, HARBOUR, 1, b"theirs again")
            assert await rows.newest_key(one.id) == 1
            assert await rows.readers(one.id) == {HOME, HARBOUR}
            assert await rows.wrapped_keys(one.id, HARBOUR) == [(1, b"theirs again")]
            await rows.remove_keys(one.id, HARBOUR)
            assert await rows.readers(one.id) == {HOME}
            assert await rows.wrapped_keys(one.id, HOME) == [(0, b"wrapped key"), (1, b"second")]
            assert await rows.wrapped_key(ConversationId("none"), HOME) is None


async def test_erasing_takes_what_nobody_accepted_and_cuts_the_rest_off(database_url: str) -> None:
    async with migrated_records(database_url) as records:
        await organisations(records)
        one = await stored_conversation(records)
        async with records.begin() as tx:
            accepted = replace(moved(referral(one), *ARRIVED, Does.ACCEPT), sent_sealed=b"sent")
            for it in (accepted, moved(referral(one, 1), *ARRIVED), referral(one, 2)):
                await tx.referrals.add(it)
        async with records.begin() as tx:
            await tx.conversations.erase(one.id)
        async with records.begin() as tx:
            left = await tx.referrals.sent_by(HOME, 9)
    assert [(it.id, it.conversation, it.own_sealed, it.sent_sealed) for it in left] == [("one-0", None, None, b"sent")]
    assert left[0].course.state is State.ACCEPTED
