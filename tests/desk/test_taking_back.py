"""A supervisor takes a conversation back: with a reason, without a word of it, and the person is told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain import deeds
from bot.domain.codes import OrganisationId
from bot.domain.ownership import State
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.records import Organisation
from bot.services.taking_back import TAKE_REASONS
from tests.support.desk import TestDesk, browser, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_a_stuck_conversation_is_taken_back_and_the_person_waits_and_is_told(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    held = await desk.person_waits("told in confidence", level="P1")
    await desk.counsel.claim(noor, held.id)
    async with browser(desk, supervisor) as driver:
        page = await driver.open("/held")
        assert held.code in page.text
        assert "Noor" in page.text
        assert "told in confidence" not in page.text
        form = {"reason": "not_answered"}
        assert held.code not in (await driver.send(f"/held/{held.code}/take-back", form)).text
    assert (await desk.read(held.id)).own.state is State.QUEUED
    assert (str(supervisor.member.id), "taken_back") in await desk.audited()
    with pytest.raises(NoSuchConversation):
        await desk.counsel.held(noor, held.id)
    async with desk.records.look() as tx:
        assert ("waiting", held.code) in {(it.kind, it.code) for it in await tx.casework.alerts(9)}
        assert "about.did-taken-back" in deeds.told(await tx.casework.acts(held.id))
    await desk.counsel.claim(noor, held.id)
    assert "[handoff.requeued en]" in [it.text for it in await desk.counsel.read_messages(noor, held.id)]


async def test_a_supervisor_reads_what_a_colleague_holds_only_with_a_reason_that_stays(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    held = await desk.person_waits("told in confidence")
    await desk.counsel.claim(noor, held.id)
    with pytest.raises(NoSuchConversation):
        await desk.services.supervising.read(supervisor, held.id)
    async with browser(desk, supervisor) as driver:
        page = f"/held/{held.code}"
        assert "told in confidence" not in (await driver.open(page)).text
        assert (await driver.send(f"{page}/read", {"reason": "because"})).status_code == 422
        shown = (await driver.send(f"{page}/read", {"reason": "she asked me what to say"})).text
        assert "told in confidence" in shown
    assert (str(supervisor.member.id), "supervised") in await desk.audited()
    assert [note.text for note in (await desk.services.holding.page(noor, held.id, None)).notes] == [
        "she asked me what to say"
    ]
    async with desk.records.look() as tx:
        assert "about.did-supervised" in deeds.told(await tx.casework.acts(held.id))
    await desk.counsel.give_back(noor, held.id, "done_for_now")
    with pytest.raises(NoSuchConversation):
        await desk.services.supervising.read(supervisor, held.id)


async def test_nobody_takes_back_without_a_reason_their_own_or_another_organisation_s(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    taking = desk.services.taking_back
    both, _ = await desk.member("Kim", "supervisor", "counsellor")
    await desk.vets(supervisor, both)
    own = await desk.person_waits("told")
    await desk.counsel.claim(both, own.id)
    held = await desk.person_waits("told")
    await desk.counsel.claim(noor, held.id)
    assert [it.conversation.code for it in await taking.held(both)] == [held.code]
    with pytest.raises(NotAllowed):
        await taking.take_back(supervisor, held.id, "because")
    public, _ = desk.vault.new_key_pair()
    elsewhere = Organisation(
        OrganisationId("other"), "Elsewhere", home=False, public_key=public, waiting_private=None, recovery_wrapped=None
    )
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(elsewhere)
    other, _ = await desk.member_of("Elsewhere", "Eve", "supervisor")
    for stranger in (other, noor):
        assert await taking.held(stranger) == []
        with pytest.raises(NoSuchConversation):
            await desk.services.supervising.begin(stranger, held.id, "a reason that is long")
        with pytest.raises(NoSuchConversation):
            await taking.take_back(stranger, held.id, TAKE_REASONS[0])
    assert (await desk.read(held.id)).own.state is State.HELD
