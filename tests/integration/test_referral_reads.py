"""Another organisation that the person lets read: from the yes on, or all; and nothing after they stop it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.referral import READS_ALL, READS_NEW, Does
from bot.errors import CannotOpen
from bot.services.door import NoSuchConversation
from tests.support.referral import Bridge, open_bridge


@pytest.fixture
async def bridge(tmp_path: Path) -> AsyncIterator[Bridge]:
    async with open_bridge(f"sqlite+aiosqlite:///{tmp_path / 'bridge.db'}", tmp_path) as made:
        yield made


async def texts_of(bridge: Bridge, referral: str) -> list[str]:
    return [view.text for view in await bridge.house.house.referral_inbox.read(bridge.receiver, referral)]


async def test_from_now_on_opens_what_is_written_after_the_yes_and_nothing_older(bridge: Bridge) -> None:
    referral = await bridge.arrived(READS_NEW)
    with pytest.raises(NoSuchConversation):
        await texts_of(bridge, referral)
    await bridge.house.house.referral_inbox.answer(bridge.receiver, referral, Does.ACCEPT)
    await bridge.house.says("newer than the yes")

    read = await texts_of(bridge, referral)

    assert "newer than the yes" in read
    assert not any("older than everything" in text for text in read)
    # Not by the page only: their key opens none of the older seals.
    it, inner = await bridge.house.conversation(), bridge.house.house
    async with inner.records.begin() as tx:
        wrapped = await tx.conversations.wrapped_key(it.id, bridge.harbour)
        rows = [message for message, _, _ in await tx.messages.latest(it.id, 99)]
        agreed = next(one for one in await tx.casework.consents(it.id) if one.scope.startswith("lets_read_new"))
    private = inner.vault.open_with(bridge.receiver.organisation_key or b"", wrapped or b"")
    opened = {row.seq for row in rows if opens(bridge, private, row.sealed)}
    assert opened == {row.seq for row in rows if row.at > agreed.at}
    # The home organisation goes on reading all of it.
    ours = [view.text for view in await inner.counsel.read_messages(bridge.counsellor, it.id)]
    assert {"hello, older than everything", "newer than the yes"} <= set(ours)


def opens(bridge: Bridge, private: bytes, sealed: bytes) -> bool:
    try:
        bridge.house.house.vault.open_with(private, sealed)
    except CannotOpen:
        return False
    return True


async def test_the_whole_talk_is_a_question_of_its_own_and_opens_all_of_it(bridge: Bridge) -> None:
    referral = await bridge.draft(READS_ALL)
    assert "this whole chat" in (await bridge.ask(referral))[-1]
    await bridge.house.presses("Yes, they may read")
    await bridge.send(referral)
    await bridge.house.house.referral_inbox.answer(bridge.receiver, referral, Does.ACCEPT)

    assert "hello, older than everything" in await texts_of(bridge, referral)


async def test_what_is_written_after_it_was_stopped_is_sealed_to_a_key_they_never_had(bridge: Bridge) -> None:
    referral = await bridge.arrived(READS_NEW)
    await bridge.house.house.referral_inbox.answer(bridge.receiver, referral, Does.ACCEPT)
    it, inner = await bridge.house.conversation(), bridge.house.house
    async with inner.records.begin() as tx:
        wrapped = await tx.conversations.wrapped_key(it.id, bridge.harbour)
    kept = inner.vault.open_with(bridge.receiver.organisation_key or b"", wrapped or b"")
    await bridge.house.presses("More")
    await bridge.house.presses("What is passed on")
    await bridge.house.presses("Stop: Harbour")

    await bridge.house.says("after the stop")

    with pytest.raises(NoSuchConversation):
        await texts_of(bridge, referral)
    async with inner.records.begin() as tx:
        newest = [m for m, _, _ in await tx.messages.latest(it.id, 99) if m.author == "person"][-1]
        assert await tx.conversations.readers(it.id) == {bridge.desk.home.id}
    assert not opens(bridge, kept, newest.sealed)


async def test_a_third_organisation_from_now_on_leaves_the_second_as_it_was(bridge: Bridge) -> None:
    first = await bridge.arrived(READS_NEW)
    await bridge.house.house.referral_inbox.answer(bridge.receiver, first, Does.ACCEPT)
    await bridge.house.says("for the second")
    quay = await bridge.partner("Quay")
    third = await bridge.member_of(quay, "Quinn")
    it = await bridge.house.conversation()
    referral = await bridge.house.house.referrals.draft(bridge.counsellor, it.id, quay, READS_NEW, (), {})
    await bridge.ask(referral)
    await bridge.house.presses("Yes, they may read")
    await bridge.send(referral)
    await bridge.house.house.referral_inbox.answer(third, referral, Does.ACCEPT)
    await bridge.house.says("for both")

    of_third = [view.text for view in await bridge.house.house.referral_inbox.read(third, referral)]
    of_second = await texts_of(bridge, first)
    assert "for both" in of_third
    assert "for the second" not in of_third
    assert {"for the second", "for both"} <= set(of_second)
