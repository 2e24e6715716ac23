"""What a counsellor notes, and what stands beside a conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.observations import Observed
from bot.domain.plan import Plan
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.observe import seal
from bot.services.records import AuditEntry
from tests.support.desk import TestDesk, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_notes_go_with_the_conversation_to_who_takes_it_over_and_to_nobody_else(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    ploy = await desk.counsellor("Ploy", supervisor)
    it = await desk.person_waits("told")
    await desk.counsel.claim(noor, it.id)
    await desk.services.case_notes.add(noor, it.id, " planted-word\r\nof Noor ")
    for refused in ("", "x" * 4001):
        with pytest.raises(NotAllowed, match="note"):
            await desk.services.case_notes.add(noor, it.id, refused)
    await desk.transfers.offer(noor, it.id, ploy.member.id)
    for session in (ploy, supervisor):
        with pytest.raises(NoSuchConversation):
            await desk.services.holding.page(session, it.id, None)
    await desk.transfers.accept(ploy, it.id)
    await desk.services.case_notes.add(ploy, it.id, "of Ploy")
    read = (await desk.services.holding.page(ploy, it.id, None)).notes
    assert [(note.name, note.text) for note in read] == [("", "of Ploy"), ("Noor", "planted-word\nof Noor")]
    with pytest.raises(NoSuchConversation):
        await desk.services.holding.page(noor, it.id, None)
    async with desk.records.begin() as tx:
        assert all(b"planted-word" not in note.sealed for note in await tx.notes.of(it.id))
        await tx.conversations.erase(it.id)
        assert await tx.notes.of(it.id) == []


async def test_the_plan_a_takeover_and_the_kinds_of_what_was_told_are_always_in_sight(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    it = await desk.person_waits("one", "two")
    now = desk.clock.now()
    async with desk.records.begin() as tx:
        (one, _, _), (two, _, _) = await tx.messages.latest(it.id, 9)
        observed = [Observed("violence", "heard"), Observed("withheld_wages", "heard")]
        await tx.messages.add_observations(seal(desk.vault, it.id, two.id, observed, now))
        await tx.casework.add_audit(AuditEntry(now, "person", "takeover_said", it.id))
        found = await tx.conversations.get(it.id)
        assert found is not None
        await tx.conversations.save(replace(found, plan=Plan(may_write=True, parts=("night",), offset=420)))
    await desk.counsel.claim(noor, it.id)
    seen = (await desk.counsel.look(noor, it.id)).in_sight
    assert (seen.plan.parts, seen.takeover, seen.kinds) == (("night",), True, ("pay", "safety"))
    read = await desk.counsel.read_messages(noor, it.id)
    assert [(m.text, m.heavy) for m in read if m.author == "person"] == [("one", False), ("two", True)]
    assert one.id != two.id
