"""Danger without consent at the desk: the duty lead reads with a reason, and a second member of staff answers (H8)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.access import ANSWER_WITHIN, READS_FOR, Barred
from bot.domain.codes import OrganisationId
from bot.domain.ownership import Deed, Does, step
from bot.domain.roster import Hours
from bot.services.access.clock import Lapses
from bot.services.door import NoSuchConversation
from bot.services.hands import Hands
from bot.services.records import Organisation
from bot.services.sign_in import Session
from bot.services.speak import Speaker
from tests.support.danger import REASON, Danger, acts, alerts, danger, in_danger, newest, open_now, reads, standing
from tests.support.desk import TestDesk, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


@pytest.fixture
async def anywhere(database_url: str) -> AsyncIterator[TestDesk]:
    """Give a desk on each kind of database: who acts at once is told apart by the database."""
    async with open_desk(database_url) as made:
        yield made


@pytest.fixture
async def scene(desk: TestDesk) -> Danger:
    return await danger(desk)


async def clock_looks(desk: TestDesk) -> None:
    speaker: Speaker = desk.services.counsel._door.speaker
    await Lapses(Hands(desk.records, desk.vault, desk.clock, desk.signals, speaker)).look()


async def test_a_duty_lead_opens_with_a_written_reason_and_a_second_confirms(desk: TestDesk, scene: Danger) -> None:
    """H8: each step of it, and each look, stands in the audit."""
    assert not await reads(desk, scene.lead, scene)
    access = await open_now(desk, scene)
    assert await reads(desk, scene.lead, scene)
    await desk.services.accesses.answer(scene.second, scene.case.id, access, yes=True)
    assert await standing(desk, scene) == "confirmed"
    desk.clock.pass_(seconds=int(READS_FOR.total_seconds()) - 60)
    assert await reads(desk, scene.lead, scene)
    desk.clock.pass_(seconds=60)
    assert not await reads(desk, scene.lead, scene)
    assert await acts(desk) == ["access_asked", "access_opened", "access_confirmed"]


async def test_a_second_who_agreed_before_lets_the_duty_lead_read_at_once(desk: TestDesk, scene: Danger) -> None:
    accesses, case = desk.services.accesses, scene.case.id
    await accesses.begin(scene.lead, case, "child", REASON, at_once=False)
    access = await newest(desk, scene)
    assert not await reads(desk, scene.lead, scene)
    await accesses.answer(scene.counsellor, case, access, yes=True)
    assert not await reads(desk, scene.lead, scene)
    await accesses.open(scene.lead, case, access)
    assert await reads(desk, scene.lead, scene)
    assert await acts(desk) == ["access_asked", "access_confirmed", "access_opened"]


async def test_a_refusal_closes_at_once_and_calls_all_supervisors(desk: TestDesk, scene: Danger) -> None:
    access = await open_now(desk, scene)
    assert ("access_waits", True) in await alerts(desk)
    await desk.services.accesses.answer(scene.counsellor, scene.case.id, access, yes=False)
    assert not await reads(desk, scene.lead, scene)
    assert {("access_waits", False), ("access_refused", True)} <= set(await alerts(desk))
    with pytest.raises(Barred, match="second_first"):
        await open_now(desk, scene)
    await desk.services.alerts.look()
    view = await desk.services.alerts.view(scene.lead)
    called = {name for line in view.open if line.alert.kind == "access_refused" for name, _ in line.called}
    assert called == {"Mali", "Sam"}


async def test_what_nobody_confirmed_in_a_day_closes_by_itself_and_calls_supervisors(
    desk: TestDesk, scene: Danger
) -> None:
    await open_now(desk, scene)
    desk.clock.pass_(seconds=int(ANSWER_WITHIN.total_seconds()) - 1)
    await clock_looks(desk)
    assert await reads(desk, scene.lead, scene)
    desk.clock.pass_(seconds=1)
    # Reading has closed before anything was written down.
    assert not await reads(desk, scene.lead, scene)
    await clock_looks(desk)
    await clock_looks(desk)
    assert await standing(desk, scene) == "lapsed"
    assert (await acts(desk)).count("access_lapsed") == 1
    assert ("access_lapsed", True) in await alerts(desk)
    with pytest.raises(Barred, match="over"):
        await desk.services.accesses.answer(scene.second, scene.case.id, await newest(desk, scene), yes=True)


async def test_nobody_else_reads_whatever_their_role(desk: TestDesk, scene: Danger) -> None:
    """H8: not another supervisor, not a counsellor, not who confirmed."""
    reviewer, _ = await desk.member("Rin", "reviewer")
    access = await open_now(desk, scene)
    await desk.services.accesses.answer(scene.second, scene.case.id, access, yes=True)
    for session in (scene.second, scene.counsellor, reviewer):
        assert not await reads(desk, session, scene)
        with pytest.raises((Barred, NoSuchConversation)):
            await desk.services.accesses.begin(session, scene.case.id, "child", REASON, at_once=True)


async def test_a_duty_lead_whose_hours_ended_reads_no_more(desk: TestDesk, scene: Danger) -> None:
    await open_now(desk, scene)
    leads, day = desk.services.duty_leads, desk.clock.now().date()
    await leads.unname(scene.second, 0, weekday=None, day=day)
    assert not await reads(desk, scene.lead, scene)
    await leads.name(scene.second, scene.second.member.id, Hours(0, 0), day=day)
    assert not await reads(desk, scene.second, scene)


async def test_nothing_is_opened_without_a_mark_of_danger_nor_while_a_counsellor_holds_it(
    desk: TestDesk, scene: Danger
) -> None:
    calm = await in_danger(desk, level="P2")
    with pytest.raises(NoSuchConversation):
        await desk.services.accesses.begin(scene.lead, calm.id, "danger_now", REASON, at_once=True)
    held = await desk.person_waits("told", level="P0")
    await desk.counsel.claim(scene.counsellor, held.id)
    with pytest.raises(NoSuchConversation):
        await desk.services.accesses.begin(scene.lead, held.id, "danger_now", REASON, at_once=True)


async def test_a_mark_that_is_lowered_ends_the_reading_and_a_second_still_answers(
    desk: TestDesk, scene: Danger
) -> None:
    access = await open_now(desk, scene)
    with pytest.raises(Barred, match="level"):
        await desk.services.accesses.lower(scene.lead, scene.case.id, "P0")
    await desk.services.accesses.lower(scene.lead, scene.case.id, "P3")
    assert (await desk.read(scene.case.id)).level == "P3"
    assert not await reads(desk, scene.lead, scene)
    await desk.services.accesses.answer(scene.second, scene.case.id, access, yes=True)
    assert (await acts(desk))[-2:] == ["mark_lowered", "access_confirmed"]


async def test_a_mark_that_was_cleared_meanwhile_lets_nobody_begin_or_agree(desk: TestDesk, scene: Danger) -> None:
    accesses, case = desk.services.accesses, scene.case.id
    await accesses.begin(scene.lead, case, "danger_now", REASON, at_once=False)
    access = await newest(desk, scene)
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(case)
        assert found is not None
        await tx.conversations.save(replace(found, level="P3"))
    with pytest.raises(Barred, match="mark"):
        await accesses.open(scene.lead, case, access)
    with pytest.raises(Barred, match="mark"):
        await accesses.answer(scene.second, case, access, yes=True)


async def test_a_counsellor_who_takes_over_closes_the_reading(desk: TestDesk, scene: Danger) -> None:
    await open_now(desk, scene)
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(scene.case.id)
        assert found is not None
        own = step(found.own, Deed(Does.QUEUE), desk.clock.now())
        own = step(own, Deed(Does.CLAIM, by=scene.counsellor.member.id), desk.clock.now())
        await tx.conversations.save(replace(found, own=own))
    assert not await reads(desk, scene.lead, scene)


async def test_who_must_not_be_given_it_neither_opens_nor_answers(desk: TestDesk, scene: Danger) -> None:
    working = desk.services.working_here
    await working.block(scene.second, scene.lead.member.id, scene.case.code)
    with pytest.raises(NoSuchConversation):
        await open_now(desk, scene)
    await working.block(scene.second, scene.lead.member.id, scene.case.code, lift=True)
    access = await open_now(desk, scene)
    await working.block(scene.lead, scene.second.member.id, scene.case.code)
    with pytest.raises(NoSuchConversation):
        await desk.services.accesses.answer(scene.second, scene.case.id, access, yes=True)
    assert (await desk.services.access_pages.board(scene.second)).waiting == []


async def test_an_erased_conversation_takes_its_reading_with_it(desk: TestDesk, scene: Danger) -> None:
    access = await open_now(desk, scene)
    async with desk.records.begin() as tx:
        await tx.conversations.erase(scene.case.id)
    with pytest.raises(NoSuchConversation):
        await desk.services.accesses.answer(scene.second, scene.case.id, access, yes=True)
    assert not await reads(desk, scene.lead, scene)
    assert (await desk.services.access_pages.board(scene.second)).waiting == []
    desk.clock.pass_(days=2)
    await clock_looks(desk)


async def test_another_conversation_s_reading_is_answered_by_nobody(desk: TestDesk, scene: Danger) -> None:
    access = await open_now(desk, scene)
    other = await in_danger(desk)
    await desk.services.accesses.begin(scene.lead, other.id, "medical", REASON, at_once=False)
    for wrong in (access, "none"):
        with pytest.raises(Barred, match="over"):
            await desk.services.accesses.answer(scene.second, other.id, wrong, yes=True)


async def test_two_who_answer_at_once_answer_once(anywhere: TestDesk) -> None:
    desk, scene = anywhere, await danger(anywhere)
    access, accesses = await open_now(desk, scene), desk.services.accesses
    answers = await asyncio.gather(
        accesses.answer(scene.second, scene.case.id, access, yes=True),
        accesses.answer(scene.counsellor, scene.case.id, access, yes=False),
        return_exceptions=True,
    )
    refused = [each for each in answers if each is not None]
    assert len(refused) == 1
    assert isinstance(refused[0], (Barred, NoSuchConversation))
    written = [act for act in await acts(desk) if act in ("access_confirmed", "access_refused")]
    assert len(written) == 1


async def test_a_duty_lead_who_begins_twice_at_once_begins_once(anywhere: TestDesk) -> None:
    desk, scene = anywhere, await danger(anywhere)
    begun = await asyncio.gather(*(open_now(desk, scene) for _ in range(2)), return_exceptions=True)
    assert sorted(type(each).__name__ for each in begun) == ["Barred", "str"]
    assert (await acts(desk)).count("access_opened") == 1


@pytest.mark.parametrize("covered", [False, True])
async def test_no_step_of_it_sends_anything_to_the_person(desk: TestDesk, scene: Danger, *, covered: bool) -> None:
    """S5, S8: in cover as anywhere, the screen stays as it is."""
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(scene.case.id)
        assert found is not None
        await tx.conversations.save(replace(found, flags=replace(found.flags, covered=covered)))
    before = await desk.read(scene.case.id)
    access = await open_now(desk, scene)
    assert await reads(desk, scene.lead, scene)
    await desk.services.accesses.answer(scene.second, scene.case.id, access, yes=True)
    await desk.services.accesses.end(scene.lead, scene.case.id)
    assert await desk.outbox() == []
    assert await desk.read(scene.case.id) == before


async def test_the_reason_is_nowhere_in_plain(desk: TestDesk, scene: Danger) -> None:
    await open_now(desk, scene)
    async with desk.records.begin() as tx:
        (access,) = await tx.accesses.of(scene.case.id)
        entries = await tx.casework.audited(99)
    assert b"knife" not in access.reason
    assert "knife" not in repr(access) + repr(entries)


async def test_another_organisation_sees_none_of_it(desk: TestDesk, scene: Danger) -> None:
    access = await open_now(desk, scene)
    stranger = await of_another_organisation(desk)
    assert (await desk.services.access_pages.board(stranger)).waiting == ()
    with pytest.raises(NoSuchConversation):
        await desk.services.accesses.answer(stranger, scene.case.id, access, yes=True)


async def of_another_organisation(desk: TestDesk) -> Session:
    public, private = desk.vault.new_key_pair()
    where = Organisation(OrganisationId("shelter"), "Shelter", False, public, None, None)  # noqa: FBT003 - a flag
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(where)
    session, _ = await desk.member_of("Shelter", "Wan", "supervisor")
    session.organisation_key = private
    return session
