"""Somebody who waits is reserved for one counsellor after the other, the one who knows them first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.adapters.recordings import RecordingFiles
from bot.domain.codes import OrganisationId
from bot.domain.ownership import State
from bot.domain.roster import Terms
from bot.services.door import NotAllowed
from bot.services.duty import RosterDuty
from bot.services.hands import Hands
from bot.services.matching import Matching
from bot.services.records import Conversation
from bot.services.speak import Speaker
from bot.services.waits import Waits
from tests.support.desk import PlainWords, TestDesk, open_desk
from tests.support.questions import questions


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def clock_looks(desk: TestDesk) -> None:
    """Let the clock do its work."""
    speaker = Speaker(desk.vault, PlainWords(), "Bridge House", RecordingFiles({}))
    hands = Hands(desk.records, desk.vault, desk.clock, desk.signals, speaker)
    for work in (Waits(hands, RosterDuty(desk.clock)), Matching(hands)):
        await work.look()


async def look(desk: TestDesk, waiting: Conversation) -> Conversation:
    """Let the clock do its work, and see what came of it."""
    await clock_looks(desk)
    return await desk.read(waiting.id)


async def test_while_nothing_is_due_the_clock_only_looks_and_nobody_who_writes_waits_for_it(desk: TestDesk) -> None:
    await desk.pair()
    asked_for, other = await desk.person_waits("first"), await desk.person_waits("other")
    assert (await look(desk, asked_for)).own.state is State.RESERVED
    await look(desk, other)
    with questions(desk.records) as asked:
        await clock_looks(desk)
    assert asked
    assert "BEGIN IMMEDIATE" not in asked


async def test_each_counsellor_is_asked_once_for_ninety_seconds_and_the_wait_counts_on(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    ann = await desk.counsellor("Ann", supervisor)
    waiting = await desk.person_waits("told")
    first = await look(desk, waiting)
    assert first.own.state is State.RESERVED
    desk.clock.pass_(seconds=89)
    assert (await look(desk, waiting)).own.counsellor == first.own.counsellor
    desk.clock.pass_(seconds=1)
    second = await look(desk, waiting)
    assert {first.own.counsellor, second.own.counsellor} == {noor.member.id, ann.member.id}
    desk.clock.pass_(seconds=90)
    for session in (noor, ann):
        await desk.services.sessions.touch(session)
    left = await look(desk, waiting)
    assert (left.own.state, left.own.since) == (State.QUEUED, waiting.own.since)
    assert [each.code for each in (await desk.counsel.queue(ann)).waiting] == [waiting.code]


async def test_who_comes_back_is_asked_for_at_the_counsellor_who_knows_them(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    sessions = [noor, *[await desk.counsellor(name, supervisor) for name in ("Ann", "Bo", "Cy")]]
    for knows in sessions:
        waiting = await desk.person_waits("told")
        await desk.counsel.claim(knows, waiting.id)
        await desk.counsel.give_back(knows, waiting.id, "done_for_now")
        async with desk.records.begin() as tx:
            found = await tx.conversations.get(waiting.id)
            assert found is not None
            await tx.conversations.save(replace(found, own=waiting.own))
        assert (await look(desk, waiting)).own.counsellor == knows.member.id


async def test_a_wish_and_a_full_counsellor_keep_others_from_claiming_but_not_in_danger(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    ann = await desk.counsellor("Ann", supervisor)
    await desk.services.rosters.set_terms(supervisor, ann.member.id, Terms(gender="woman", capacity=1))
    await desk.services.rosters.set_terms(supervisor, noor.member.id, Terms(gender="man"))
    one, two, three = [await desk.person_waits("told", level=level) for level in ("P3", "P3", "P0")]
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(one.id)
        assert found is not None
        await tx.conversations.save(replace(found, wish_gender="woman"))
    with pytest.raises(NotAllowed, match="wish"):
        await desk.counsel.claim(noor, one.id)
    await desk.counsel.claim(ann, one.id)
    with pytest.raises(NotAllowed, match="capacity"):
        await desk.counsel.claim(ann, two.id)
    await desk.counsel.claim(ann, three.id)


async def test_a_counsellor_of_another_organisation_is_neither_on_duty_nor_asked(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(replace(desk.home, id=OrganisationId("other"), name="Other", home=False))
        member = await tx.staff.get(noor.member.id)
        assert member is not None
        await tx.staff.save(replace(member, organisation=OrganisationId("other")))
    waiting = await desk.person_waits("told")
    assert (await look(desk, waiting)).own.state is State.QUEUED
    async with desk.records.begin() as tx:
        assert await RosterDuty(desk.clock).languages_now(tx) == frozenset()
