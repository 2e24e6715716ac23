"""What a page costs must not grow with how many wait, and what changes nothing on it must not wake it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from litestar import Request

from bot.desk.live import AT_ONCE, AnyRequest, follow_part
from bot.domain.ownership import State
from tests.support.desk import TestDesk, open_desk
from tests.support.house import TestHouse, open_test_house
from tests.support.questions import questions


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def test_the_queue_of_many_asks_the_database_no_more_often_than_that_of_one(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    counts = []
    for more in (1, 30):
        for _ in range(more):
            await desk.person_waits()
        with questions(desk.records) as asked:
            found = await desk.counsel.queue(counsellor)
        counts.append(len(asked))
    assert len(found.waiting) == 31
    assert counts[0] == counts[1]


async def test_the_page_of_a_long_talk_asks_no_more_often_and_writes_only_that_it_was_opened(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    counts = []
    for more in (1, 30):
        for number in range(more):
            await desk.person_writes(waiting.id, f"message {number}")
        with questions(desk.records) as asked:
            await desk.counsel.look(counsellor, waiting.id)
            await desk.services.holding.page(counsellor, waiting.id, None)
        counts.append(len(asked))
        assert asked.count("BEGIN IMMEDIATE") == 1
    assert counts[0] == counts[1]


async def test_who_is_kept_from_somebody_does_not_see_them_among_many(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    kept = await desk.person_waits()
    others = [await desk.person_waits() for _ in range(3)]
    await desk.person_waits(consent=False)
    await desk.services.working_here.block(supervisor, counsellor.member.id, kept.code)
    assert {it.code for it in (await desk.counsel.queue(counsellor)).waiting} == {it.code for it in others}


async def test_words_between_two_who_talk_wake_no_queue(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    before = desk.signals.count("queue")
    await desk.counsel.write(counsellor, waiting.id, "I am here.")
    assert desk.signals.count("queue") == before
    assert desk.signals.count(f"conversation:{waiting.id}") > 0


async def test_one_change_wakes_every_open_queue_and_they_take_turns(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    looking: list[int] = [0]

    async def look() -> str:
        looking.append(looking[-1] + 1)
        await desk.counsel.queue(counsellor)
        looking.append(looking[-1] - 1)
        return "how it looks"

    scope = {"type": "http", "litestar_app": desk.app, "state": {"desk_session": counsellor}, "headers": []}
    request: AnyRequest = Request(scope)  # type: ignore[arg-type]  # as much of one as a live page asks for
    streams = [follow_part(request, "queue", look, "gone") for _ in range(9)]
    await asyncio.gather(*(anext(one) for one in streams))
    assert max(looking) == AT_ONCE
    for one in streams:
        await one.aclose()  # type: ignore[attr-defined]  # every one is a generator


@pytest.fixture
async def house(sqlite_url: str, tmp_path: object) -> AsyncIterator[TestHouse]:
    async with open_test_house(sqlite_url, tmp_path) as opened:  # type: ignore[arg-type]
        yield opened


async def test_a_person_who_asks_for_somebody_wakes_the_queue_and_plain_telling_does_not(house: TestHouse) -> None:
    signals = house.house.signals
    await house.says("", kind="start")
    await house.says("hello")
    before = signals.count("queue")
    await house.says("I tell you something")
    assert signals.count("queue") == before
    await house.says("A person", kind="press")
    await house.says("w:person", kind="press")
    assert (await house.conversation()).own.state is not State.BOT
    assert signals.count("queue") > before
