"""Training: everything works as with people, nobody is called, nothing is counted, and after a week it is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest

from bot.domain import training
from bot.services.door import NotAllowed
from bot.services.matching import measure
from bot.services.ports import Outgoing
from bot.services.ports.training import Persona
from bot.services.records import OutboxRow
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


def persona(desk: TestDesk, session: Session) -> Persona:
    """Choose somebody in danger: their words would call staff if anybody were behind them."""
    return next(it for it in desk.services.training.choices(session) if it.kind == "in_danger")


async def delivered(desk: TestDesk, text: str = "said") -> None:
    """Hand what waits to the training channel, as the outbox does."""
    while due := await _due(desk):
        for row in due:
            assert row.channel == training.CHANNEL
            chat = desk.vault.open(f"chat:{row.conversation}", row.chat_sealed).decode()
            await desk.services.training.send(chat, Outgoing(text))
            async with desk.records.begin() as tx:
                await tx.outbox.delivered(row.id, "", desk.clock.now())


async def _due(desk: TestDesk) -> Sequence[OutboxRow]:
    async with desk.records.begin() as tx:
        return await tx.outbox.due(desk.clock.now(), 32)


async def test_a_persona_waits_last_answers_the_counsellor_and_nobody_else(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    chosen = persona(desk, noor)
    code = await desk.services.training.start(noor, chosen.name)
    real = await desk.person_waits("told", level="P4")
    waiting = (await desk.counsel.queue(noor)).waiting
    assert [(it.code, it.training) for it in waiting] == [(real.code, False), (code, True)]
    it = await desk.counsel.find(noor, code)
    await desk.counsel.claim(noor, it)
    await delivered(desk)

    async def told() -> list[str]:
        return [each.text for each in await desk.counsel.read_messages(noor, it) if each.author == "person"]

    first = list(training.opening(chosen.lines))
    assert await told() == first
    await desk.counsel.write(noor, it, "I am here.")
    for _ in range(2):
        await delivered(desk)
    assert await told() == list(chosen.lines[: len(first) + 1])


async def test_a_persona_answers_what_is_asked_before_telling_on(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    chosen = next(it for it in desk.services.training.choices(noor) if it.kind != "child" and it.language == "en")
    it = await desk.counsel.find(noor, await desk.services.training.start(noor, chosen.name))
    await desk.counsel.claim(noor, it)
    first = len(training.opening(chosen.lines))
    for _ in chosen.lines:
        await desk.counsel.write(noor, it, "How old are you?")
        await delivered(desk, "How old are you?")
    said = [each.text for each in await desk.counsel.read_messages(noor, it) if each.author == "person"]
    answer = "I am grown up."
    left = [f"{answer}\n{line}" for line in chosen.lines[first:]]
    assert said[first:] == [*left, *[answer] * first]


async def test_training_calls_nobody_is_no_load_and_counts_in_no_shift(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    for _ in range(4):
        code = await desk.services.training.start(noor, persona(desk, noor).name)
        await desk.counsel.queue(noor)
        await desk.counsel.claim(noor, await desk.counsel.find(noor, code))
    async with desk.records.begin() as tx:
        assert await tx.casework.alerts(10) == []
        assert (await measure(tx, noor.member, desk.clock.now())).own.load == 0
    shift = await desk.services.working_here.shift(noor)
    assert (shift.taken, shift.heavy, shift.suggests_rest) == (0, 0, False)


async def test_after_a_week_it_is_gone_whoever_holds_it_and_real_ones_stay(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    code = await desk.services.training.start(noor, persona(desk, noor).name)
    it = await desk.counsel.find(noor, (await desk.counsel.queue(noor)).waiting[0].code)
    await desk.counsel.claim(noor, it)
    real = await desk.person_waits("told")
    desk.clock.pass_(seconds=(training.KEPT_FOR - timedelta(seconds=1)).total_seconds())
    await desk.services.training.look()
    assert (await desk.read(it)).code == code
    desk.clock.pass_(seconds=1)
    await desk.services.training.look()
    async with desk.records.begin() as tx:
        assert await tx.conversations.get(it) is None
        assert await tx.conversations.get(real.id) is not None
        assert await tx.casework.alerts(10) == []


async def test_only_stories_in_ones_own_languages_can_be_chosen_and_not_without_end(desk: TestDesk) -> None:
    _, noor = await desk.pair()
    assert {it.language for it in desk.services.training.choices(noor)} <= set(noor.member.languages)
    for wrong in ("", "nobody/none", "../settings"):
        with pytest.raises(NotAllowed, match="persona"):
            await desk.services.training.start(noor, wrong)
    for _ in range(12):
        await desk.services.training.start(noor, persona(desk, noor).name)
    with pytest.raises(NotAllowed, match="many"):
        await desk.services.training.start(noor, persona(desk, noor).name)


def test_a_story_is_told_line_by_line_and_ends() -> None:
    lines = ("one", "two", "three", "four")
    assert training.opening(lines) == ("one", "two")
    assert [training.reply(lines, told, wrote, None) for told, wrote in ((2, 0), (2, 1), (3, 1), (3, 2), (4, 9))] == [
        None,
        "three",
        None,
        "four",
        None,
    ]
