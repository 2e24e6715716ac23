"""The promises page: what is due, near and overdue, and what became of the others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.support.desk import TestDesk, browser, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_promises_are_seen_before_they_break_and_after(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting, now = await desk.person_waits("secret words"), desk.clock.now()
    async with desk.records.begin() as tx:
        for breaks, hours in enumerate((-2, 0.5, 9)):
            await tx.promises.add(waiting.id, now, now + timedelta(hours=hours), breaks)
        for at, outcome in enumerate(("kept", "broken", "cancelled")):
            await tx.promises.add(waiting.id, now, now - timedelta(hours=9), 0)
            newest = max(await tx.promises.open(), key=lambda each: each.id)
            await tx.promises.settle(newest.id, outcome, now + timedelta(minutes=at))

    book = await desk.services.promise_book.look(supervisor)
    assert [line.standing for line in book.open] == ["overdue", "near", "open"]
    assert [line.standing for line in book.settled] == ["cancelled", "broken", "kept"]
    assert (book.kept, book.broken) == (1, 1)
    async with browser(desk, counsellor) as driver:
        await driver.open("/promises")
    assert waiting.code in driver.text
    assert "due within the hour" in driver.text
    assert "secret words" not in driver.text
