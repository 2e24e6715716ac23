"""A counsellor's hour at the desk, with JavaScript off."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.codes import ConversationId
from tests.support.desk import TestDesk, browser, open_desk
from tests.support.review import flagging


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def test_a_counsellor_takes_over_reads_writes_and_gives_back(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("ฉันถูกขังไว้ & <b>afraid</b>", level="P2", language="th")
    async with browser(desk, counsellor) as driver:
        queue = await driver.open("/")
        assert waiting.code in queue.text
        assert "ถูกขัง" not in queue.text
        before = await driver.open(f"/conversations/{waiting.code}")
        assert "ถูกขัง" not in before.text
        talk = await driver.send(f"/conversations/{waiting.code}/claim")
        assert "ฉันถูกขังไว้ &amp; &lt;b&gt;afraid&lt;/b&gt;" in talk.text
        assert "A counsellor may read and write" in talk.text
        sent = await driver.send(f"/conversations/{waiting.code}/messages", {"text": "สวัสดี"})
        assert "สวัสดี" in sent.text
        assert "waiting" in sent.text
        queue = await driver.send(f"/conversations/{waiting.code}/return", {"reason": "shift_ends"})
        assert waiting.code not in queue.text
        assert (await driver.open(f"/conversations/{waiting.code}")).status_code == 404
    assert await desk.outbox() == ["[handoff.joined th]"]


async def test_the_holder_lowers_a_mark_of_danger_and_the_case_leaves_the_reviewers_list(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    held = await desk.person_waits("told", level="P1")
    async with desk.records.begin() as tx:
        await flagging(desk).look_again(tx, held, desk.clock.now())
    async with browser(desk, counsellor) as driver:
        await driver.open(f"/conversations/{held.code}")
        assert (await driver.send(f"/conversations/{held.code}/mark", {"level": "P3"})).status_code == 404
        await driver.open(f"/conversations/{held.code}")
        await driver.send(f"/conversations/{held.code}/claim")
        for never in ("P0", "P1", "P9", ""):
            refused = await driver.http.post(
                f"/conversations/{held.code}/mark", data={"csrf": csrf_of(driver.text), "level": never}
            )
            assert refused.status_code == 422, never
        assert await is_listed(desk, held.id)
        await driver.open(f"/conversations/{held.code}")
        form = re.search(r'name="form" value="(mark-[^"]*)"', driver.text)
        assert form is not None
        for _ in range(2):
            page = await driver.send(f"/conversations/{held.code}/mark", {"level": "P3", "form": form[1]})
            assert 'class="level P3"' in page.text
    assert not await is_listed(desk, held.id)
    assert [act for _, act in await desk.audited()].count("mark_lowered") == 1


async def is_listed(desk: TestDesk, conversation: ConversationId) -> bool:
    async with desk.records.look() as tx:
        kept = await tx.reviews.flag(conversation)
    return kept is not None and kept.listed


async def test_another_s_conversation_looks_exactly_like_one_that_never_was(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    held = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, held.id)
    async with browser(desk, supervisor) as driver:
        await driver.open("/people")
        for path in ("", "/live?after=0", "/claim", "/messages", "/return", "/close"):
            answers = []
            for code in (held.code, "AAA-AAAA"):
                url = f"/conversations/{code}{path}"
                if path in ("", "/live?after=0"):
                    answer = await driver.http.get(url)
                else:
                    form = {"csrf": csrf_of(driver.text), "text": "x", "reason": "shift_ends", "outcome": "helped"}
                    answer = await driver.http.post(url, data=form)
                answers.append((answer.status_code, answer.text.replace(code, "")))
            assert answers[0] == answers[1], path
            assert answers[0][0] == 404, path


def csrf_of(text: str) -> str:
    return text.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]


async def test_a_double_click_claims_once_and_ends_in_the_conversation(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    async with browser(desk, counsellor) as driver:
        await driver.open("/")
        form = {"csrf": csrf_of(driver.text)}
        url = f"/conversations/{waiting.code}/claim"
        both = await asyncio.gather(*(driver.http.post(url, data=form) for _ in range(2)))
    assert [answer.status_code for answer in both] == [303, 303]
    assert (await desk.audited()).count((counsellor.member.id, "claimed")) == 1
    assert len(await desk.outbox()) == 1


async def test_who_comes_second_is_told_who_was_first(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    async with browser(desk, supervisor) as driver:
        await driver.open("/")
        await desk.counsel.claim(counsellor, waiting.id)
        answer = await driver.send(f"/conversations/{waiting.code}/claim")
    assert answer.status_code == 409
    assert "Noor was first" in answer.text


async def test_the_same_form_sent_twice_sends_the_words_once(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    url = f"/conversations/{waiting.code}/messages"
    async with browser(desk, counsellor) as driver:
        page = await driver.open(f"/conversations/{waiting.code}")
        empty = await driver.send(url, {"text": " "})
        assert empty.status_code == 422
        driver.page = page
        await driver.send(url, {"text": "hello"})
        driver.page = page
        await driver.send(url, {"text": "hello"})
        messages = await desk.counsel.read_messages(counsellor, waiting.id)
        assert [m.text for m in messages if m.author == "counsellor"] == ["hello"]
        await driver.open(f"/conversations/{waiting.code}")
        part = await driver.send(url, {"text": "again"}, headers={"hx-request": "true"})
        assert part.text.lstrip().startswith("<form")
        refused = await driver.send(url, {"text": ""}, headers={"hx-request": "true"})
    assert refused.headers["hx-retarget"] == "#notice"
    assert "<html" not in refused.text


async def test_writing_after_the_person_went_back_sends_nothing(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    async with browser(desk, counsellor) as driver:
        await driver.open(f"/conversations/{waiting.code}")
        await desk.counsel.give_back(counsellor, waiting.id, "person_wishes")
        answer = await driver.send(f"/conversations/{waiting.code}/messages", {"text": "too late"})
    assert answer.status_code == 404
    async with desk.records.begin() as tx:
        assert [m.author for m, _, _ in await tx.messages.latest(waiting.id, 9)] == ["person", "bot", "bot"]


async def test_without_the_key_nothing_can_be_taken_over_and_with_it_it_can(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    newcomer, _ = await desk.member("Kai")
    waiting = await desk.person_waits("told")
    async with browser(desk, newcomer) as driver, browser(desk, supervisor) as leader:
        queue = await driver.open("/")
        assert "needs the key" in queue.text
        refused = await driver.send(f"/conversations/{waiting.code}/claim")
        assert refused.status_code == 403
        people = await leader.open("/people")
        assert "waits for the key" in people.text
        await leader.open(f"/people/{newcomer.member.id}")
        today = desk.clock.now().date()
        checked = {"check": "identity", "conduct": str(today), "until": str(today + timedelta(days=300))}
        vetted = await leader.send(f"/people/{newcomer.member.id}/vetting", checked)
        assert "Approved by 1 of 1 supervisors" in vetted.text
        await driver.open("/")
        assert "told" in (await driver.send(f"/conversations/{waiting.code}/claim")).text


async def test_alerts_stand_above_the_queue_without_text_until_somebody_answers(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("planted-word", level="P0")
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(waiting.id, waiting.code, "danger", "P0", desk.clock.now())
        await tx.casework.add_alert(None, None, "engine", "P1", desk.clock.now())
    async with browser(desk, counsellor) as driver:
        page = await driver.open("/")
        assert page.text.index("Danger now") < page.text.index("Waiting <span")
        assert "planted-word" not in page.text
        for alert in (1, 2):
            page = await driver.send(f"/alerts/{alert}/seen")
        assert 'aria-label="Alerts"' not in page.text
        assert "Earlier alerts" in page.text
    assert (counsellor.member.id, "alert_seen") in await desk.audited()


async def test_an_administrator_adds_a_member_and_is_shown_the_link_once(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    async with browser(desk, supervisor) as driver, browser(desk) as newcomer:
        await driver.open("/people")
        fields = {"name": "Kai <i>", "role": ["counsellor", "interpreter"], "language": ["th", "lo"]}
        page = await driver.send("/people", fields)
        link = page.text.split('readonly value="')[1].split('"')[0]
        assert link.startswith("http://localhost:8081/setup/")
        assert "Kai &lt;i&gt;" in page.text
        assert link not in (await driver.open("/people")).text
        assert (await newcomer.set_up(link.rpartition("/")[2])).status_code == 200
        taken = await driver.send("/people", fields)
        assert taken.status_code == 422
        again = await driver.send(f"/people/{(await desk.stored('Kai <i>')).id}/link")
        assert "/setup/" in again.text
    kai = await desk.stored("Kai <i>")
    assert (kai.roles, kai.languages) == (("counsellor", "interpreter"), ("th", "lo"))


async def test_a_long_talk_can_be_read_from_its_beginning(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits(*(f"message {n}." for n in range(205)))
    await desk.counsel.claim(counsellor, waiting.id)
    async with browser(desk, counsellor) as driver:
        page = await driver.open(f"/conversations/{waiting.code}")
        assert "message 204." in page.text
        assert "message 0." not in page.text
        before = re.search(r'class="earlier"><a href="(\?after=\d+)"', page.text)
        assert before is not None
        assert "message 100." in (await driver.open(f"/conversations/{waiting.code}{before[1]}")).text
        earlier = await driver.open(f"/conversations/{waiting.code}?after=0")
        assert "message 0." in earlier.text
        assert "message 204." not in earlier.text
        assert (await driver.open(f"/conversations/{waiting.code}?after=-1")).status_code == 400
