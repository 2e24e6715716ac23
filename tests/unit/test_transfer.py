"""Handing a conversation to a colleague: two never write, and who comes second is told why."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.domain.ownership import NotPossible, State
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.records import Conversation
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


async def held(desk: TestDesk) -> tuple[Conversation, Session, Session]:
    """Let Noor hold a conversation while Ploy, who speaks the language too, is on duty."""
    supervisor, noor = await desk.pair()
    ploy = await desk.counsellor("Ploy", supervisor)
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(noor, waiting.id)
    return waiting, noor, ploy


async def test_a_colleague_who_accepts_reads_everything_and_the_one_before_nothing_more(desk: TestDesk) -> None:
    it, noor, ploy = await held(desk)
    await desk.counsel.write(noor, it.id, "from Noor")
    assert [each.name for each in (await desk.services.holding.free(noor, it.id)).receivers.colleagues] == ["Ploy"]
    await desk.transfers.offer(noor, it.id, ploy.member.id)
    (offer,) = await desk.transfers.offered(ploy)
    assert (offer.code, offer.by) == (it.code, "Noor")
    with pytest.raises(NoSuchConversation):
        await desk.counsel.read_messages(ploy, it.id)
    await desk.counsel.write(noor, it.id, "still here")
    await desk.transfers.accept(ploy, it.id)
    read = await desk.counsel.read_messages(ploy, it.id)
    assert [(m.name, m.text) for m in read if m.author == "counsellor"] == [
        ("Noor", "from Noor"),
        ("Noor", "still here"),
    ]
    assert [m.text for m in read if m.author == "bot"] == [
        f"[handoff.{said} en]" for said in ("joined", "transfer", "transferred")
    ]
    with pytest.raises(NoSuchConversation):
        await desk.counsel.write(noor, it.id, "too late")
    await desk.counsel.write(ploy, it.id, "from Ploy")


async def test_whom_a_conversation_cannot_be_given_to_is_never_offered(desk: TestDesk) -> None:
    it, noor, ploy = await held(desk)
    supervisor = (await desk.member("Lin", "supervisor"))[0]
    async with desk.records.begin() as tx:
        await tx.staff.block(ploy.member.id, it.id, supervisor.member.id, desk.clock.now())
    assert (await desk.services.holding.free(noor, it.id)).receivers.colleagues == []
    for receiver in (ploy, noor, supervisor):
        with pytest.raises(NotAllowed, match="colleague"):
            await desk.transfers.offer(noor, it.id, receiver.member.id)
    with pytest.raises(NoSuchConversation):
        await desk.transfers.offer(ploy, it.id, noor.member.id)


@pytest.mark.parametrize("by", ["colleague", "holder"])
async def test_a_refusal_and_an_offer_taken_back_leave_it_with_its_holder(desk: TestDesk, by: str) -> None:
    it, noor, ploy = await held(desk)
    await desk.transfers.offer(noor, it.id, ploy.member.id)
    await desk.transfers.offered(ploy)
    await desk.transfers.refuse(ploy if by == "colleague" else noor, it.id)
    after = (await desk.read(it.id)).own
    assert (after.state, after.counsellor) == (State.HELD, noor.member.id)
    with pytest.raises(NotPossible) as told:
        await desk.transfers.accept(ploy, it.id)
    assert told.value.state is State.HELD


async def test_one_who_was_never_offered_it_learns_nothing(desk: TestDesk) -> None:
    it, noor, ploy = await held(desk)
    for answer in (desk.transfers.accept, desk.transfers.refuse):
        with pytest.raises(NoSuchConversation):
            await answer(ploy, it.id)
    with pytest.raises(NotPossible):
        await desk.transfers.refuse(noor, it.id)


async def team_of_two(desk: TestDesk) -> tuple[Conversation, Session, Session, Session]:
    """Let Noor hold a conversation while Ploy and Kai, who also write Lao, are on duty."""
    supervisor, noor = await desk.pair()
    others = []
    for name in ("Ploy", "Kai"):
        colleague, _ = await desk.member(name, languages=("en", "lo"))
        await desk.vets(supervisor, colleague)
        others.append(colleague)
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(noor, waiting.id)
    return waiting, noor, others[0], others[1]


async def test_of_a_team_whoever_accepts_first_has_it_and_the_others_are_told(desk: TestDesk) -> None:
    it, noor, ploy, kai = await team_of_two(desk)
    assert (await desk.services.holding.free(noor, it.id)).receivers.teams == ["en", "lo"]
    await desk.transfers.offer(noor, it.id, "team:en")
    for colleague in (ploy, kai):
        (offer,) = await desk.transfers.offered(colleague)
        assert (offer.code, offer.by, offer.team) == (it.code, "Noor", "en")
    assert await desk.transfers.offered(noor) == []
    await desk.counsel.write(noor, it.id, "still here")
    await desk.transfers.accept(kai, it.id)
    assert (await desk.read(it.id)).own.counsellor == kai.member.id
    with pytest.raises(NotPossible) as told:
        await desk.transfers.accept(ploy, it.id)
    assert told.value.state is State.HELD
    said = [m.text for m in await desk.counsel.read_messages(kai, it.id) if m.author == "bot"]
    assert said == [f"[handoff.{said} en]" for said in ("joined", "transfer", "transferred")]


async def test_a_team_of_another_language_goes_on_in_that_language(desk: TestDesk) -> None:
    it, noor, ploy, _ = await team_of_two(desk)
    await desk.transfers.offer(noor, it.id, "team:lo")
    assert [offer.language for offer in await desk.transfers.offered(ploy)] == ["lo"]
    await desk.transfers.accept(ploy, it.id)
    assert (await desk.read(it.id)).wish_language == "lo"


async def test_only_the_person_or_the_holder_ends_an_offer_to_a_team_and_nobody_outside_it_learns_of_it(
    desk: TestDesk,
) -> None:
    it, noor, ploy, _ = await team_of_two(desk)
    outsider, _ = await desk.member("Sam", languages=("km",))
    for receiver in ("team:km", "team:", "team:xx"):
        with pytest.raises(NotAllowed, match="colleague"):
            await desk.transfers.offer(noor, it.id, receiver)
    await desk.transfers.offer(noor, it.id, "team:lo")
    assert await desk.transfers.offered(outsider) == []
    with pytest.raises(NoSuchConversation):
        await desk.transfers.accept(outsider, it.id)
    await desk.transfers.offered(ploy)
    with pytest.raises(NotPossible):
        await desk.transfers.refuse(ploy, it.id)
    await desk.transfers.refuse(noor, it.id)
    assert (await desk.read(it.id)).own.counsellor == noor.member.id
