"""Nobody takes a conversation over before they were vetted, nor after it ran out; the last approval grants the key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.codes import MemberId, OrganisationId
from bot.domain.ownership import State
from bot.domain.vetting import LONGEST, NotVetting, recorded
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.duty import RosterDuty
from bot.services.practice import LIVE
from bot.services.records import Organisation
from bot.services.sign_in import Session
from bot.services.staff import Refused
from bot.services.vetting import NoSuchMember
from tests.support.desk import PASSPHRASE, SECRET, TestDesk, open_desk
from tests.support.fakes import NOON

ME = MemberId("me")
SOON = NOON + timedelta(days=1)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def goes_live(desk: TestDesk) -> None:
    async with desk.records.begin() as tx:
        await tx.casework.set_fact(LIVE, "now")


async def second_supervisor(desk: TestDesk, first: Session) -> Session:
    second, _ = await desk.member("Sam", "supervisor")
    await desk.vets(first, second)
    return second


def test_what_was_checked_is_kept_in_one_order_and_has_no_approval_yet() -> None:
    vetting = recorded(["record", "identity"], ME, NOON, NOON, SOON)
    assert vetting.checked == ("identity", "record")
    assert vetting.approved_by == ()
    assert [vetting.standing(NOON, needed) for needed in (1, 2)] == ["waits", "waits"]


@pytest.mark.parametrize(
    ("checked", "conduct", "until", "wrong"),
    [
        (["references"], NOON, SOON, "checked"),
        ([], NOON, SOON, "checked"),
        (["identity", "horoscope"], NOON, SOON, "checked"),
        (["identity"], None, SOON, "conduct"),
        (["identity"], SOON, SOON, "conduct"),
        (["identity"], NOON, None, "until"),
        (["identity"], NOON, NOON, "until"),
        (["identity"], NOON, NOON + LONGEST + timedelta(days=1), "until"),
    ],
)
def test_what_is_no_vetting_is_not_written_down(checked: list[str], conduct: None, until: None, wrong: str) -> None:
    with pytest.raises(NotVetting, match=f"^{wrong}$"):
        recorded(checked, ME, NOON, conduct, until)


async def test_in_practice_one_approval_is_enough_and_grants_the_key(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    assert counsellor.organisation_key == supervisor.organisation_key
    assert counsellor.standing == "vetted"
    conversation = await desk.person_waits("told")
    assert (await desk.counsel.claim(counsellor, conversation.id)).own.state is State.HELD
    acts = [act for _, act in await desk.audited()]
    assert acts[acts.index("vetting_recorded") :][:3] == ["vetting_recorded", "vetting_approved", "key_granted"]


async def test_once_live_it_takes_two_supervisors_and_the_second_approval_grants_the_key(desk: TestDesk) -> None:
    first, _ = await desk.member("Mali", "supervisor")
    second = await second_supervisor(desk, first)
    await goes_live(desk)
    counsellor, _ = await desk.member("Noor")
    await desk.vets(first, counsellor)
    assert (counsellor.standing, counsellor.organisation_key) == ("waits", None)
    with pytest.raises(Refused, match="approved"):
        await desk.services.vettings.approve(first, counsellor.member.id)
    await desk.services.vettings.approve(second, counsellor.member.id)
    assert await desk.services.sessions.touch(counsellor)
    assert (counsellor.standing, counsellor.organisation_key) == ("vetted", first.organisation_key)


async def test_going_live_asks_for_the_second_approval_of_everybody_and_who_lacks_it_cannot_claim(
    desk: TestDesk,
) -> None:
    supervisor, counsellor = await desk.pair()
    second = await second_supervisor(desk, supervisor)
    conversation = await desk.person_waits("told")
    await goes_live(desk)
    assert await desk.services.sessions.touch(counsellor)
    with pytest.raises(NotAllowed, match="vetting"):
        await desk.counsel.claim(counsellor, conversation.id)
    assert counsellor.organisation_key is not None
    async with desk.records.begin() as tx:
        assert "en" not in await RosterDuty(desk.clock).languages_now(tx)
    await desk.services.vettings.approve(second, counsellor.member.id)
    assert await desk.services.sessions.touch(counsellor)
    await desk.counsel.claim(counsellor, conversation.id)


async def test_a_vetting_that_ran_out_ends_new_claims_by_itself_and_takes_nothing_that_is_held(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    held, waiting = await desk.person_waits("told"), await desk.person_waits("told too")
    await desk.vets(supervisor, counsellor, days=1)
    await desk.counsel.claim(counsellor, held.id)
    for _ in range(24):
        desk.clock.pass_(minutes=59)
        await desk.services.sessions.touch(counsellor)
    desk.clock.pass_(minutes=59)
    _, again = await desk.services.sessions.start(counsellor.member, counsellor.private or b"")
    _, again = await desk.services.sign_in.sign_in("Noor", PASSPHRASE, desk.next_code())
    assert again.standing == "expired"
    assert (await desk.counsel.queue(again)).waiting[0].lacks == "vetting"
    with pytest.raises(NotAllowed, match="vetting"):
        await desk.counsel.claim(again, waiting.id)
    await desk.counsel.write(again, held.id, "I am still here.")
    async with desk.records.begin() as tx:
        assert "en" not in await RosterDuty(desk.clock).languages_now(tx)


async def test_new_keys_want_new_approvals_and_the_record_stays(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    token = await desk.staff.new_link(counsellor.member.id)
    done = await desk.staff.set_up(token, PASSPHRASE, SECRET, desk.code())
    assert (done.member.approved_by, done.member.has_key, done.member.checked) == ((), False, ("identity",))
    await desk.services.vettings.approve(supervisor, counsellor.member.id)
    assert (await desk.stored("Noor")).has_key


async def test_only_a_supervisor_with_the_key_vets_and_never_themselves(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    keyless, _ = await desk.member("Sam", "supervisor")
    vettings = desk.services.vettings
    for session in (counsellor, keyless):
        with pytest.raises(Refused, match="role"):
            await vettings.approve(session, keyless.member.id)
    with pytest.raises(Refused, match="member"):
        await vettings.record(supervisor, supervisor.member.id, ["identity"], NOON, SOON)
    with pytest.raises(Refused, match="vetting"):
        await vettings.approve(supervisor, keyless.member.id)


async def test_an_approval_waits_for_the_set_up_and_one_who_reads_nothing_gets_no_key(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    vettings, now = desk.services.vettings, desk.clock.now()
    await desk.staff.add_member("Kai", ["counsellor"], "", ["th"])
    kai = await desk.stored("Kai")
    await vettings.record(supervisor, kai.id, ["identity"], now, now + timedelta(days=9))
    with pytest.raises(Refused, match="member"):
        await vettings.approve(supervisor, kai.id)
    assert (await desk.stored("Kai")).approved_by == ()
    interpreter, _ = await desk.member("Lin", "interpreter")
    await desk.vets(supervisor, interpreter)
    assert (interpreter.standing, interpreter.organisation_key) == ("vetted", None)


async def test_people_of_another_organisation_are_not_there(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    public, _ = desk.vault.new_key_pair()
    other = Organisation(
        OrganisationId("other"), "Elsewhere", home=False, public_key=public, waiting_private=None, recovery_wrapped=None
    )
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(other)
    await desk.staff.add_member("Eve", ["counsellor"], "Elsewhere", ["th"])
    eve = await desk.stored("Eve")
    vettings = desk.services.vettings
    assert "Eve" not in [each.member.name for each in await vettings.everybody(supervisor)]
    for act in (
        vettings.look(supervisor, eve.id),
        vettings.approve(supervisor, eve.id),
        vettings.record(supervisor, eve.id, ["identity"], desk.clock.now(), desk.clock.now() + timedelta(days=9)),
        vettings.look(supervisor, MemberId("nobody")),
    ):
        with pytest.raises(NoSuchMember):
            await act


async def test_who_must_not_be_given_a_person_does_not_see_that_they_wait(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    conversation = await desk.person_waits("told")
    async with desk.records.begin() as tx:
        await tx.staff.block(counsellor.member.id, conversation.id, supervisor.member.id, desk.clock.now())
        await tx.staff.block(counsellor.member.id, conversation.id, supervisor.member.id, desk.clock.now())
        assert [code for code, _ in await tx.staff.blocks(counsellor.member.id)] == [conversation.code]
    assert (await desk.counsel.queue(counsellor)).waiting == []
    with pytest.raises(NoSuchConversation):
        await desk.counsel.claim(counsellor, conversation.id)
    async with desk.records.begin() as tx:
        await tx.staff.unblock(counsellor.member.id, conversation.id)
    await desk.counsel.claim(counsellor, conversation.id)
