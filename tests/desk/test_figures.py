"""The page of figures counts what began in a month, also what was erased since, and the file holds nothing more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.codes import CaseCode, ConversationId, Language
from bot.domain.training import CHANNEL
from bot.services.forget import forget
from bot.services.records import AuditEntry
from bot.services.sign_in import Session
from tests.support.desk import TestDesk, browser, open_desk
from tests.support.review import reads, reviewers, told

A_MONTH = 31 * 86400


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(database_url) as made:
        yield made


async def a_month(desk: TestDesk, language: Language = "th", people: int = 6) -> Session:
    """Let people wait, be taken over after a while, and the month end; half of them are erased."""
    _, counsellor = await desk.pair()
    waiting = [await desk.person_waits("told", language=language, level="P2") for _ in range(people)]
    desk.clock.pass_(seconds=200)
    for place, it in enumerate(waiting):
        async with desk.records.begin() as tx:
            found = await tx.conversations.get(it.id)
            assert found is not None
            entry = AuditEntry(desk.clock.now(), counsellor.member.id, "claimed", it.id)
            await tx.casework.add_audit(entry)
            await tx.promises.add(it.id, desk.clock.now(), desk.clock.now() + timedelta(hours=1), 0)
            for promise in await tx.promises.of(it.id):
                await tx.promises.settle(promise.id, "kept", desk.clock.now())
            if place % 2:
                await forget(tx, found, "program", desk.clock.now())
    desk.clock.pass_(seconds=A_MONTH)
    return counsellor


@pytest.fixture
async def lead(desk: TestDesk) -> Session:
    session, _ = await desk.member("Fay", "administrator")
    return session


async def tables(desk: TestDesk, lead: Session, language: str = "") -> dict[str, dict[str, int] | None]:
    book = await desk.services.figures.look(lead, "", language)
    return {it.name: None if it.rows is None else dict(it.rows) for it in book.tables}


async def test_what_was_erased_counts_on_and_names_nobody(desk: TestDesk, lead: Session) -> None:
    await a_month(desk, people=6)
    found = await tables(desk, lead)
    assert found["began"] == {"began": 5}
    assert found["language"] is not None
    assert (found["language"]["th"], found["language"]["en"]) == (5, 0)
    assert found["level"] is not None
    assert found["level"]["P2"] == 5
    assert found["handoff"] == {"none": 0, "offered": 0, "accepted": 5}
    assert found["promise"] == {"kept": 5, "broken": 0, "cancelled": 0}
    assert (await tables(desk, lead, "th"))["began"] == {"began": 5}
    assert (await tables(desk, lead, "en"))["began"] == {"began": 0}


async def test_a_month_stays_as_it_was_first_shown(desk: TestDesk, lead: Session) -> None:
    """What changes later, and who erases their talk, is not read out of two looks at the same month."""
    await a_month(desk, people=10)
    first = await tables(desk, lead), await tables(desk, lead, "th")
    async with desk.records.begin() as tx:
        remaining = await tx.conversations.of_channel("telegram", desk.clock.now())
        for it in remaining:
            await tx.conversations.save(replace(it, level="P0"))
    assert len(remaining) == 5
    assert (await tables(desk, lead), await tables(desk, lead, "th")) == first
    async with desk.records.begin() as tx:
        assert (await tx.figures.of_month(desk.clock.now() - timedelta(days=60), desk.clock.now()))["th", "level:P0"]


async def test_half_of_the_waits_is_told_when_ten_waited(desk: TestDesk, lead: Session) -> None:
    await a_month(desk, people=10)
    assert (await desk.services.figures.look(lead)).waits == {"half": 5, "most": None}


async def test_training_conversations_do_not_count(desk: TestDesk, lead: Session) -> None:
    await desk.pair()
    for number in range(6):
        waiting = await desk.person_waits("told")
        async with desk.records.begin() as tx:
            found = await tx.conversations.get(waiting.id)
            assert found is not None
            name = f"t{number}"
            trained = replace(found, channel=CHANNEL, id=ConversationId(name), code=CaseCode(name))
            await tx.conversations.add(trained, f"t{number}".encode(), desk.home.id, b"key")
    desk.clock.pass_(seconds=A_MONTH)
    assert (await tables(desk, lead))["began"] == {"began": 5}
    async with desk.records.begin() as tx:
        counts = await tx.figures.of_month(desk.clock.now() - timedelta(days=60), desk.clock.now())
    assert counts["en", "began"] == 6


async def test_the_page_and_the_file_show_the_same_steps(desk: TestDesk) -> None:
    await a_month(desk)
    lead, _ = await desk.member("Sam", "supervisor")
    async with browser(desk, lead) as driver:
        page = await driver.open("/figures")
        assert "5 to 9" in page.text
        assert "fewer than 5" in page.text
        file = await driver.open("/figures.csv?language=th")
        assert file.headers["content-type"].startswith("text/csv")
        lines = file.text.split("\r\n")
        assert lines[0] == "month,language,table,row,at_least,at_most"
        assert "2026-03,th,began,began,5,9" in lines
        assert all(int(line.split(",")[4] or 0) % 5 == 0 for line in lines[1:-1])
        assert (await driver.open("/figures?month=2099-99&language=xx")).status_code == 200


async def test_another_organisation_has_no_figures_of_the_hotline(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    until = desk.clock.now() + timedelta(days=90)
    await desk.services.partners.keep(supervisor, "Harbour", "ngo", ["shelter"], "TH", ["en"], until)
    theirs, _ = await desk.member_of("Harbour", "Hana", "supervisor", "reviewer")
    async with browser(desk, theirs) as driver:
        for path in ("/figures", "/figures.csv", "/audit", "/review/weights"):
            assert (await driver.open(path)).status_code == 403, path


async def test_counsellors_have_no_figures(desk: TestDesk) -> None:
    counsellor = await a_month(desk, people=1)
    async with browser(desk, counsellor) as driver:
        assert (await driver.open("/figures")).status_code == 403


async def test_agreement_is_told_with_its_number_and_of_few_things_not_at_all(desk: TestDesk) -> None:
    supervisor, _ = await desk.member("Mali", "supervisor")
    ann, bo = await reviewers(desk, "Ann", "Bo", supervisor=supervisor)
    async with browser(desk, ann) as first, browser(desk, bo) as second:
        assert "too few to say" in (await first.open("/figures")).text
        for verdict in ("yes", "no"):
            case = await told(desk)
            await reads(first, case.code)
            await reads(second, case.code, **{"verdict-violence": verdict})
        page = await first.open("/figures")
        assert "Kappa" in page.text
        assert "5 to 9" in page.text
        file = await first.open("/figures.csv")
        assert any(line.startswith(",all,agreement,kappa") for line in file.text.split("\r\n"))
