"""A complaint reaches supervisors, and never the one complained of; alerts stay in their organisation."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.codes import OrganisationId
from bot.services.door import NoSuchConversation
from bot.services.records import Conversation, Organisation
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def complains(desk: TestDesk, conversation: Conversation) -> int:
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(conversation.id, conversation.code, "complaint", "P3", desk.clock.now())
        return (await tx.casework.alerts(1))[0].id


async def sees(desk: TestDesk, session: Session) -> list[str]:
    return [alert.kind for alert in (await desk.counsel.queue(session)).alerts]


async def test_a_complaint_is_for_supervisors_and_never_for_the_one_complained_of(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    both, _ = await desk.member("Sam", "supervisor", "counsellor")
    await desk.vets(supervisor, both)
    by_counsellor, by_both = await desk.person_waits("told"), await desk.person_waits("told")
    await desk.counsel.claim(counsellor, by_counsellor.id)
    await desk.counsel.claim(both, by_both.id)
    await desk.counsel.write(both, by_both.id, "I am here.")
    await desk.counsel.give_back(both, by_both.id, "done_for_now")
    first = await complains(desk, by_counsellor)
    assert await sees(desk, counsellor) == []
    assert await sees(desk, both) == await sees(desk, supervisor) == ["complaint"]
    second = await complains(desk, by_both)
    assert await sees(desk, both) == ["complaint"]
    assert await sees(desk, supervisor) == ["complaint", "complaint"]
    for session, alert in ((counsellor, first), (both, second), (both, 999)):
        with pytest.raises(NoSuchConversation):
            await desk.counsel.see_alert(session, alert)
    await desk.counsel.see_alert(supervisor, second)


async def test_alerts_of_the_hotline_are_not_for_another_organisation(desk: TestDesk) -> None:
    public, _ = desk.vault.new_key_pair()
    other = Organisation(
        OrganisationId("other"), "Elsewhere", home=False, public_key=public, waiting_private=None, recovery_wrapped=None
    )
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(other)
    stranger, _ = await desk.member_of("Elsewhere", "Eve", "supervisor")
    conversation = await desk.person_waits("told")
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(conversation.id, conversation.code, "danger", "P0", desk.clock.now())
        await tx.casework.add_alert(None, None, "engine", "P1", desk.clock.now())
    assert await sees(desk, stranger) == []
