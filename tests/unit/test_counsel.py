"""The one door to a conversation, and what a counsellor may do behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.codes import MemberId
from bot.domain.ownership import Deed, Does, NotPossible, State, step
from bot.services.counsel import (
    LONGEST,
    ClaimedBefore,
    clean,
)
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.effects import KEPT_AFTER
from bot.services.records import Observation
from bot.services.transcript import delivery_code
from tests.support.desk import TestDesk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def test_the_queue_shows_who_waits_by_level_then_time_without_a_word_of_theirs(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    first = await desk.person_waits("planted-word", level="P3")
    desk.clock.pass_(minutes=1)
    second = await desk.person_waits("planted-word", level="P3")
    urgent = await desk.person_waits("planted-word", level="P1", language="km")
    shown = await desk.counsel.queue(counsellor)
    assert [(each.code, each.lacks) for each in shown.waiting] == [
        (urgent.code, "language"),
        (first.code, ""),
        (second.code, ""),
    ]
    assert "planted-word" not in repr(shown)


async def test_without_consent_nobody_sees_a_conversation_even_when_it_waits(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told", consent=False)
    assert (await desk.counsel.queue(counsellor)).waiting == []
    with pytest.raises(NoSuchConversation):
        await desk.counsel.access_conversation(counsellor, waiting.id, "open")


async def test_the_door_is_closed_to_what_is_with_the_program_or_with_another(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    for session in (supervisor, counsellor):
        if session is counsellor:
            await desk.counsel.give_back(session, waiting.id, "done_for_now")
        with pytest.raises(NoSuchConversation):
            await desk.counsel.access_conversation(session, waiting.id, "open")
        with pytest.raises(NoSuchConversation):
            await desk.counsel.read_messages(session, waiting.id)


async def test_staff_who_do_not_counsel_see_alerts_and_no_conversation(desk: TestDesk) -> None:
    await desk.pair()
    administrator, _ = await desk.member("Ada", "administrator", languages=())
    waiting = await desk.person_waits("told")
    async with desk.records.begin() as tx:
        await tx.casework.add_alert(waiting.id, waiting.code, "danger", "P0", desk.clock.now())
    shown = await desk.counsel.queue(administrator)
    assert (len(shown.alerts), shown.waiting, shown.mine) == (1, (), ())
    with pytest.raises(NoSuchConversation):
        await desk.counsel.access_conversation(administrator, waiting.id, "open")


async def test_a_claim_needs_the_role_the_key_and_the_language(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    keyless, _ = await desk.member("Sam")
    waiting = await desk.person_waits("told")
    with pytest.raises(NotAllowed, match="role"):
        await desk.counsel.claim(supervisor, waiting.id)
    with pytest.raises(NotAllowed, match="key"):
        await desk.counsel.claim(keyless, waiting.id)
    khmer = await desk.person_waits("told", language="km")
    with pytest.raises(NotAllowed, match="language"):
        await desk.counsel.claim(counsellor, khmer.id)
    assert (await desk.read(khmer.id)).own.state is State.QUEUED
    assert (await desk.counsel.claim(counsellor, waiting.id)).own.state is State.HELD


async def test_a_claim_answers_the_call_that_somebody_waits_and_no_call_about_danger(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    async with desk.records.begin() as tx:
        for kind in ("waiting", "danger"):
            await tx.casework.add_alert(waiting.id, waiting.code, kind, "P0", desk.clock.now())
    await desk.counsel.claim(counsellor, waiting.id)
    async with desk.records.begin() as tx:
        alerts = await tx.casework.alerts(10)
    assert [alert.kind for alert in alerts if alert.seen_at is None] == ["danger"]


async def test_a_claim_tells_the_person_and_opens_exactly_what_they_wrote(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    words = ["ฉันถูกขังไว้ 🙏", "second\nline", "<b>&amp;"]
    waiting = await desk.person_waits(*words)
    seen = {topic: desk.signals.count(topic) for topic in (f"conversation:{waiting.id}", "queue", "outbox")}
    await desk.counsel.claim(counsellor, waiting.id)
    messages = await desk.counsel.read_messages(counsellor, waiting.id)
    assert [m.text for m in messages if m.author == "person"] == words
    assert [m.text for m in messages if m.author == "bot"] == ["[handoff.joined en]"]
    assert await desk.outbox() == ["[handoff.joined en]"]
    assert all(desk.signals.count(topic) > before for topic, before in seen.items())
    assert words[0] not in repr(messages)


async def test_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    both = (noor, await desk.counsellor("Ploy", supervisor))
    waiting = await desk.person_waits("told")
    for session in both:
        await desk.counsel.queue(session)
    claims = [desk.counsel.claim(session, waiting.id) for session in both]
    results: list[Any] = await asyncio.gather(*claims, return_exceptions=True)
    lost = [each for each in results if isinstance(each, ClaimedBefore)]
    holder = (await desk.read(waiting.id)).own.counsellor
    names = {session.member.id: session.member.name for session in both}
    assert len(lost) == 1
    assert holder is not None
    assert (lost[0].name, lost[0].state) == (names[holder], State.HELD)
    assert len(await desk.outbox()) == 1


async def test_who_never_saw_it_waiting_learns_nothing_from_a_claim(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    with pytest.raises(NoSuchConversation):
        await desk.counsel.claim(supervisor, waiting.id)


async def test_only_the_holder_writes_and_only_what_fits(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    with pytest.raises(NotPossible):
        await desk.counsel.write(counsellor, waiting.id, "too early")
    await desk.counsel.claim(counsellor, waiting.id)
    for text in ("", " \n\0 ", "x" * (LONGEST + 1)):
        with pytest.raises(NotAllowed, match="text"):
            await desk.counsel.write(counsellor, waiting.id, text)
    with pytest.raises(NoSuchConversation):
        await desk.counsel.write(supervisor, waiting.id, "not mine")
    await desk.counsel.write(counsellor, waiting.id, "  hello\r\nthere\0 ")
    mine = [m for m in await desk.counsel.read_messages(counsellor, waiting.id) if m.author == "counsellor"]
    assert [(m.text, m.name, m.delivery) for m in mine] == [("hello\nthere", "", "waiting")]


@pytest.mark.parametrize("how", ["return", "close"])
async def test_leaving_tells_the_person_and_keeps_the_talk_for_thirty_days(desk: TestDesk, how: str) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    leave, choice = {
        "return": (desk.counsel.give_back, "shift_ends"),
        "close": (desk.counsel.close, "helped"),
    }[how]
    with pytest.raises(NotAllowed, match="choice"):
        await leave(counsellor, waiting.id, "because")
    await leave(counsellor, waiting.id, choice)
    after = await desk.read(waiting.id)
    assert after.own.state is (State.BOT if how == "return" else State.CLOSED)
    assert after.keep_until == desk.clock.now() + KEPT_AFTER
    async with desk.records.begin() as tx:
        latest = await tx.messages.latest(waiting.id, 1)
    assert latest[0][0].author == "bot"


async def test_every_opening_and_every_act_stands_in_the_audit(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    before = await desk.audited()
    await desk.counsel.look(counsellor, waiting.id)
    await desk.counsel.claim(counsellor, waiting.id)
    await desk.counsel.write(counsellor, waiting.id, "hello")
    await desk.counsel.close(counsellor, waiting.id, "helped")
    rows = (await desk.audited())[len(before) :]
    assert [row[1] for row in rows] == ["conversation_opened", "claimed", "counsellor_wrote", "closed"]
    assert {row[0] for row in rows} == {counsellor.member.id}
    assert "hello" not in repr(rows)


async def test_reading_without_the_page_is_audited_too(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    counsellor.opened.clear()
    await desk.counsel.read_messages(counsellor, waiting.id, 0)
    await desk.counsel.read_messages(counsellor, waiting.id, 1)
    assert [row[1] for row in await desk.audited()].count("conversation_opened") == 1


async def test_what_was_heard_is_shown_as_codes_with_the_number_of_messages(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("one", "two")
    now = desk.clock.now()
    async with desk.records.begin() as tx:
        stored = [message for message, _, _ in await tx.messages.latest(waiting.id, 9)]
        codes = [(stored[0], "violence"), (stored[0], "threats"), (stored[1], "threats")]
        purpose = f"observation:{waiting.id}"
        sealed = [desk.vault.seal(purpose, f'{{"code": "{code}"}}'.encode()) for _, code in codes]
        await tx.messages.add_observations(
            [Observation(waiting.id, message.id, s, now) for (message, _), s in zip(codes, sealed, strict=True)]
        )
    shown = (await desk.counsel.look(counsellor, waiting.id)).indicators.codes
    assert {code.standing.code: code.messages for code in shown} == {"threats": 2, "violence": 1}


async def test_a_reserved_conversation_is_seen_only_by_whom_it_is_reserved_for(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(waiting.id)
        assert found is not None
        reserve = Deed(Does.RESERVE, by=MemberId(counsellor.member.id))
        await tx.conversations.save(replace(found, own=step(found.own, reserve, desk.clock.now())))
    assert (await desk.counsel.queue(supervisor)).waiting == []
    await desk.counsel.claim(counsellor, waiting.id)


async def test_a_session_that_ended_reads_nothing(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    await desk.services.sessions.end(counsellor)
    with pytest.raises(NoSuchConversation):
        await desk.counsel.read_messages(counsellor, waiting.id)


@pytest.mark.parametrize(
    ("state", "held", "code"),
    [
        ("waiting", "held: until they write", "held-until-they-write"),
        ("waiting", "", "waiting"),
        ("sending", "", "sending"),
        ("delivered", "", "accepted"),
        ("failed", "", "failed"),
        ("expired", "", "expired"),
    ],
)
def test_the_delivery_is_said_as_far_as_it_is_known_and_no_further(state: Any, held: str, code: str) -> None:
    assert delivery_code("counsellor", state, held) == code


def test_what_no_messenger_carries_is_taken_out() -> None:
    assert clean("\r\n a\0\ud800b\r\nc \r") == "ab\nc"
    assert timedelta(days=30) == KEPT_AFTER
