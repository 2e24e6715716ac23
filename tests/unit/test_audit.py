"""Supervisors see every opening and every act; a row that was changed or taken out is found; nobody else reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete, update

from bot.adapters.db.tables import audit
from bot.domain.codes import OrganisationId
from bot.services.audit import PAGE
from bot.services.door import NoSuchConversation
from bot.services.records import AuditEntry, Organisation
from bot.services.staff import Refused
from tests.support.desk import TestDesk, browser, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_a_supervisor_sees_who_opened_a_conversation_and_that_they_looked_is_written_too(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    conversation = await desk.person_waits("planted-word")
    await desk.counsel.claim(counsellor, conversation.id)
    await desk.counsel.read_messages(counsellor, conversation.id)
    await desk.counsel.close(counsellor, conversation.id, "helped")
    async with browser(desk, supervisor) as driver:
        page = await driver.open(f"/audit?conversation={conversation.code}")
    for told in ("Took it over", "Opened it", "Closed it", "outcome: helped", "Noor"):
        assert told in page.text
    assert "Granted the key" not in page.text
    assert "planted-word" not in page.text
    assert (await desk.audited())[-1] == (supervisor.member.id, "audit_read")


async def test_the_audit_goes_back_page_by_page(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    async with desk.records.begin() as tx:
        for number in range(PAGE):
            await tx.casework.add_audit(AuditEntry(desk.clock.now(), "program", "tick", detail={"n": number}))
    newest = await desk.services.audit.look(supervisor)
    assert newest.earlier is not None
    rest = await desk.services.audit.look(supervisor, before=newest.earlier)
    numbers = [row.number for row in (*newest.rows, *rest.rows)]
    assert numbers == list(range(len(await desk.audited()), 0, -1))
    assert rest.earlier is None


@pytest.mark.parametrize("how", ["changed", "taken out", "cut off"])
async def test_a_chain_that_does_not_hold_is_said_with_its_first_broken_row(desk: TestDesk, how: str) -> None:
    supervisor, _ = await desk.pair()
    last = len(await desk.audited())
    async with browser(desk, supervisor) as driver:
        await driver.open("/audit")
        assert "The chain holds" in (await driver.send("/audit/verify")).text
        async with desk.records.begin() as tx:
            spoil = {
                "changed": update(audit).where(audit.c.number == 3).values(actor="nobody"),
                "taken out": delete(audit).where(audit.c.number == 3),
                "cut off": delete(audit).where(audit.c.number == last),
            }[how]
            await tx._connection.execute(spoil)
        page = await driver.send("/audit/verify")
    assert f"Row {last if how == 'cut off' else 3} is the first that does not fit" in page.text


async def test_nobody_else_reads_it(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    public, _ = desk.vault.new_key_pair()
    other = Organisation(
        OrganisationId("other"), "Elsewhere", home=False, public_key=public, waiting_private=None, recovery_wrapped=None
    )
    async with desk.records.begin() as tx:
        await tx.staff.add_organisation(other)
    stranger, _ = await desk.member_of("Elsewhere", "Eve", "supervisor")
    for session in (counsellor, stranger):
        with pytest.raises(Refused, match="role"):
            await desk.services.audit.look(session)
        with pytest.raises(Refused, match="role"):
            await desk.services.audit.first_broken(session)
    with pytest.raises(NoSuchConversation):
        await desk.services.audit.look(supervisor, "AAA-AAAA")


async def test_what_was_erased_is_named_by_nothing_and_still_counted(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    conversation = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, conversation.id)
    async with desk.records.begin() as tx:
        await tx.conversations.erase(conversation.id)
    rows = (await desk.services.audit.look(supervisor)).rows
    claimed = next(row for row in rows if row.act == "claimed")
    assert (claimed.code, claimed.is_erased) == (None, True)
