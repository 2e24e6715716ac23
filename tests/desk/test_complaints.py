"""A complaint reaches supervisors whom it does not concern, and what they do next is one press away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.desk import TestDesk, browser, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_a_supervisor_sees_whom_it_concerns_and_keeps_them_apart(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    it = await desk.person_waits("told")
    await desk.counsel.claim(noor, it.id)
    await desk.counsel.write(noor, it.id, "hello")
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(it.id, it.code, "complaint", "P3", desk.clock.now())
    async with browser(desk, supervisor) as driver:
        await driver.open("/alerts")
        assert 'href="/complaints"' in driver.text
        await driver.open("/complaints")
        assert it.code in driver.text
        assert "Noor" in driver.text
        await driver.send(f"/people/{noor.member.id}/block", {"code": it.code})
        await driver.open("/complaints")
        assert "kept apart" in driver.text
        (complaint,) = await desk.services.complaints.look(supervisor)
        await driver.send(f"/alerts/{complaint.alert}/seen")
        await driver.open("/complaints")
        assert "Mali" in driver.text
    async with browser(desk, noor) as driver:
        await driver.open("/complaints")
        assert it.code not in driver.text


async def test_a_supervisor_who_counselled_is_not_shown_the_complaint_about_themselves(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    both, _ = await desk.member("Lin", "supervisor", "counsellor")
    await desk.vets(supervisor, both)
    it = await desk.person_waits("told")
    await desk.counsel.claim(both, it.id)
    await desk.counsel.write(both, it.id, "hello")
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(it.id, it.code, "complaint", "P3", desk.clock.now())
    assert await desk.services.complaints.look(both) == []
    assert [each.code for each in await desk.services.complaints.look(supervisor)] == [it.code]
