"""Two at once, on both databases: one wins, and nothing is half done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.services.counsel import ClaimedBefore
from bot.services.sign_in import SignInRefused
from bot.services.staff import Refused, SetUp
from tests.support.desk import PASSPHRASE, SECRET, TestDesk, open_desk


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(database_url) as made:
        yield made


async def at_once(*doing: Any) -> tuple[list[Any], list[BaseException]]:
    """Do all at once; give what came of it, and what was refused."""
    results = await asyncio.gather(*doing, return_exceptions=True)
    refused = [each for each in results if isinstance(each, BaseException)]
    return [each for each in results if not isinstance(each, BaseException)], refused


async def test_of_two_claims_one_wins(desk: TestDesk) -> None:
    supervisor, noor = await desk.pair()
    both = (noor, await desk.counsellor("Ploy", supervisor))
    for _ in range(5):
        waiting = await desk.person_waits("told")
        for session in both:
            await desk.counsel.queue(session)
        won, lost = await at_once(*(desk.counsel.claim(each, waiting.id) for each in both))
        assert (len(won), [type(each) for each in lost]) == (1, [ClaimedBefore])
        assert (await desk.read(waiting.id)).own.counsellor == won[0].own.counsellor
        # Whoever holds as many as they can take would be told that, instead of who was first.
        holder = next(each for each in both if each.member.id == won[0].own.counsellor)
        await desk.counsel.give_back(holder, waiting.id, "done_for_now")


async def test_a_person_who_goes_back_while_being_claimed_is_told_one_thing(desk: TestDesk) -> None:
    _, counsellor = await desk.pair()
    waiting = await desk.person_waits("told")
    await desk.counsel.claim(counsellor, waiting.id)
    leaving = (
        desk.counsel.give_back(counsellor, waiting.id, "shift_ends"),
        desk.counsel.close(counsellor, waiting.id, "helped"),
    )
    won, lost = await at_once(*leaving)
    assert (len(won), len(lost)) == (1, 1)
    async with desk.records.begin() as tx:
        stored = await tx.messages.latest(waiting.id, 9)
    assert [message.author for message, _, _ in stored] == ["person", "bot", "bot"]


async def test_of_two_first_supervisors_one_takes_the_key_over_and_the_paper_of_one_is_valid(desk: TestDesk) -> None:
    tokens = [await desk.staff.add_member(name, ["supervisor"], "", ["en"]) for name in ("Mali", "Sam")]
    won, lost = await at_once(*(desk.staff.set_up(each, PASSPHRASE, SECRET, desk.code()) for each in tokens))
    assert all(isinstance(each, Refused) and each.reason == "again" for each in lost)
    shown = [each.recovery_key for each in won if isinstance(each, SetUp) and each.recovery_key]
    home = await desk.staff.ensure_home("Bridge House")
    assert len(shown) == 1
    assert home.recovery_wrapped is not None
    assert desk.vault.unlock_with_recovery(shown[0], home.recovery_wrapped)
    assert home.waiting_private is None


async def test_one_code_lets_in_once_however_many_try_at_once(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    code = desk.next_code()
    won, lost = await at_once(*(desk.services.sign_in.sign_in("Mali", PASSPHRASE, code) for _ in range(4)))
    assert (len(won), {type(each) for each in lost}) == (1, {SignInRefused})


async def test_tries_made_at_once_cannot_outrun_the_lock(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    await at_once(*(desk.services.sign_in.sign_in("Mali", "wrong", "000000") for _ in range(12)))
    mali = await desk.stored("Mali")
    assert mali.failed == 5
    assert mali.locked_until is not None
    with pytest.raises(SignInRefused):
        await desk.services.sign_in.sign_in("Mali", PASSPHRASE, desk.next_code())
