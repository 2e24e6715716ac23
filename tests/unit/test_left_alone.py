"""A close as abusive leaves days with the program only; for longer two members of staff agree, and it can be lifted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.codes import OrganisationId
from bot.services.door import NoSuchConversation
from bot.services.left_alone import LONG, SHORT
from bot.services.records import Conversation
from bot.services.sign_in import Session
from bot.services.staff import Refused
from bot.services.talk import open_talk
from tests.support.desk import TestDesk, browser, open_desk


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(database_url) as made:
        yield made


async def closed(desk: TestDesk) -> tuple[Conversation, Session, Session]:
    """Let Noor close a talk as abusive; with the supervisor."""
    supervisor, noor = await desk.pair()
    it = await desk.person_waits("told")
    await desk.counsel.claim(noor, it.id)
    await desk.counsel.close(noor, it.id, "abusive")
    return it, supervisor, noor


async def alone_until(desk: TestDesk, it: Conversation) -> datetime:
    talk = open_talk(desk.vault, it.id, (await desk.read(it.id)).state_sealed)
    return datetime.fromisoformat(talk.alone_until)


async def test_three_days_by_one_thirty_by_two(desk: TestDesk) -> None:
    it, supervisor, noor = await closed(desk)
    left = desk.services.left_alone
    assert await alone_until(desk, it) == desk.clock.now() + SHORT
    await left.ask(noor, it.code)
    assert await alone_until(desk, it) == desk.clock.now() + SHORT, "asking alone changes nothing"
    desk.clock.pass_(days=1)
    await left.confirm(supervisor, it.code)
    assert await alone_until(desk, it) == desk.clock.now() + LONG
    assert ((await desk.read(it.id)).keep_until or it.created_at) >= desk.clock.now() + LONG
    (line,) = await left.listed(noor)
    assert (line.row.asked_by, line.row.confirmed_by, line.lasts) == (noor.member.id, supervisor.member.id, True)
    acts = [act for _, act in await desk.audited()]
    assert [acts.count(act) for act in ("alone_asked", "alone_confirmed")] == [1, 1]


async def test_nobody_agrees_with_themselves_and_nothing_is_done_twice(desk: TestDesk) -> None:
    it, supervisor, noor = await closed(desk)
    left = desk.services.left_alone
    with pytest.raises(Refused, match="alone_not_asked"):
        await left.confirm(supervisor, it.code)
    await left.ask(supervisor, it.code)
    with pytest.raises(Refused, match="alone_asked"):
        await left.ask(noor, it.code)
    with pytest.raises(Refused, match="alone_second"):
        await left.confirm(supervisor, it.code)
    for work in (left.confirm, left.lift):
        with pytest.raises(Refused, match="role"):
            await work(noor, it.code)
    second, _ = await desk.member("Sam", "supervisor")
    await left.confirm(second, it.code)
    with pytest.raises(Refused, match="alone_not_asked"):
        await left.confirm(second, it.code)


async def test_it_is_lifted_by_a_supervisor_and_what_is_over_is_not_made_longer(desk: TestDesk) -> None:
    it, supervisor, noor = await closed(desk)
    left = desk.services.left_alone
    await left.ask(noor, it.code)
    await left.lift(supervisor, it.code)
    assert await alone_until(desk, it) == desk.clock.now()
    for work in (left.confirm, left.lift):
        with pytest.raises(Refused, match="alone_over"):
            await work(supervisor, it.code)
    (line,) = await left.listed(supervisor)
    assert not line.lasts


async def test_what_was_never_closed_or_is_another_organisation_s_is_not_there(desk: TestDesk) -> None:
    it, _, noor = await closed(desk)
    await desk.person_waits("told")
    stranger, _ = await desk.member("Sam", "supervisor")
    stranger.member = replace(stranger.member, organisation=OrganisationId("elsewhere"))
    left = desk.services.left_alone
    assert await left.listed(stranger) == []
    for code in (it.code, "AAA-AAAA"):
        for work in (left.ask, left.confirm, left.lift):
            with pytest.raises(NoSuchConversation):
                await work(stranger, code)
    with pytest.raises(NoSuchConversation):
        await left.ask(noor, (await desk.person_waits("told")).code)


async def test_the_page_asks_agrees_and_lifts_without_scripts(desk: TestDesk) -> None:
    it, supervisor, noor = await closed(desk)
    async with browser(desk, noor) as asks, browser(desk, supervisor) as agrees:
        assert it.code in (await asks.open("/left-alone")).text
        page = await asks.send(f"/left-alone/{it.code}/ask")
        assert "Noor asks for 30 days" in page.text
        twice = await asks.send(f"/left-alone/{it.code}/ask")
        assert (twice.status_code, "asked for that already" in twice.text) == (422, True)
        await agrees.open("/left-alone")
        assert "Mali agreed" in (await agrees.send(f"/left-alone/{it.code}/confirm")).text
        assert "lifted by Mali" in (await agrees.send(f"/left-alone/{it.code}/lift")).text
    assert timedelta() == (await alone_until(desk, it)) - desk.clock.now()
