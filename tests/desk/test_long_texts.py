"""What a counsellor writes at length leaves in parts, is one message at the desk, and says how the whole of it is."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.codes import ConversationId
from bot.services.counsel import LONGEST
from bot.services.records import OutboxRow
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, browser, open_desk

SENTENCE = "You can write whenever you like. "


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(database_url) as made:
        yield made


async def writes_at_length(desk: TestDesk) -> tuple[Session, ConversationId, str]:
    """Let a counsellor who has just taken over write a text of three parts; that they joined has arrived."""
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    (joined,) = await due(desk)
    async with desk.records.begin() as tx:
        await tx.outbox.delivered(joined.id, "1", desk.clock.now())
    text = (SENTENCE * 300).strip()
    await desk.counsel.write(counsellor, waiting.id, text)
    return counsellor, waiting.id, text


async def due(desk: TestDesk) -> list[OutboxRow]:
    async with desk.records.begin() as tx:
        return list(await tx.outbox.due(desk.clock.now(), 9))


async def how_it_stands(desk: TestDesk, counsellor: Session, conversation: ConversationId) -> list[tuple[str, bool]]:
    read = await desk.counsel.read_messages(counsellor, conversation)
    return [(message.delivery, message.is_final) for message in read if message.author == "counsellor"]


async def test_a_long_text_arrives_in_parts_in_order_and_is_accepted_when_all_have_arrived(desk: TestDesk) -> None:
    counsellor, conversation, text = await writes_at_length(desk)
    arrived = []
    while rows := await due(desk):
        assert await how_it_stands(desk, counsellor, conversation) == [("waiting", False)]
        (row,) = rows
        arrived += await desk.outbox()
        async with desk.records.begin() as tx:
            await tx.outbox.delivered(row.id, "1", desk.clock.now())
    assert " ".join(arrived) == text
    assert len(arrived) == 3
    assert all(part.endswith(".") and len(part) <= 4096 for part in arrived)
    assert await how_it_stands(desk, counsellor, conversation) == [("accepted", True)]
    (mine,) = [it for it in await desk.counsel.read_messages(counsellor, conversation) if it.author == "counsellor"]
    assert mine.text == text


async def test_a_part_that_is_refused_takes_the_rest_with_it_and_the_desk_says_so(desk: TestDesk) -> None:
    counsellor, conversation, _ = await writes_at_length(desk)
    first = (await due(desk))[0]
    async with desk.records.begin() as tx:
        await tx.outbox.delivered(first.id, "1", desk.clock.now())
    await desk.counsel.write(counsellor, conversation, "short")
    async with desk.records.begin() as tx:
        await tx.outbox.wait(
            (await tx.outbox.due(desk.clock.now(), 1))[0].id, desk.clock.now(), held="held: the person paused"
        )
    assert (await how_it_stands(desk, counsellor, conversation))[0] == ("held-the-person-paused", False)
    second = (await due(desk))[0]
    async with desk.records.begin() as tx:
        await tx.outbox.give_up(second.id, "failed", "refused with status 400")
    assert await how_it_stands(desk, counsellor, conversation) == [("failed", True), ("waiting", False)]
    assert await desk.outbox() == ["short"]


async def test_the_longest_text_fits_the_form_in_every_script(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    async with browser(desk, counsellor) as driver:
        for letter in ("x", "ก", "😀"):
            await driver.open(f"/conversations/{waiting.code}")
            assert f'maxlength="{LONGEST}"' in driver.text
            answer = await driver.send(f"/conversations/{waiting.code}/messages", {"text": letter * LONGEST})
            assert answer.status_code == 200, letter
        await driver.open(f"/conversations/{waiting.code}")
        longer = await driver.send(f"/conversations/{waiting.code}/messages", {"text": "x" * (LONGEST + 1)})
    assert longer.status_code == 422
    assert "between 1 and 12,000" in longer.text or "12000" in longer.text
