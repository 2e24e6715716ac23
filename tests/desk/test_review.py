"""Review at the desk: listed without text, read only with the person's own yes, by two, each alone (H4, H8, H10)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.content import load_catalogue
from bot.domain.codes import OrganisationId
from bot.domain.consent import REVIEWED
from bot.domain.observations import counted
from bot.domain.ownership import Ownership, State
from bot.domain.training import CHANNEL
from bot.services.door import NoSuchConversation
from bot.services.observe import opened
from bot.services.records import Consent
from tests.support.desk import ROOT, TestDesk, browser, open_desk
from tests.support.review import SHEET, flagging, reads, reviewers, takes_back, told


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def test_a_listed_case_shows_codes_and_days_and_no_text(desk: TestDesk) -> None:
    """H8: a flag lists a case, codes without text; without the person's yes nothing of it is read."""
    ann, _ = await reviewers(desk, "Ann", "Bo")
    conversation = await told(desk, consent=False)
    async with browser(desk, ann) as driver:
        listed = (await driver.open("/review")).text
        assert conversation.code in listed
        assert "violence or threats" in listed
        assert "document retention" in listed
        assert "my passport" not in listed
        assert f'href="/review/{conversation.code}"' not in listed
        refused = await driver.open(f"/review/{conversation.code}")
        assert refused.status_code == 404
        nothing = await driver.open("/review/AAA-AAAA")
        assert nothing.status_code == 404
        assert re.sub("[A-Z0-9]{3}-[A-Z0-9]{4}", "", refused.text) == re.sub(
            "[A-Z0-9]{3}-[A-Z0-9]{4}", "", nothing.text
        )
    assert "conversation_opened" not in [act for _, act in await desk.audited()]


async def test_what_flags_nothing_is_not_listed(desk: TestDesk) -> None:
    (ann,) = await reviewers(desk, "Ann")
    waiting = await desk.person_waits("hello")
    async with desk.records.begin() as tx:
        await flagging(desk).look_again(tx, waiting, desk.clock.now())
    async with browser(desk, ann) as driver:
        assert waiting.code not in (await driver.open("/review")).text


async def test_wishes_and_risk_stand_before_the_matrix_and_evidence_is_folded(desk: TestDesk) -> None:
    """H4: what the person wishes is seen first; H10: what is heavy is folded until somebody opens it."""
    (ann,) = await reviewers(desk, "Ann")
    conversation = await told(desk)
    async with browser(desk, ann) as driver:
        page = (await driver.open(f"/review/{conversation.code}")).text
    assert page.index("How the person sees the danger") < page.index("Codes of the messages") < page.index("The six")
    assert '<q dir="auto">my passport</q>' in page
    heavy = page[page.index('<details class="heavy">') :]
    assert '<q dir="auto">he beat me</q>' in heavy[heavy.index("</summary>") : heavy.index("</details>")]
    assert "<him>" not in page
    assert '<span class="tag confirmed">confirmed</span>' in page
    assert "weights not yet checked against the ILO list" in page
    assert "victim" not in page
    assert ("conversation_opened") in [act for _, act in await desk.audited()]


async def test_a_yes_to_a_counsellor_does_not_cover_a_reviewer(desk: TestDesk) -> None:
    """H8, D2."""
    (ann,) = await reviewers(desk, "Ann")
    conversation = await told(desk, consent=False)
    async with desk.records.begin() as tx:
        now = desk.clock.now()
        await tx.casework.add_consent(Consent(conversation.id, "counsellor_reads", desk.home.id, "yes", 1, now))
    async with browser(desk, ann) as driver:
        assert (await driver.open(f"/review/{conversation.code}")).status_code == 404


async def test_a_reviewer_claims_and_counsels_nothing(desk: TestDesk) -> None:
    """A reviewer has the key to read what they are let read, and is no counsellor by that."""
    (ann,) = await reviewers(desk, "Ann")
    waiting = await desk.person_waits("told")
    assert ann.organisation_key is not None
    with pytest.raises(NoSuchConversation):
        await desk.counsel.access_conversation(ann, waiting.id, "read")
    assert (await desk.counsel.queue(ann)).waiting == ()


async def test_the_second_does_not_see_the_marks_of_the_first_before_their_own_are_done(desk: TestDesk) -> None:
    ann, bo, cy = await reviewers(desk, "Ann", "Bo", "Cy")
    code = (await told(desk)).code
    async with browser(desk, ann) as first, browser(desk, bo) as second, browser(desk, cy) as third:
        await reads(first, code, **{"verdict-violence": "no"})
        assert "You are done. The other reader is not." in first.text
        await second.open(f"/review/{code}")
        await second.send(f"/review/{code}/begin")
        assert '" checked>' not in second.text
        assert "Ann: " not in second.text
        await third.open(f"/review/{code}")
        assert "Two others read this case already" in (await third.send(f"/review/{code}/begin")).text
        await second.send(f"/review/{code}/sheet", {**SHEET, "do": "done"})
        assert "You differ: violence" in second.text
        assert "Ann: they do not" in second.text
        assert "Bo: the messages say so" in second.text


async def test_a_difference_is_settled_with_a_reason_and_then_it_counts(desk: TestDesk) -> None:
    ann, bo = await reviewers(desk, "Ann", "Bo")
    conversation = await told(desk)
    code, settled = conversation.code, {"subject": "violence", "verdict": "no"}
    async with browser(desk, ann) as first, browser(desk, bo) as second:
        await reads(first, code, add="ex-hours", **{"add-phase": "now", "add-message": "2"})
        await reads(second, code, **{"verdict-violence": "no"})
        assert "You differ: violence" in second.text
        assert "Please write why" in (await second.send(f"/review/{code}/settle", {**settled, "reason": " "})).text
        await second.open(f"/review/{code}")
        await second.send(f"/review/{code}/settle", {**settled, "reason": "It was a <film>."})
        assert "It was a &lt;film&gt;." in second.text
        assert "Both are done." in second.text
        hours = {"subject": "ex-hours", "verdict": "yes", "phase": "now", "reason": "Message 2."}
        await second.send(f"/review/{code}/settle", hours)
        assert "Read by two, and settled." in second.text
        again = await second.send(f"/review/{code}/settle", hours)
        assert "settled already" in again.text
    async with desk.records.begin() as tx:
        observed = [
            one for _, one in opened(desk.vault, conversation.id, await tx.messages.observations(conversation.id))
        ]
        flag = await tx.reviews.flag(conversation.id)
    assert counted(observed) == ("cd-documents", "ex-hours")
    assert flag is not None
    assert flagging(desk).open(flag).codes == ("document_retention", "excessive_overtime")
    found = await desk.services.reviews.agreement(ann)
    assert (found.n, found.agreed) == (4, 2)
    async with desk.records.begin() as tx:
        it = await tx.conversations.get(conversation.id)
        assert it is not None
        await tx.conversations.save(replace(it, channel=CHANNEL))
    assert (await desk.services.reviews.agreement(ann)).n == 0, "training says nothing of readers"


async def test_a_reading_is_not_done_before_everything_is_judged_and_not_changed_after(desk: TestDesk) -> None:
    (ann,) = await reviewers(desk, "Ann")
    code = (await told(desk)).code
    async with browser(desk, ann) as driver:
        await driver.open(f"/review/{code}")
        assert "Begin to read first" in (await driver.send(f"/review/{code}/sheet", SHEET)).text
        await driver.open(f"/review/{code}")
        await driver.send(f"/review/{code}/begin")
        half = {"verdict-violence": "unclear", "do": "done"}
        assert "Something still wants your mark" in (await driver.send(f"/review/{code}/sheet", half)).text
        assert 'value="unclear" checked' in (await driver.open(f"/review/{code}")).text
        wrong = {**SHEET, "phase-cd-documents": "on_the_way"}
        assert "That mark cannot be" in (await driver.send(f"/review/{code}/sheet", wrong)).text
        await driver.open(f"/review/{code}")
        await driver.send(f"/review/{code}/sheet", {**SHEET, "do": "done"})
        assert "You finished your reading" in (await driver.send(f"/review/{code}/sheet", SHEET)).text


async def test_what_the_person_takes_back_is_closed_at_every_step(desk: TestDesk) -> None:
    """Bad input: a consent revoked while the page is open. Nothing of the form is kept, and the page says why."""
    (ann,) = await reviewers(desk, "Ann")
    conversation = await told(desk)
    async with browser(desk, ann) as driver:
        await driver.open(f"/review/{conversation.code}")
        await driver.send(f"/review/{conversation.code}/begin")
        await takes_back(desk, conversation)
        for path in ("begin", "sheet", "settle"):
            answer = await driver.send(f"/review/{conversation.code}/{path}", {**SHEET, "reason": "x"})
            assert answer.status_code == 404, path
            assert "passport" not in answer.text
        assert (await driver.open(f"/review/{conversation.code}")).status_code == 404
        stream = await driver.http.get(f"/review/{conversation.code}/live")
        assert stream.status_code == 404
    assert not await desk.services.reviews.still_open(ann, conversation.id)
    assert "review_marked" not in [act for _, act in await desk.audited()]


async def test_a_reviewer_whose_vetting_ended_or_who_is_kept_away_reads_nothing(desk: TestDesk) -> None:
    ann, bo = await reviewers(desk, "Ann", "Bo")
    conversation = await told(desk)
    async with desk.records.begin() as tx:
        await tx.staff.block(ann.member.id, conversation.id, bo.member.id, desk.clock.now())
    assert not await desk.services.reviews.still_open(ann, conversation.id)
    assert await desk.services.reviews.still_open(bo, conversation.id)
    bo.standing = "expired"
    assert not await desk.services.reviews.still_open(bo, conversation.id)


async def test_another_organisation_sees_nothing_of_it(desk: TestDesk) -> None:
    """Role by action by organisation: only with a consent that names it and a wrapped key."""
    (ann,) = await reviewers(desk, "Ann")
    conversation = await told(desk)
    other = replace(ann.member, organisation=OrganisationId("elsewhere"))
    ann.member = other
    assert await desk.services.reviews.listed(ann) == []
    for act in (desk.services.reviews.begin, desk.services.reviews.finish):
        with pytest.raises(NoSuchConversation):
            await act(ann, conversation.id)
    with pytest.raises(NoSuchConversation):
        await desk.services.reviews.ask(ann, conversation.code)
    async with desk.records.begin() as tx:
        now = desk.clock.now()
        await tx.casework.add_consent(Consent(conversation.id, REVIEWED, other.organisation, "yes", 3, now))
    assert not await desk.services.reviews.still_open(ann, conversation.id)


async def test_the_program_asks_the_person_once_and_never_a_child(desk: TestDesk) -> None:
    (ann,) = await reviewers(desk, "Ann")
    conversation = await told(desk, consent=False)
    async with desk.records.begin() as tx:
        found = await tx.conversations.get(conversation.id)
        assert found is not None
        await tx.conversations.save(replace(found, own=Ownership(State.BOT, desk.clock.now())))
    async with browser(desk, ann) as driver:
        await driver.open("/review")
        await driver.send(f"/review/{conversation.code}/ask")
        assert "[review.asked en]" in (await desk.outbox())[-1]
        again = await driver.send(f"/review/{conversation.code}/ask")
        assert "less than 30 days ago" in again.text
    assert len([text for text in await desk.outbox() if "review.asked" in text]) == 1


async def test_weights_count_only_when_two_people_stand_for_them(desk: TestDesk) -> None:
    """Bad input: a weight file signed by one person is refused, and the page says why."""
    ann, bo = await reviewers(desk, "Ann", "Bo")
    code = (await told(desk)).code
    rows = load_catalogue(ROOT).indicators.values()
    typed = "\n".join(f"{row.code} {row.weights['adult_labour']}" for row in rows if "adult_labour" in row.weights)
    fields = {"set": "adult_labour", "version": "2009, revised", "source": "The published list, pages 1 to 9"}
    async with browser(desk, ann) as first, browser(desk, bo) as second:
        await first.open("/review/weights")
        wrong = await first.send("/review/weights", {**fields, "weights": "cd-documents heavy"})
        assert "A weight is strong, medium or weak" in wrong.text
        await first.open("/review/weights")
        await first.send("/review/weights", {**fields, "weights": typed})
        assert "signed by one person only: does not count" in first.text
        own = await first.send("/review/weights/1/sign")
        assert "Who typed the weights cannot sign them" in own.text
        assert (await first.open(f"/review/{code}")).text.count("weights not yet checked") == 2
        await second.open("/review/weights")
        await second.send("/review/weights/1/sign")
        assert "signed by Bo" in second.text
        page = (await second.open(f"/review/{code}")).text
        assert page.count("weights not yet checked") == 1
        assert "Weights: 2009, revised, The published list, pages 1 to 9" in page
        assert "not enough information" in page
        assert "does not hold enough" in page
        assert "already" in (await second.send("/review/weights/1/sign")).text
