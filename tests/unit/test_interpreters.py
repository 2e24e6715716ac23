"""An interpreter helps only with the person's own yes, sees nothing of before, and goes when anybody wishes it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.domain.calls import INTERPRETER_WANTED
from bot.domain.codes import MemberId
from bot.domain.consent import INTERPRETED
from bot.domain.effects import ADMIT_INTERPRETER, END_INTERPRETER
from bot.domain.observations import Observed
from bot.domain.ownership import (
    ASKED_LASTS,
    TRANSFER_LASTS,
    Deed,
    Does,
    Interpreting,
    NotPossible,
    Ownership,
    State,
    step,
)
from bot.domain.reply import Effect
from bot.domain.vetting import TO_INTERPRET
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.effects import apply_effects
from bot.services.observe import seal
from bot.services.ports import Reach
from bot.services.records import Conversation
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def held(desk: TestDesk) -> tuple[Conversation, Session, Session]:
    """Let Noor hold a conversation in Burmese while Aye, who interprets, is on duty."""
    supervisor, noor = await desk.pair()
    aye, _ = await desk.member("Aye", "interpreter", languages=("my", "en"))
    await desk.vets(supervisor, aye, checked=("identity", *TO_INTERPRET))
    waiting = await desk.person_waits("told before", language="en")
    await desk.counsel.claim(noor, waiting.id)
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(waiting.id)
        assert found is not None
        await tx.conversations.save(replace(found, language="my"))
    return waiting, noor, aye


async def person(desk: TestDesk, it: Conversation, kind: str, pressed: str) -> tuple[str, ...]:
    """Let the person press a button, as a turn's commit applies it; give what was refused."""
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(it.id)
        assert found is not None
        changed = apply_effects(found, [Effect(kind)], pressed, desk.clock.now())  # type: ignore[arg-type]
        await tx.conversations.save(changed.conversation)
    desk.clock.pass_(seconds=1)
    return changed.refused


async def told(desk: TestDesk, noor: Session, it: Conversation) -> list[str]:
    """Give what the person was told, by whomever."""
    return [each.text for each in await desk.counsel.read_messages(noor, it.id) if each.author != "person"]


async def agreed(desk: TestDesk) -> tuple[Conversation, Session, Session]:
    it, noor, aye = await held(desk)
    await desk.services.interpreters.invite(noor, it.id, aye.member.id)
    assert await person(desk, it, ADMIT_INTERPRETER, "interpreter_yes") == ()
    return it, noor, aye


async def test_the_one_who_is_asked_is_called_outside_the_desk_and_nobody_else(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    async with desk.records.begin() as tx:
        for member in (noor.member.id, aye.member.id):
            await tx.calls.set_reach(Reach(member, "en", telegram_sealed=b"sealed", mail_sealed=None))
    await desk.services.interpreters.invite(noor, it.id, aye.member.id)
    await desk.services.alerts.look()
    async with desk.records.look() as tx:
        calls = [call for call, _ in await tx.calls.to_send(desk.clock.now(), 99)]
    assert [(call.member, call.way) for call in calls] == [(aye.member.id, "telegram")]
    assert await wanted(desk, aye) == [it.code]
    assert await wanted(desk, noor) == []
    assert await person(desk, it, ADMIT_INTERPRETER, "interpreter_yes") == ()
    await desk.services.interpreters.read(aye, it.id)
    assert await wanted(desk, aye) == []


async def test_a_call_for_an_interpreter_whom_the_person_did_not_want_is_not_missed(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    await desk.services.interpreters.invite(noor, it.id, aye.member.id)
    await desk.services.alerts.look()
    await person(desk, it, END_INTERPRETER, "interpreter_end")
    desk.clock.pass_(seconds=5 * 3600)
    await desk.services.alerts.look()
    assert await wanted(desk, aye) == []
    assert "alert_missed" not in [act for _, act in await desk.audited()]


async def wanted(desk: TestDesk, session: Session) -> list[str | None]:
    """Give for which conversations a member sees a call that is open."""
    found = (await desk.services.alerts.view(session)).open
    return [line.alert.code for line in found if line.alert.kind == INTERPRETER_WANTED]


async def test_the_interpreter_reads_from_the_yes_on_and_nothing_of_before(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    await desk.counsel.write(noor, it.id, "written before")
    interpreters = desk.services.interpreters
    assert [each.name for each in (await desk.services.holding.free(noor, it.id)).interpreters] == ["Aye"]
    await interpreters.invite(noor, it.id, aye.member.id)
    with pytest.raises(NoSuchConversation):
        await interpreters.read(aye, it.id)
    await person(desk, it, ADMIT_INTERPRETER, "interpreter_yes")
    await desk.person_writes(it.id, "told after")
    await desk.counsel.write(noor, it.id, "written after")
    seen = await interpreters.read(aye, it.id)
    assert [message.text for message in seen.messages] == ["told after", "written after"]
    assert aye.organisation_key is None
    (opened,) = [act for actor, act in await desk.audited() if actor == aye.member.id and "opened" in act]
    assert opened == "conversation_opened"


async def test_h10_heavy_words_come_folded_to_an_interpreter_too(desk: TestDesk) -> None:
    it, _, aye = await agreed(desk)
    await desk.person_writes(it.id, "they beat me")
    async with desk.records.begin() as tx:
        ((message, _, _),) = await tx.messages.latest(it.id, 1)
        observed = [Observed("violence", "heard", evidence=(0, 12), confidence=0.9)]
        await tx.messages.add_observations(seal(desk.vault, it.id, message.id, observed, desk.clock.now()))
    assert [each.heavy for each in (await desk.services.interpreters.read(aye, it.id)).messages] == [True]


async def test_silence_is_no_consent_and_only_the_button_is(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    await desk.services.interpreters.invite(noor, it.id, aye.member.id)
    for pressed in ("interpreter_no", "handoff_yes", "back"):
        assert await person(desk, it, ADMIT_INTERPRETER, pressed) == (ADMIT_INTERPRETER,)
    desk.clock.pass_(seconds=ASKED_LASTS.total_seconds())
    assert await person(desk, it, ADMIT_INTERPRETER, "interpreter_yes") == (ADMIT_INTERPRETER,)
    with pytest.raises(NoSuchConversation):
        await desk.services.interpreters.read(aye, it.id)


async def test_the_yes_is_a_consent_of_its_own(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    found = await desk.services.interpreters.invite(noor, it.id, aye.member.id)
    changed = apply_effects(found, [Effect(ADMIT_INTERPRETER)], "interpreter_yes", desk.clock.now())  # type: ignore[arg-type]
    assert changed.consent == INTERPRETED


@pytest.mark.parametrize("by", ["person", "counsellor", "interpreter", "hand-over", "return", "lost"])
async def test_it_ends_at_once_whoever_ends_it_and_with_the_hand_off(desk: TestDesk, by: str) -> None:
    it, noor, aye = await agreed(desk)
    interpreters = desk.services.interpreters
    assert (await interpreters.read(aye, it.id)).messages == []
    if by == "person":
        await person(desk, it, END_INTERPRETER, "interpreter_end")
    elif by in ("counsellor", "interpreter"):
        await interpreters.end(noor if by == "counsellor" else aye, it.id)
        assert await told(desk, noor, it) == ["[handoff.joined en]", "[interpreter.ask my]", "[interpreter.left my]"]
    elif by == "return":
        await desk.counsel.give_back(noor, it.id, "done_for_now")
    else:
        does = Deed(Does.GO_OFFLINE, by=noor.member.id) if by == "lost" else Deed(Does.TAKE_BACK)
        async with desk.records.begin() as tx:
            found = await tx.conversations.get(it.id)
            assert found is not None
            await desk.services.interpreters._door.move(tx, found, does)
    with pytest.raises(NoSuchConversation):
        await interpreters.read(aye, it.id)
    assert await interpreters.mine(aye) == []
    after = (await desk.read(it.id)).own
    assert after.interpreting is None
    assert (after.state is State.HELD) is (by in ("person", "counsellor", "interpreter"))


def test_a_colleague_who_refuses_leaves_the_interpreter_there_and_one_who_accepts_does_not() -> None:
    now = datetime(2030, 1, 1, tzinfo=timezone.utc)
    inside = Interpreting(MemberId("aye"), now, agreed=True, key=b"copy")
    held = Ownership(State.HELD, now, counsellor=MemberId("noor"), interpreting=inside)
    moving = step(held, Deed(Does.TRANSFER, by=MemberId("noor"), receiver=MemberId("ploy")), now)
    assert step(moving, Deed(Does.REFUSE), now).interpreting == inside
    assert step(moving, Deed(Does.TICK), now + TRANSFER_LASTS).interpreting == inside
    assert step(moving, Deed(Does.ACCEPT, by=MemberId("ploy")), now).interpreting is None
    with pytest.raises(NotPossible):
        step(held, Deed(Does.END_INTERPRETER, by=MemberId("ploy")), now)


async def test_what_they_write_is_for_staff_and_only_the_counsellor_writes_to_the_person(desk: TestDesk) -> None:
    it, noor, aye = await agreed(desk)
    await desk.person_writes(it.id, "mingalaba")
    (message,) = (await desk.services.interpreters.read(aye, it.id)).messages
    before = await told(desk, noor, it)
    await desk.services.interpreters.write(aye, it.id, "says hello", message.seq)
    await desk.services.interpreters.write(aye, it.id, "you could greet back", 0)
    assert await told(desk, noor, it) == before
    lines = await desk.services.interpreters.lines(noor, it.id)
    assert [(each.name, each.beside, each.text) for each in lines] == [
        ("Aye", message.seq, "says hello"),
        ("Aye", 0, "you could greet back"),
    ]
    assert [line.text for line in (await desk.services.interpreters.read(aye, it.id)).lines] == [
        "says hello",
        "you could greet back",
    ]
    with pytest.raises(NoSuchConversation):
        await desk.counsel.write(aye, it.id, "directly")
    with pytest.raises(NotAllowed, match="note"):
        await desk.services.interpreters.write(aye, it.id, " ", 0)


@pytest.mark.parametrize("missing", sorted(TO_INTERPRET))
async def test_h11_who_may_be_of_an_employers_circle_or_signed_nothing_is_not_asked(
    desk: TestDesk, missing: str
) -> None:
    supervisor, noor = await desk.pair()
    aye, _ = await desk.member("Aye", "interpreter")
    await desk.vets(supervisor, aye, checked=["identity", *TO_INTERPRET - {missing}])
    it = await desk.person_waits("told")
    await desk.counsel.claim(noor, it.id)
    assert aye.standing == "vetted"
    assert (await desk.services.holding.free(noor, it.id)).interpreters == []
    with pytest.raises(NotAllowed, match="interpreter"):
        await desk.services.interpreters.invite(noor, it.id, aye.member.id)


async def test_whoever_is_not_vetted_not_here_blocked_or_without_the_languages_is_not_asked(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    supervisor = await desk.stored("Mali")
    interpreters = desk.services.interpreters
    new, _ = await desk.member("Su", "interpreter", languages=("my", "en"))
    other, _ = await desk.member("Vy", "interpreter", languages=("vi", "en"))
    ploy, _ = await desk.member("Ploy", "counsellor", languages=("my", "en"))
    for each in (new, other, ploy, noor):
        with pytest.raises(NotAllowed, match="interpreter"):
            await interpreters.invite(noor, it.id, each.member.id)
    async with desk.records.begin() as tx:
        await tx.staff.block(aye.member.id, it.id, supervisor.id, desk.clock.now())
    assert (await desk.services.holding.free(noor, it.id)).interpreters == []
    async with desk.records.begin() as tx:
        await tx.staff.unblock(aye.member.id, it.id)
    assert (await desk.services.holding.free(noor, it.id)).interpreters != []
    await desk.services.sessions.end(aye)
    assert (await desk.services.holding.free(noor, it.id)).interpreters == []


async def test_a_second_question_while_one_stands_is_refused(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    await desk.services.interpreters.invite(noor, it.id, aye.member.id)
    with pytest.raises(NotPossible):
        await desk.services.interpreters.invite(noor, it.id, aye.member.id)
    desk.clock.pass_(seconds=ASKED_LASTS.total_seconds())
    for session in (noor, aye):
        session.last_seen = desk.clock.now()
        await desk.services.sessions.touch(session)
    assert await desk.services.interpreters.mine(aye) == []
    await desk.services.interpreters.invite(noor, it.id, aye.member.id)


async def test_somebody_else_learns_nothing(desk: TestDesk) -> None:
    it, noor, _ = await agreed(desk)
    other, _ = await desk.member("Su", "interpreter", languages=("my", "en"))
    interpreters = desk.services.interpreters
    for call in (interpreters.read, interpreters.end):
        with pytest.raises(NoSuchConversation):
            await call(other, it.id)
    with pytest.raises(NoSuchConversation):
        await interpreters.find(other, it.code)
    with pytest.raises(NoSuchConversation):
        await interpreters.find(noor, it.code)
    assert await interpreters.mine(other) == []


async def test_a_vetting_that_runs_out_closes_it(desk: TestDesk) -> None:
    it, _, aye = await agreed(desk)
    desk.clock.pass_(seconds=timedelta(days=366).total_seconds())
    aye.created_at = aye.last_seen = desk.clock.now()
    assert await desk.services.sessions.touch(aye)
    with pytest.raises(NoSuchConversation):
        await desk.services.interpreters.read(aye, it.id)
