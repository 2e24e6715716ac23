"""Referrals at the desk, without JavaScript: draft, ask, send, answer; what is refused, and whose page it is."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pypdfium2
import pytest

from bot.domain.referral import READS_NEW, State
from tests.support.desk import browser
from tests.support.referral import Bridge, open_bridge


@pytest.fixture
async def bridge(tmp_path: Path) -> AsyncIterator[Bridge]:
    async with open_bridge(f"sqlite+aiosqlite:///{tmp_path / 'bridge.db'}", tmp_path) as made:
        yield made


async def test_a_counsellor_drafts_asks_and_sends_and_the_receiver_accepts_reaches_and_finishes(bridge: Bridge) -> None:
    code = (await bridge.house.conversation()).code
    async with browser(bridge.desk, bridge.counsellor) as ours, browser(bridge.desk, bridge.receiver) as theirs:
        page = await ours.open(f"/conversations/{code}/referral?wish-shelter=1")
        assert "A shelter can give a bed" in page.text, "what it brings and costs, as the person will read it"
        assert "Harbour" in page.text
        fields = {
            "receiver": bridge.harbour,
            "what": "facts",
            "portion-2": "1",
            "safety/may_contact": "yes",
            "wishes/helps:shelter": "1",
            "person/name": "<b>Planted</b> Name",
            "place/exact": "Planted Street",
        }
        page = await ours.send(f"/conversations/{code}/referral", fields)
        assert "What the person is shown" in page.text
        assert "&lt;b&gt;Planted&lt;/b&gt; Name" in page.text
        at = page.url.path
        assert "has been asked" in (await ours.send(f"{at}/ask")).text or "not answered" in ours.text
        await bridge.house.settle()
        bridge.house.clock.pass_(seconds=9)
        await bridge.house.settle()
        await bridge.house.presses("Yes, pass it on")
        page = await ours.open(at)
        assert "agreed, not sent yet" in page.text
        await ours.send(f"{at}/send")
        assert "sent, in progress" in ours.text

        inbox = await theirs.open("/")
        assert '<a href="/">' not in inbox.text, "they have no queue"
        assert code in inbox.text
        assert "Bridge House" in inbox.text
        received = at.replace("/referrals/", "/inbox/")
        assert "Planted" not in (await theirs.open(received)).text
        await theirs.send(f"{received}/answer", {"does": "accept"})
        assert "&lt;b&gt;Planted&lt;/b&gt; Name" in theirs.text
        assert "Planted Street" not in theirs.text
        await theirs.send(f"{received}/answer", {"does": "contact"})
        assert "the person was reached" in (await ours.open(at)).text
        await theirs.send(f"{received}/answer", {"does": "finish"})
        assert "Planted" not in theirs.text


async def test_a_tampered_form_with_more_than_was_agreed_is_refused_and_says_why(bridge: Bridge) -> None:
    referral = await bridge.draft()
    await bridge.ask(referral)
    await bridge.house.presses("Yes, pass it on")
    async with browser(bridge.desk, bridge.counsellor) as driver:
        page = await driver.open(f"/referrals/{referral}")
        refused = await driver.send(f"/referrals/{referral}/send", {"parts": "1,2,3"})
        assert refused.status_code == 422
        assert "more, or for another receiver, than the person agreed to" in refused.text
        driver.page = page
        moved = await driver.send(f"/referrals/{referral}/form", {"place/exact": "Planted Street"})
        assert moved.status_code == 409
        driver.page = page
        strange = await driver.send(
            f"/conversations/{(await bridge.house.conversation()).code}/referral",
            {"receiver": bridge.harbour, "what": "facts", "signs/codes": "sold"},
        )
        assert strange.status_code == 422
    assert (await bridge.course(referral)).state is State.AGREED


async def test_a_page_that_was_open_while_the_person_took_it_back_sends_nothing(bridge: Bridge) -> None:
    referral = await bridge.draft()
    await bridge.ask(referral)
    await bridge.house.presses("Yes, pass it on")
    async with browser(bridge.desk, bridge.counsellor) as driver:
        await driver.open(f"/referrals/{referral}")
        await bridge.house.presses("More")
        await bridge.house.presses("What is passed on")
        await bridge.house.presses("Stop: Harbour")
        answer = await driver.send(f"/referrals/{referral}/send")
        assert answer.status_code == 409
        assert "Nothing was changed" in answer.text
    assert await bridge.house.house.referral_inbox.all(bridge.receiver) == []


async def test_a_receiver_whose_vetting_has_expired_is_said_and_gets_nothing(bridge: Bridge) -> None:
    referral = await bridge.draft()
    await bridge.ask(referral)
    await bridge.house.presses("Yes, pass it on")
    bridge.house.clock.pass_(seconds=91 * 86400)
    await bridge.house.says("still here")
    async with browser(bridge.desk, bridge.counsellor) as driver:
        page = await driver.open(f"/referrals/{referral}")
        assert "vetting has expired" in page.text
        refused = await driver.send(f"/referrals/{referral}/send")
        assert refused.status_code == 422
        assert "vetting of this organisation has expired" in refused.text


async def test_everybody_else_s_page_is_like_one_that_never_was(bridge: Bridge) -> None:
    referral = await bridge.arrived(READS_NEW)
    colleague = await bridge.desk.counsellor("Ploy", bridge.supervisor)
    stranger = await bridge.member_of(await bridge.partner("Quay"), "Quinn")
    for session, paths in (
        (colleague, ("/referrals/{0}", "/inbox/{0}", "/inbox/{0}/talk")),
        (bridge.supervisor, ("/inbox/{0}", "/inbox/{0}/talk")),
        (stranger, ("/inbox/{0}", "/inbox/{0}/talk")),
        (bridge.receiver, ("/inbox/{0}/talk",)),
    ):
        async with browser(bridge.desk, session) as driver:
            for path in paths:
                there, never = await driver.open(path.format(referral)), await driver.open(path.format("0" * 16))
                assert (there.status_code, there.text) == (404, never.text.replace("0" * 16, referral)), path
            listed = await driver.open("/referrals")
            assert (await bridge.house.conversation()).code not in listed.text or session in (
                bridge.supervisor,
                bridge.receiver,
            )


async def test_a_partner_sees_referrals_to_their_organisation_and_nothing_of_the_hotline(bridge: Bridge) -> None:
    code = (await bridge.house.conversation()).code
    waiting = await bridge.desk.person_waits("planted-word", level="P0")
    async with bridge.house.house.records.begin() as tx:
        await tx.casework.add_alert(waiting.id, waiting.code, "danger", "P0", bridge.house.clock.now())
    async with browser(bridge.desk, bridge.receiver) as driver:
        for path in ("/", "/alerts", "/people", "/roster", "/referrals", "/me"):
            page = await driver.open(path)
            assert page.status_code == 200, path
            for theirs in (code, waiting.code, "Noor", "Mali", "Danger now"):
                assert theirs not in page.text, (path, theirs)
        for path in (
            "/audit",
            "/promises",
            "/going-live",
            "/partners",
            f"/conversations/{code}",
            f"/conversations/{code}/referral",
        ):
            assert (await driver.open(path)).status_code in (403, 404), path


async def test_d7_a_document_is_watermarked_and_audited_and_for_a_legal_case_only_by_wish_or_order(
    bridge: Bridge,
) -> None:
    referral = await bridge.arrived()
    at = f"/referrals/{referral}/export"
    async with browser(bridge.desk, bridge.counsellor) as driver, browser(bridge.desk, bridge.supervisor) as lead:
        page = await driver.open(f"/referrals/{referral}")
        made = await driver.send(at, {"purpose": "receiver", "as": "pdf"})
        assert made.headers["content-type"] == "application/pdf"
        text = pypdfium2.PdfDocument(made.content)[0].get_textpage().get_text_bounded()
        assert "Noor" in text
        assert "Harbour" in text
        assert "Planted Street" not in text
        driver.page = page
        paper = json.loads((await driver.send(at, {"purpose": "receiver", "as": "json"})).content)
        assert paper["export"]["by"] == "Noor"
        assert "place" not in paper
        for purpose in ("person", "order", "other"):
            driver.page = page
            assert (await driver.send(at, {"purpose": purpose, "as": "pdf"})).status_code == 422, purpose
        await lead.open(f"/referrals/{referral}")
        assert (await lead.send(at, {"purpose": "order", "as": "json"})).status_code == 200
    acts = [act for _, act in await bridge.desk.audited()]
    assert acts.count("referral_export") == 3


async def test_a_lead_keeps_partners_and_their_own_member_makes_the_key(bridge: Bridge) -> None:
    async with browser(bridge.desk, bridge.supervisor) as driver, browser(bridge.desk) as newcomer:
        await driver.open("/partners")
        fields = {"name": "Legal Aid", "kind": "legal", "help-legal": "1", "countries": "th kh", "until": "2026-12-31"}
        page = await driver.send("/partners", {**fields, "language": ["th", "km"]})
        assert "waits for their set-up" in page.text
        for wrong in (
            {"name": ""},
            {"name": "Call 1300"},
            {"kind": "gang"},
            {"countries": "Siam"},
            {"until": "2020-01-01"},
        ):
            await driver.open("/partners")
            assert (await driver.send("/partners", {**fields, **wrong})).status_code == 422, wrong
        organisation = next(
            kept.partner.id
            for kept in await bridge.house.house.partners.all(bridge.supervisor)
            if kept.partner.name == "Legal Aid"
        )
        await driver.open("/partners")
        page = await driver.send(f"/partners/{organisation}/invite", {"name": "Lek", "language": ["th"]})
        link = page.text.split('readonly value="')[1].split('"')[0]
        shown = await newcomer.open(f"/setup/{link.rpartition('/')[2]}")
        assert "Bridge House" not in shown.text
        await newcomer.set_up(link.rpartition("/")[2])
        assert "can receive" in (await driver.open("/partners")).text
    async with bridge.house.house.records.begin() as tx:
        made = await tx.staff.organisation(organisation)
    assert made is not None
    assert made.public_key
    assert made.waiting_private is None
