"""Live pages over real HTTP: nothing is missed and nothing comes twice, also after a cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from bot.desk import live_talk
from bot.domain.codes import ConversationId, MessageId
from bot.domain.observations import Observed
from bot.services.observe import seal
from bot.services.sign_in import Session
from tests.support.browser import serving
from tests.support.desk import TestDesk, browser, open_desk

SOON = 8.0


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


@dataclass
class Stream:
    """A browser's event source."""

    lines: AsyncIterator[str]

    async def next(self, *, standing: bool = False) -> tuple[str, str, str]:
        """Give the next event that is not only a sign of life; how it stands is told first, and asked for by name."""
        name = place = ""
        data: list[str] = []
        async with asyncio.timeout(SOON):
            async for line in self.lines:
                key, _, value = line.partition(": ")
                if key == "event":
                    name = value
                elif key == "id":
                    place = value
                elif key == "data":
                    data.append(value)
                elif not line and data:
                    if name != "here" and (name == "standing") is standing:
                        return name, place, "\n".join(data)
                    data = []
        raise AssertionError("the stream ended")

    async def is_asked(self) -> None:
        """Wait until the browser is asked whether it is still there."""
        async with asyncio.timeout(SOON):
            async for line in self.lines:
                if line == "event: here":
                    return


@asynccontextmanager
async def following(
    desk: TestDesk, session: Session, url: str, cookie: str = "", **headers: str
) -> AsyncIterator[Stream]:
    token = cookie or (await desk.services.sessions.start(session.member, session.private))[0]
    headers = {"accept": "text/event-stream", **{name.replace("_", "-"): value for name, value in headers.items()}}
    async with (
        httpx.AsyncClient(cookies={"desk": token}, timeout=SOON) as http,
        http.stream("GET", url, headers=headers) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer.aiter_lines())


async def test_a_message_comes_live_once_and_a_cut_loses_and_repeats_nothing(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    async with serving(desk.app) as url:
        live = f"{url}/conversations/{waiting.code}/live?after=2"
        async with following(desk, counsellor, live) as stream:
            await desk.person_writes(waiting.id, "three\nin two lines")
            name, place, html = await stream.next()
            assert (name, place) == ("message", "3")
            assert "three\nin two lines" in html
        for text in ("four", "five"):
            await desk.person_writes(waiting.id, text)
        async with following(desk, counsellor, live, last_event_id="3") as stream:
            got = [await stream.next(), await stream.next()]
            await desk.person_writes(waiting.id, "six")
            got.append(await stream.next())
    assert [place for _, place, _ in got] == ["4", "5", "6"]
    assert [word in html for word, (_, _, html) in zip(("four", "five", "six"), got, strict=True)] == [True] * 3


async def person_writes_unread(desk: TestDesk, conversation: ConversationId, text: str) -> MessageId:
    """Let a message be committed before the engine has read it, as it is while a counsellor holds the talk."""
    it = await desk.read(conversation)
    message = replace(desk._told(it, text, desk.clock.now()), read=False)
    async with desk.records.begin() as tx:
        await tx.messages.add(message)
    desk.signals.publish(f"conversation:{conversation}")
    return message.id


async def engine_reads(desk: TestDesk, conversation: ConversationId, message: MessageId, code: str) -> None:
    observed = [Observed(code, "heard", evidence=(0, 4), confidence=0.9)]
    async with desk.records.begin() as tx:
        await tx.messages.mark_read(message)
        await tx.messages.add_observations(seal(desk.vault, conversation, message, observed, desk.clock.now()))
    desk.signals.publish(f"conversation:{conversation}")


async def test_a_heavy_message_that_is_read_in_a_moment_comes_folded(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H10: nobody is met by heavy words before they choose to open them."""
    monkeypatch.setattr(live_talk, "BEING_READ", SOON)
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    live = f"/conversations/{waiting.code}/live?after=2"
    async with serving(desk.app) as url, following(desk, counsellor, url + live) as stream:
        message = await person_writes_unread(desk, waiting.id, "they beat me")
        await engine_reads(desk, waiting.id, message, "violence")
        name, place, html = await stream.next()
    assert (name, place) == ("message", "3")
    assert html.index('<details class="heavy">') < html.index("they beat me")


async def test_a_message_that_turns_out_heavy_later_is_folded_where_it_stands(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_talk, "BEING_READ", 0.0)
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    live = f"/conversations/{waiting.code}/live?after=2"
    async with serving(desk.app) as url, following(desk, counsellor, url + live) as stream:
        message = await person_writes_unread(desk, waiting.id, "they beat me")
        name, _, html = await stream.next()
        assert name == "message"
        assert "not read for danger" in html
        assert "heavy" not in html
        await engine_reads(desk, waiting.id, message, "violence")
        name, _, html = await stream.next()
    assert name == "delivery"
    assert 'id="m-3" hx-swap-oob="true"' in html
    assert html.index('<details class="heavy">') < html.index("they beat me")
    assert "not read for danger" not in html


async def test_how_a_delivery_goes_on_is_shown_on_the_message(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    live = f"/conversations/{waiting.code}/live?after=2&since=2"
    async with serving(desk.app) as url, following(desk, counsellor, url + live) as stream:
        assert (await stream.next())[0] == "delivery"
        async with desk.records.begin() as tx:
            row = (await tx.outbox.due(desk.clock.now(), 1))[0]
            assert await tx.outbox.start(row.id)
            await tx.outbox.delivered(row.id, "9", desk.clock.now())
        desk.signals.publish(f"conversation:{waiting.id}")
        name, place, html = await stream.next()
    assert (name, place) == ("delivery", "")
    assert 'id="d-2"' in html
    assert "accepted by the messenger" in html


async def test_when_it_is_no_longer_theirs_the_page_says_so_and_nothing_more_comes(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    async with serving(desk.app) as url:
        live = f"{url}/conversations/{waiting.code}/live?after=2"
        async with following(desk, counsellor, live) as stream:
            await desk.counsel.give_back(counsellor, waiting.id, "person_wishes")
            await desk.person_writes(waiting.id, "planted-word")
            name, _, html = await stream.next()
            assert name == "gone"
            assert "planted-word" not in html
            with pytest.raises(AssertionError, match="ended"):
                await stream.next()


async def test_an_offer_and_a_pause_are_seen_while_they_last(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    colleague = await desk.counsellor("Ploy", supervisor)
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    live = f"/conversations/{waiting.code}/live?after=2"
    async with (
        serving(desk.app) as url,
        following(desk, counsellor, url + live) as stream,
        following(desk, colleague, f"{url}/queue/live") as queue,
    ):
        assert "Ploy" in (await stream.next(standing=True))[2]
        await queue.next()
        await desk.transfers.offer(counsellor, waiting.id, colleague.member.id)
        assert "who has not answered yet" in (await stream.next(standing=True))[2]
        assert "from Noor" in (await queue.next())[2]
        await desk.transfers.accept(colleague, waiting.id)
        assert (await stream.next())[0] in ("message", "gone")
        assert waiting.code in (await queue.next())[2]


async def test_the_queue_changes_by_itself(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    async with serving(desk.app) as url, following(desk, counsellor, f"{url}/queue/live") as stream:
        assert "Nobody waits" in (await stream.next())[2]
        waiting = await desk.person_waits("one")
        desk.signals.publish("queue")
        name, _, html = await stream.next()
        assert name == "queue"
        assert waiting.code in html


async def test_signing_out_ends_open_live_pages(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    async with serving(desk.app) as url, following(desk, counsellor, f"{url}/queue/live") as stream:
        await stream.next()
        desk.services.sessions.end_all_of(counsellor.member.id)
        desk.signals.publish("queue")
        assert (await stream.next())[0] == "gone"


async def test_a_browser_that_answers_keeps_its_member_on_duty_and_signed_in(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    async with (
        serving(desk.app) as url,
        browser(desk, counsellor) as driver,
        following(desk, counsellor, f"{url}/queue/live", driver.http.cookies["desk"]) as stream,
    ):
        await stream.is_asked()
        for _ in range(4):
            desk.clock.pass_(minutes=30)
            desk.signals.publish("queue")
            await stream.is_asked()
            assert (await driver.http.get("/here")).status_code == 204
            until = (await desk.stored("Noor")).present_until
            assert until is not None
            assert until > desk.clock.now()


@pytest.mark.parametrize("page", ["/queue/live", "/alerts/live", "/conversations/{code}/live?after=9"])
async def test_an_open_line_whose_browser_is_silent_keeps_nobody_on_duty(desk: TestDesk, page: str) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    async with serving(desk.app) as url, following(desk, counsellor, url + page.format(code=waiting.code)) as stream:
        await stream.is_asked()
        desk.clock.pass_(minutes=2)
        for topic in ("queue", f"conversation:{waiting.id}"):
            desk.signals.publish(topic)
        await stream.is_asked()
        until = (await desk.stored("Noor")).present_until
        assert until is not None
        assert until <= desk.clock.now()
        desk.clock.pass_(minutes=58)
        for topic in ("queue", f"conversation:{waiting.id}"):
            desk.signals.publish(topic)
        while (event := await stream.next())[0] not in ("gone", "ended"):
            continue
        assert "not open to you any more" in event[2]


async def test_who_was_missed_sees_it_on_their_page_until_they_write(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    it = await desk.counsel.claim(counsellor, waiting.id)
    async with desk.records.begin() as tx:
        await tx.conversations.save(replace(it, own=replace(it.own, told=("back",))))
    async with browser(desk, counsellor) as driver:
        page = await driver.open(f"/conversations/{waiting.code}")
        assert "You were not seen for two minutes" in page.text
        page = await driver.send(f"/conversations/{waiting.code}/messages", {"text": "I am back"})
        assert "You were not seen" not in page.text


async def test_what_a_supervisor_reads_with_a_reason_goes_on_live_until_nobody_holds_it(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    token, reads = await desk.services.sessions.start(supervisor.member, supervisor.private)
    await desk.services.supervising.begin(reads, waiting.id, "she asked me what to say")
    live = f"/held/{waiting.code}/live?after=2"
    async with serving(desk.app) as url, following(desk, supervisor, url + live, token) as stream:
        await desk.person_writes(waiting.id, "three")
        name, place, html = await stream.next()
        assert (name, place) == ("message", "3")
        assert "three" in html
        await desk.counsel.give_back(counsellor, waiting.id, "done_for_now")
        while name != "gone":
            name, _, html = await stream.next()
            assert "three" not in html


async def test_without_a_reason_a_supervisor_is_sent_nothing_of_what_a_colleague_holds(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting = await desk.person_waits("one")
    await desk.counsel.claim(counsellor, waiting.id)
    live = f"/held/{waiting.code}/live?after=0"
    async with serving(desk.app) as url, following(desk, supervisor, url + live) as stream:
        name, _, html = await stream.next()
        assert name == "gone"
        assert "one" not in html.split()
