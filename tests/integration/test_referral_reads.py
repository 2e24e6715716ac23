"""Another organisation that the person lets read: from the yes on, or all; and nothing after they stop it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.consent import REVIEW_ENDED, REVIEWED
from bot.domain.referral import READS_ALL, READS_NEW, REVIEWS, Does
from bot.errors import CannotOpen
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.transcript import PAGE
from tests.support.desk import browser
from tests.support.fakes import a_reading
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


async def test_whoever_may_read_a_long_talk_goes_back_to_its_beginning(bridge: Bridge) -> None:
    referral = await bridge.arrived(READS_ALL)
    await bridge.house.house.referral_inbox.answer(bridge.receiver, referral, Does.ACCEPT)
    for number in range(PAGE):
        await bridge.house.says(f"and more, {number}")
    async with browser(bridge.desk, bridge.receiver) as driver:
        newest = (await driver.open(f"/inbox/{referral}/talk")).text
        assert "older than everything" not in newest
        before = re.search(r'class="earlier"><a href="([^"]+)"', newest)
        assert before is not None
        oldest = (await driver.open(f"/inbox/{referral}/talk{before[1]}")).text

    assert "older than everything" in oldest
    assert 'class="earlier"><a href="?after=' in oldest


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


async def test_another_organisation_reviews_what_is_told_after_the_yes_that_names_it(bridge: Bridge) -> None:
    """H8: its own question, its own yes, a wrapped key from that moment, and nothing of before; over with one press."""
    inner, engine = bridge.house.house, bridge.house.engine
    engine.readings["they beat us"] = a_reading("violence")
    engine.readings["they do not pay us"] = a_reading("withheld_wages")
    await bridge.house.says("they beat us")
    referral, it = await bridge.draft(REVIEWS), await bridge.house.conversation()
    asked = await bridge.ask(referral)
    assert "May Harbour look at what you tell here from now on" in asked[-1]
    await bridge.house.presses("Yes, they may read")
    assert [(c.scope, c.organisation) for c in await bridge.consents()][-1] == (REVIEWED, bridge.harbour)
    await bridge.send(referral)
    async with browser(bridge.desk, bridge.receiver) as driver:
        assert it.code not in (await driver.open("/review")).text, "nobody of theirs accepted it yet"
        assert (await driver.open(f"/review/{it.code}")).status_code == 404
        await inner.referral_inbox.answer(bridge.receiver, referral, Does.ACCEPT)
        await bridge.house.says("they do not pay us")
        assert f'href="/review/{it.code}"' in (await driver.open("/review")).text
        page = (await driver.open(f"/review/{it.code}")).text
        assert "withheld wages" in page
        assert "they do not pay us" in page
        assert "violence or threats" not in page, "told before the yes"
        assert "they beat us" not in page
        assert "A counsellor may read" not in page, "what they agreed to with others"
        await driver.send(f"/review/{it.code}/begin")
        await driver.send(f"/review/{it.code}/sheet", {"verdict-withheld_wages": "yes", "do": "done"})
        assert "You are done" in driver.text
        await bridge.house.presses("More")
        await bridge.house.presses("What is passed on")
        await bridge.house.presses("Stop: Harbour")
        assert [c.scope for c in await bridge.consents()][-1] == REVIEW_ENDED
        assert (await driver.open(f"/review/{it.code}")).status_code == 404
        assert it.code not in (await driver.open("/review")).text
    assert await inner.reviews.listed(bridge.receiver) == []


async def test_a_yes_to_read_is_no_yes_to_review_and_a_partner_whose_vetting_ended_reviews_nothing(
    bridge: Bridge,
) -> None:
    reads = await bridge.arrived(READS_NEW)
    await bridge.house.house.referral_inbox.answer(bridge.receiver, reads, Does.ACCEPT)
    it, reviews = await bridge.house.conversation(), bridge.house.house.reviews
    assert not await reviews.still_open(bridge.receiver, it.id)
    reviewed = await bridge.arrived(REVIEWS)
    await bridge.house.house.referral_inbox.answer(bridge.receiver, reviewed, Does.ACCEPT)
    assert await reviews.still_open(bridge.receiver, it.id)
    bridge.house.clock.pass_(seconds=91 * 86400)
    assert not await reviews.still_open(bridge.receiver, it.id)


async def test_what_a_child_tells_is_given_to_nobody_s_reviewers(bridge: Bridge) -> None:
    """C7."""
    bridge.house.engine.readings["I am 15"] = a_reading("child")
    await bridge.house.says("I am 15")
    with pytest.raises(NotAllowed, match="review-child"):
        await bridge.draft(REVIEWS)
