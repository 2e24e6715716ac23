"""A referral from the draft to the first contact: what the person is asked, what leaves, and that they can stop it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.referral import READS_ALL, Does, NotNow, State
from bot.services.door import NoSuchConversation, NotAllowed
from bot.services.ports import Referral
from bot.services.referral.export import Wording
from tests.support.referral import Bridge, open_bridge


@pytest.fixture
async def bridge(tmp_path: Path) -> AsyncIterator[Bridge]:
    async with open_bridge(f"sqlite+aiosqlite:///{tmp_path / 'bridge.db'}", tmp_path) as made:
        yield made


async def state(bridge: Bridge, referral: str) -> State:
    return (await bridge.course(referral)).state


async def test_h3_the_person_reads_which_kinds_of_facts_go_to_whom_and_never_a_fact(bridge: Bridge) -> None:
    asked = await bridge.ask(await bridge.draft())

    text = " ".join(asked)
    assert "Harbour" in text
    assert "how to reach you safely" in text
    assert "your name and age" in text
    assert "where you are" not in text
    assert "Planted" not in text
    assert bridge.house.labels()[:4] == ["Yes, pass it on", "Only my wish and how to reach me", "Not now", "No"]


async def test_d2_a_yes_names_the_receiver_and_the_parts_and_nothing_leaves_before_it(bridge: Bridge) -> None:
    referral = await bridge.draft()
    with pytest.raises(NotNow):
        await bridge.send(referral)
    await bridge.ask(referral)
    with pytest.raises(NotNow):
        await bridge.send(referral)

    answered = await bridge.house.presses("Yes, pass it on")

    assert "We pass it on to Harbour" in answered[0]
    consent = (await bridge.consents())[-1]
    assert (consent.scope, consent.organisation, consent.act) == ("passes_on:12", bridge.harbour, "refer_yes")
    await bridge.send(referral)
    assert await state(bridge, referral) is State.SENT


async def test_only_what_was_agreed_is_in_what_the_receiver_can_open(bridge: Bridge) -> None:
    referral = await bridge.draft(parts=(1, 2, 3))
    await bridge.ask(referral)
    await bridge.house.presses("Only my wish")
    await bridge.send(referral)

    inbox = bridge.house.house.referral_inbox
    async with bridge.house.house.records.begin() as tx:
        kept = await tx.referrals.get(referral)
    assert kept is not None
    paper = inbox.paper(bridge.receiver, kept)
    assert paper["consent"]["parts"] == [1]
    assert paper["consent"]["not_agreed"] == [2, 3]
    assert "Planted" not in json.dumps(paper)
    assert paper["wishes"]["helps"] == ["shelter", "legal"]


async def test_a_stale_press_changes_nothing(bridge: Bridge) -> None:
    referral = await bridge.draft()
    await bridge.ask(referral)
    old = bridge.house.data_of("Yes, pass it on")
    await bridge.house.house.referrals.revoke(bridge.counsellor, referral)
    await bridge.house.settle()

    await bridge.house.says(old, kind="press")

    assert await state(bridge, referral) is State.REVOKED
    assert all(not one.scope.startswith("passes_on:1") for one in await bridge.consents())


async def test_p2_not_now_is_not_asked_again_the_same_day_and_no_not_for_a_week(bridge: Bridge) -> None:
    referral = await bridge.draft()
    await bridge.ask(referral)
    await bridge.house.presses("Not now")
    assert await state(bridge, referral) is State.DRAFT
    with pytest.raises(NotAllowed, match="not_now"):
        await bridge.ask(referral)
    bridge.house.clock.pass_(seconds=24 * 3600 + 1)
    await bridge.desk.services.sessions.touch(bridge.counsellor)
    await bridge.ask(referral)
    await bridge.house.says("thinking")
    await bridge.presses_no()
    assert await state(bridge, referral) is State.DECLINED
    with pytest.raises(NotAllowed, match="declined"):
        await bridge.draft()


async def test_s19_nobody_is_told_that_a_person_exists_before_they_said_yes(bridge: Bridge) -> None:
    inbox = bridge.house.house.referral_inbox
    referral = await bridge.draft()
    for press in (None, "Yes, pass it on"):
        if press is not None:
            await bridge.ask(referral)
            await bridge.house.presses(press)
        assert await inbox.all(bridge.receiver) == []
        with pytest.raises(NoSuchConversation):
            await inbox.look(bridge.receiver, referral)


async def test_the_receiver_accepts_reaches_the_person_and_the_person_is_told_each_time(bridge: Bridge) -> None:
    inbox = bridge.house.house.referral_inbox
    referral = await bridge.arrived()
    before = await inbox.look(bridge.receiver, referral)
    assert before.form.values.keys() == {"wishes/helps"}

    await inbox.answer(bridge.receiver, referral, Does.ACCEPT)
    opened = await inbox.look(bridge.receiver, referral)
    assert opened.form.get("person/name") == "Planted Name"
    assert opened.form.get("place/exact") == ""
    await inbox.answer(bridge.receiver, referral, Does.CONTACT)
    await inbox.answer(bridge.receiver, referral, Does.FINISH)
    await bridge.house.deliver()
    bridge.house.clock.pass_(seconds=9)
    await bridge.house.deliver()

    assert await state(bridge, referral) is State.DONE
    told = " ".join(bridge.house.messenger.texts("7"))
    assert "Harbour has said yes" in told
    assert "Harbour says that they have reached you" in told
    async with bridge.house.house.records.begin() as tx:
        kept = await tx.referrals.get(referral)
    assert kept is not None
    assert (kept.own_sealed, kept.sent_sealed) == (None, None)


async def test_a_refusal_has_a_reason_and_leaves_nothing_with_the_receiver(bridge: Bridge) -> None:
    inbox = bridge.house.house.referral_inbox
    referral = await bridge.arrived()
    with pytest.raises(NotNow):
        await inbox.answer(bridge.receiver, referral, Does.REFUSE, "because")

    await inbox.answer(bridge.receiver, referral, Does.REFUSE, "no_place")

    assert (await bridge.course(referral)).reason == "no_place"
    assert (await inbox.look(bridge.receiver, referral)).form.values == {}
    # What was typed is there for another organisation.
    offer = await bridge.house.house.referrals.offer(bridge.counsellor, (await bridge.house.conversation()).id)
    assert offer.form.get("person/name") == "Planted Name"


async def test_d2_under_more_the_person_stops_it_and_the_receiver_opens_nothing_any_more(bridge: Bridge) -> None:
    inbox = bridge.house.house.referral_inbox
    referral = await bridge.arrived()
    await inbox.answer(bridge.receiver, referral, Does.ACCEPT)
    await bridge.house.presses("More")
    listed = await bridge.house.presses("What is passed on")
    assert listed == ["Harbour: they have said yes."]

    stopped = await bridge.house.presses("Stop: Harbour")

    assert "It is stopped" in stopped[0]
    assert await state(bridge, referral) is State.REVOKED
    assert (await bridge.consents())[-1].scope == "passes_on:none"
    assert (await inbox.look(bridge.receiver, referral)).form.values == {}
    with pytest.raises(NotNow):
        await inbox.answer(bridge.receiver, referral, Does.CONTACT)


async def test_a_consent_taken_back_while_the_page_is_open_stops_the_sending(bridge: Bridge) -> None:
    referral = await bridge.draft()
    await bridge.ask(referral)
    await bridge.house.presses("Yes, pass it on")
    course = await bridge.course(referral)
    await bridge.house.presses("More")
    await bridge.house.presses("What is passed on")
    await bridge.house.presses("Stop: Harbour")

    with pytest.raises(NotNow):
        await bridge.house.house.referrals.send(bridge.counsellor, referral, course.receiver, course.parts)

    assert await bridge.house.house.referral_inbox.all(bridge.receiver) == []


async def test_a_page_that_asks_to_send_more_than_was_agreed_is_refused_and_stands_in_the_audit(bridge: Bridge) -> None:
    other = await bridge.partner("Quay")
    referral = await bridge.draft()
    await bridge.ask(referral)
    await bridge.house.presses("Yes, pass it on")

    for receiver, parts in ((bridge.harbour, (1, 2, 3)), (other, (1, 2)), (bridge.harbour, (3,))):
        with pytest.raises(NotAllowed, match="more"):
            await bridge.house.house.referrals.send(bridge.counsellor, referral, receiver, parts)

    assert await state(bridge, referral) is State.AGREED
    assert [act for _, act in await bridge.desk.audited()].count("referral_more") == 3
    with pytest.raises(NotNow):
        await bridge.house.house.referrals.change(bridge.counsellor, referral, (1, 2, 3), {"place/exact": ["x"]})


async def test_a_receiver_whose_vetting_ended_is_asked_about_to_nobody_and_gets_nothing(bridge: Bridge) -> None:
    asked, agreed = await bridge.draft(), ""
    await bridge.ask(asked)
    await bridge.house.presses("Yes, pass it on")
    agreed = asked
    bridge.house.clock.pass_(seconds=91 * 86400)
    await bridge.house.says("still here")
    course = await bridge.course(agreed)

    for act in (
        bridge.house.house.referrals.send(bridge.counsellor, agreed, course.receiver, course.parts),
        bridge.draft(),
    ):
        with pytest.raises(NotAllowed, match="partner_expired"):
            await act
    assert await state(bridge, agreed) is State.AGREED


async def test_c7_facts_of_a_child_are_asked_about_only_with_a_named_authority(bridge: Bridge) -> None:
    from dataclasses import replace

    from bot.services.talk import open_talk, seal_talk

    it = await bridge.house.conversation()
    inner = bridge.house.house
    talk = replace(open_talk(inner.vault, it.id, it.state_sealed), age="child")
    async with inner.records.begin() as tx:
        await tx.conversations.save(replace(it, state_sealed=seal_talk(inner.vault, it.id, talk)))
    with pytest.raises(NotAllowed, match="form_lacks"):
        await bridge.ask(await bridge.draft())

    asked = await bridge.ask(await bridge.draft(consent__basis=["child protection office"]))
    assert asked


async def test_other_organisations_and_colleagues_see_nothing_of_it(bridge: Bridge) -> None:
    inner = bridge.house.house
    referral = await bridge.arrived(READS_ALL)
    colleague = await bridge.desk.counsellor("Ploy", bridge.supervisor)
    stranger = await bridge.member_of(await bridge.partner("Quay"), "Quinn")

    for session in (colleague, stranger, bridge.receiver):
        with pytest.raises(NoSuchConversation):
            await inner.referrals.look(session, referral)
    for session in (colleague, stranger, bridge.counsellor, bridge.supervisor):
        with pytest.raises(NoSuchConversation):
            await inner.referral_inbox.look(session, referral)
        assert await inner.referral_inbox.all(session) == []
    assert [line.to for line in await inner.referrals.mine(bridge.supervisor)] == ["Harbour"]
    assert await inner.referrals.mine(colleague) == []


async def test_when_the_person_erases_everything_only_what_was_accepted_stays_with_its_receiver(bridge: Bridge) -> None:
    inner = bridge.house.house
    accepted = await bridge.arrived()
    await inner.referral_inbox.answer(bridge.receiver, accepted, Does.ACCEPT)
    sent = await bridge.arrived()
    code = (await bridge.house.conversation()).code

    await inner.forget.forget_person(code)

    async with inner.records.begin() as tx:
        assert await tx.referrals.get(sent) is None
        kept = await tx.referrals.get(accepted)
    assert kept is not None
    assert (kept.conversation, kept.own_sealed) == (None, None)
    assert (await inner.referral_inbox.look(bridge.receiver, accepted)).form.get("person/name") == "Planted Name"
    await inner.referral_inbox.answer(bridge.receiver, accepted, Does.CONTACT)


async def test_s8_what_changes_is_told_only_when_it_is_safe_to_write(bridge: Bridge) -> None:
    referral = await bridge.arrived()
    bridge.house.clock.pass_(seconds=16 * 60)
    before = len(bridge.house.messenger.texts("7"))

    await bridge.house.house.referral_inbox.answer(bridge.receiver, referral, Does.ACCEPT)
    await bridge.house.deliver()

    assert len(bridge.house.messenger.texts("7")) == before
    assert any("has said yes" in text for text in await bridge.house.says("back again"))


async def test_d2_to_tell_the_police_is_a_yes_of_its_own_whatever_the_partner_was_before(
    bridge: Bridge,
) -> None:
    """D7: and only by that yes does a document leave for a legal case."""
    referrals = bridge.house.house.referrals
    referral = await bridge.draft()
    await bridge.ask(referral)
    await bridge.house.presses("Yes")
    await bridge.partner("Harbour", "police", ("police", "legal", "shelter"))
    course = await bridge.course(referral)
    with pytest.raises(NotAllowed, match="more"):
        await referrals.send(bridge.counsellor, referral, course.receiver, course.parts)
    with pytest.raises(NotAllowed, match="reads_law"):
        await bridge.draft(READS_ALL)
    await referrals.revoke(bridge.counsellor, referral)

    again = await bridge.draft()
    assert "may have to act on what they learn" in (await bridge.ask(again))[-1]
    await bridge.house.presses("Only my wish")
    assert (await bridge.consents())[-1].scope == "passes_on:14"
    await bridge.send(again)
    wording = Wording("en", lambda _, code: code, lambda code: code, "")
    exports = bridge.house.house.exports
    made = json.loads((await exports.of_sender(bridge.counsellor, again, "person", "json", wording)).content)
    assert made["consent"] == {**made["consent"], "parts": [1, 4], "sentence": "referral.ask-law"}


async def test_a_yes_counts_for_ninety_days_and_the_person_is_told_so(bridge: Bridge) -> None:
    """Reference 9.1, "until when": on a yes of long ago nothing is sent, and what was sent is not opened any more."""
    inner = bridge.house.house
    sent, agreed = await bridge.arrived(), await bridge.draft()
    await inner.referral_inbox.answer(bridge.receiver, sent, Does.ACCEPT)
    await bridge.ask(agreed)
    assert "Your yes counts for 90 days." in "\n".join(await bridge.house.presses("Yes"))
    paper = inner.referral_inbox.paper(bridge.receiver, await referral_of(bridge, sent))
    assert paper["consent"]["until"] > paper["consent"]["given_at"]
    bridge.house.clock.pass_(seconds=90 * 86400)
    await bridge.partner("Harbour")
    with pytest.raises(NotAllowed, match="lapsed"):
        await bridge.send(agreed)
    with pytest.raises(NotAllowed, match="lapsed"):
        await inner.referral_inbox.look(bridge.receiver, sent)


async def referral_of(bridge: Bridge, referral: str) -> Referral:
    async with bridge.house.house.records.begin() as tx:
        found = await tx.referrals.get(referral)
    assert found is not None
    return found
