"""What one shift leaves to the next: sealed, read by who holds the key, and gone in a week."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.services.door import NotAllowed
from bot.services.handover import KEPT_FOR
from bot.services.staff import Refused
from tests.support.desk import TestDesk, browser, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_a_note_reaches_whoever_comes_next_and_is_sealed_until_then(desk: TestDesk) -> None:
    """H10: nobody carries a night alone."""
    supervisor, noor = await desk.pair()
    async with browser(desk, noor) as evening, browser(desk, supervisor) as morning:
        await evening.open("/handover")
        await evening.send("/handover", {"text": "The line in <Mae Sot> is down"})
        await morning.open("/")
        assert "A note for whoever comes next" in morning.text
        await morning.open("/handover")
        assert "The line in &lt;Mae Sot&gt; is down" in morning.text
        assert "Noor" in morning.text
        async with desk.records.begin() as tx:
            stored = await tx._connection.execute(text("select sealed from shift_notes"))
            assert b"Mae Sot" not in stored.scalar_one()
        (note,) = await desk.services.handovers.read(supervisor)
        await morning.send(f"/handover/{note.id}/done")
        assert "Nothing was left" in morning.text
    assert [act for _, act in await desk.audited() if "shift_note" in act] == ["shift_note_written", "shift_note_done"]


async def test_who_has_no_key_or_does_not_counsel_reads_nothing(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    kai, _ = await desk.member("Kai")
    aye, _ = await desk.member("Aye", "interpreter")
    await desk.services.handovers.write(noor, "left")
    assert await desk.services.handovers.read(kai) == ()
    with pytest.raises(NotAllowed, match="key"):
        await desk.services.handovers.write(kai, "left")
    with pytest.raises(NotAllowed, match="note"):
        await desk.services.handovers.write(noor, "x" * 2001)
    for call in (desk.services.handovers.read(aye), desk.services.handovers.write(aye, "left")):
        with pytest.raises((Refused, NotAllowed)):
            await call


async def test_after_a_week_it_is_gone(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    await desk.services.handovers.write(noor, "left")
    desk.clock.pass_(seconds=KEPT_FOR.total_seconds() - 1)
    await desk.services.handovers.look()
    assert await desk.services.handovers.how_many(noor) == 1
    desk.clock.pass_(seconds=1)
    await desk.services.handovers.look()
    assert await desk.services.handovers.how_many(noor) == 0
