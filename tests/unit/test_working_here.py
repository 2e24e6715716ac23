"""Members see where they are signed in and end it; supervisors end the work of others and keep people apart."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.codes import OrganisationId
from bot.domain.rest import shift_of
from bot.services.door import NoSuchConversation
from bot.services.records import Organisation
from bot.services.sign_in import SignInRefused
from bot.services.staff import Refused
from bot.services.vetting import NoSuchMember
from bot.services.working_here import NoSuchSession
from tests.support.desk import PASSPHRASE, TestDesk, browser, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_a_member_sees_their_sessions_and_ends_one_that_they_do_not_know(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    here = desk.services.working_here
    cookie, stranger = await desk.services.sessions.start(counsellor.member, counsellor.private)
    assert list(await here.sessions_of(counsellor, counsellor.member.id)) == [counsellor, stranger]
    await here.end_session(counsellor, stranger.handle)
    assert await desk.services.sessions.resume(cookie) is None
    assert (stranger.private, stranger.organisation_key) == (b"", None)
    assert list(await here.sessions_of(counsellor, counsellor.member.id)) == [counsellor]
    with pytest.raises(NoSuchSession):
        await here.end_session(counsellor, stranger.handle)


async def test_a_supervisor_ends_sessions_of_others_and_a_counsellor_does_not(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    here = desk.services.working_here
    assert await here.sessions_of(counsellor, supervisor.member.id) == ()
    with pytest.raises(NoSuchSession):
        await here.end_session(counsellor, supervisor.handle)
    await here.end_session(supervisor, counsellor.handle)
    assert not await desk.services.sessions.touch(counsellor)
    assert (supervisor.member.id, "session_ended") in await desk.audited()


async def test_an_open_page_hears_at_once_that_its_session_was_ended(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    conversation = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, conversation.id)
    await desk.counsel.read_messages(counsellor, conversation.id)
    topics = ("queue", f"conversation:{conversation.id}")
    before = [desk.signals.count(topic) for topic in topics]
    await desk.services.working_here.end_session(supervisor, counsellor.handle)
    assert all(desk.signals.count(topic) > seen for topic, seen in zip(topics, before, strict=True))


async def test_who_does_not_work_here_any_more_has_no_session_no_key_and_no_way_in(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    await desk.services.working_here.end_work(supervisor, counsellor.member.id)
    gone = await desk.stored("Noor")
    assert (gone.active, gone.key_wrapped, gone.approved_by) == (False, None, ())
    assert not await desk.services.sessions.touch(counsellor)
    with pytest.raises(SignInRefused):
        await desk.services.sign_in.sign_in("Noor", PASSPHRASE, desk.next_code())
    for refused in (counsellor.member.id, supervisor.member.id):
        with pytest.raises(Refused, match="member"):
            await desk.services.working_here.end_work(supervisor, refused)


async def test_the_last_who_has_the_key_stays(desk: TestDesk) -> None:
    supervisor, _ = await desk.member("Mali", "supervisor")
    administrator, _ = await desk.member("Ari", "administrator")
    with pytest.raises(Refused, match="last_key"):
        await desk.services.working_here.end_work(administrator, supervisor.member.id)
    assert await desk.services.sessions.touch(supervisor)


async def test_my_conversations_lists_what_one_took_over_and_nothing_of_others(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    other = await desk.counsellor("Kai", supervisor)
    mine, theirs, erased = [await desk.person_waits("told") for _ in range(3)]
    for session, conversation in ((counsellor, mine), (other, theirs), (counsellor, erased)):
        await desk.counsel.claim(session, conversation.id)
    await desk.counsel.close(counsellor, mine.id, "helped")
    async with desk.records.begin() as tx:
        await tx.conversations.erase(erased.id)
    async with browser(desk, counsellor) as driver:
        page = await driver.open("/me")
    assert mine.code in page.text
    assert theirs.code not in page.text
    assert erased.code not in page.text
    assert f'href="/conversations/{mine.code}"' not in page.text


async def test_a_supervisor_keeps_a_member_from_a_conversation_and_lets_them_have_it_again(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    conversation = await desk.person_waits("told")
    path = f"/people/{counsellor.member.id}"
    async with browser(desk, supervisor) as driver:
        await driver.open(path)
        page = await driver.send(f"{path}/block", {"code": conversation.code.lower()})
        assert conversation.code in page.text
        assert (await desk.counsel.queue(counsellor)).waiting == []
        await driver.send(f"{path}/unblock", {"code": conversation.code})
    assert [each.code for each in (await desk.counsel.queue(counsellor)).waiting] == [conversation.code]
    with pytest.raises(Refused, match="role"):
        await desk.services.working_here.block(counsellor, counsellor.member.id, conversation.code)
    with pytest.raises(NoSuchConversation):
        await desk.services.working_here.block(supervisor, counsellor.member.id, "AAA-AAAA")


@pytest.mark.parametrize(
    ("levels", "rests"),
    [([], False), (["P0", "P1"], False), (["P0", "P1", "P1"], True), (["P3"] * 7, False), (["P4"] * 8, True)],
)
def test_a_heavy_shift_suggests_a_rest(levels: list[str], *, rests: bool) -> None:
    assert shift_of(levels).suggests_rest is rests


async def test_the_desk_says_that_a_rest_would_be_good_until_the_shift_is_over(desk: TestDesk) -> None:
    """H10: what a shift held is counted, and a rest is suggested; what is for training does not count."""
    _, counsellor = await desk.pair()
    async with browser(desk, counsellor) as driver:
        for _ in range(3):
            assert "A rest would be good" not in (await driver.open("/")).text
            conversation = await desk.person_waits("told", level="P1")
            await desk.counsel.claim(counsellor, conversation.id)
            await desk.counsel.give_back(counsellor, conversation.id, "needs_rest")
        assert "3 of them heavy. A rest would be good" in (await driver.open("/")).text
        assert "A rest would be good" in (await driver.open("/me")).text
    desk.clock.pass_(hours=12)
    assert not (await desk.services.working_here.shift(counsellor)).suggests_rest


async def test_an_administrator_adds_people_to_their_own_organisation_only(desk: TestDesk) -> None:
    public, _ = desk.vault.new_key_pair()
    other = Organisation(
        OrganisationId("other"), "Elsewhere", home=False, public_key=public, waiting_private=None, recovery_wrapped=None
    )
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(other)
    stranger, _ = await desk.member_of("Elsewhere", "Eve", "administrator")
    async with browser(desk, stranger) as driver:
        await driver.open("/people")
        await driver.send("/people", {"name": "Kit", "role": "reviewer", "language": "en"})
    assert (await desk.stored("Kit")).organisation == other.id


async def test_another_organisation_s_people_sessions_and_conversations_are_not_there(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    conversation = await desk.person_waits("told")
    public, _ = desk.vault.new_key_pair()
    other = Organisation(
        OrganisationId("other"), "Elsewhere", home=False, public_key=public, waiting_private=None, recovery_wrapped=None
    )
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(other)
    stranger, _ = await desk.member_of("Elsewhere", "Eve", "supervisor", "counsellor")
    paths = ("", "/vetting", "/approve", "/link", "/end", "/block", "/unblock")
    async with browser(desk, stranger) as driver:
        listed = await driver.open("/people")
        answers = [await driver.http.get(f"/people/{counsellor.member.id}")]
        for path in paths[1:]:
            page = driver.page
            answers.append(await driver.send(f"/people/{counsellor.member.id}{path}", {"code": conversation.code}))
            driver.page = page
        answers.append(await driver.send(f"/sessions/{counsellor.handle}/end"))
        answers.append(await driver.open(f"/conversations/{conversation.code}"))
    assert "Eve" in listed.text
    for text in (listed.text, *(answer.text for answer in answers)):
        assert "Noor" not in text
        assert conversation.code not in text.replace(f"/conversations/{conversation.code}", "")
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert await desk.services.sessions.touch(counsellor)
    for act in (
        desk.services.working_here.end_work(stranger, counsellor.member.id),
        desk.services.working_here.block(stranger, counsellor.member.id, conversation.code),
        desk.services.working_here.sessions_of(stranger, counsellor.member.id),
    ):
        with pytest.raises(NoSuchMember):
            await act
    assert (await desk.stored("Noor")).active
