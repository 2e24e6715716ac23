"""Danger without consent at the desk, with JavaScript off: list, case, answers, and who is named as duty lead (H8)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.support.danger import REASON, Danger, acts, danger, lead_now, newest, open_now, standing
from tests.support.desk import CounsellorDriver, TestDesk, browser, open_desk


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[TestDesk]:
    async with open_desk(sqlite_url) as made:
        yield made


@pytest.fixture
async def scene(desk: TestDesk) -> Danger:
    return await danger(desk)


async def test_the_call_for_a_second_leads_to_the_case(desk: TestDesk, scene: Danger) -> None:
    await open_now(desk, scene)
    async with browser(desk, scene.counsellor) as driver:
        for path in ("/", "/alerts"):
            assert f'href="/access/{scene.case.code}"' in (await driver.open(path)).text
    await desk.services.accesses.answer(scene.second, scene.case.id, await newest(desk, scene), yes=False)
    async with browser(desk, scene.counsellor) as counsellor, browser(desk, scene.lead) as lead:
        # What supervisors are called for leads nobody else anywhere.
        assert f'href="/access/{scene.case.code}"' not in (await counsellor.open("/")).text
        assert f'href="/access/{scene.case.code}"' in (await lead.open("/")).text


async def leads_to(driver: CounsellorDriver, scene: Danger, **fields: str) -> None:
    await driver.open(f"/access/{scene.case.code}")
    await driver.send(f"/access/{scene.case.code}/begin", {"ground": "danger_now", "reason": REASON, **fields})


async def test_it_is_done_at_the_desk_without_javascript(desk: TestDesk, scene: Danger) -> None:
    async with browser(desk, scene.lead) as lead, browser(desk, scene.counsellor) as second:
        listed = await lead.open("/access")
        assert scene.case.code in listed.text
        assert "planted-word" not in listed.text
        before = await lead.open(f"/access/{scene.case.code}")
        assert "planted-word" not in before.text
        await leads_to(lead, scene, when="now")
        assert "planted-word" in lead.text
        assert "You read, and cannot write" in lead.text
        assert f"/conversations/{scene.case.code}/messages" not in lead.text

        waits = await second.open("/access")
        assert scene.case.code in waits.text
        page = await second.open(f"/access/{scene.case.code}")
        assert REASON in page.text
        assert "planted-word" not in page.text
        form = page
        await second.send(f"/access/{scene.case.code}/answer", {"answer": "no"})
        assert "Nothing waits for an answer" in second.text
        second.page = form
        assert (await second.send(f"/access/{scene.case.code}/answer", {"answer": "yes"})).status_code in (200, 404)
        assert await standing(desk, scene) == "refused"
        closed = await lead.open(f"/access/{scene.case.code}")
        assert "planted-word" not in closed.text
        assert "refused" in closed.text
        audit = await lead.open(f"/audit?conversation={scene.case.code}")
    for said in ("Asked to read it in danger", "Read it in danger, without a yes", "Opened it", "Did not agree"):
        assert said in audit.text


async def test_a_double_click_begins_once(desk: TestDesk, scene: Danger) -> None:
    async with browser(desk, scene.lead) as driver:
        page = await driver.open(f"/access/{scene.case.code}")
        for _ in range(2):
            driver.page = page
            fields = {"ground": "child", "reason": REASON, "when": "ask"}
            assert (await driver.send(f"/access/{scene.case.code}/begin", fields)).status_code == 200
    assert (await acts(desk)).count("access_asked") == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ground": "money"}, "Please choose the ground"),
        ({"reason": "danger"}, "A reason has between 20 and 2,000 characters"),
        ({"reason": " " * 50}, "A reason has between 20 and 2,000 characters"),
    ],
)
async def test_what_is_no_ground_or_no_reason_opens_nothing(
    desk: TestDesk, scene: Danger, fields: dict[str, str], said: str
) -> None:
    async with browser(desk, scene.lead) as driver:
        await leads_to(driver, scene, **fields)
        assert said in driver.text
    assert await acts(desk) == []


async def test_to_who_does_not_decide_it_looks_as_if_there_were_none(desk: TestDesk, scene: Danger) -> None:
    for session in (scene.second, scene.counsellor):
        async with browser(desk, session) as driver:
            await driver.open("/people")
            for path in ("", "/live?after=0", "/begin", "/answer", "/end", "/mark"):
                answers = []
                for code in (scene.case.code, "AAA-AAAA"):
                    url = f"/access/{code}{path}"
                    page = driver.page
                    answer = await (driver.http.get(url) if path[:2] in ("", "/l") else driver.send(url))
                    driver.page = page
                    answers.append((answer.status_code, answer.text.replace(code, "")))
                assert answers[0] == answers[1], path
                assert answers[0][0] in (403, 404), path


async def test_the_duty_lead_is_shown_and_named_on_the_roster(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    async with browser(desk, supervisor) as driver:
        queue = await driver.open("/")
        assert "Nobody is named as duty lead now" in queue.text
        await driver.open("/roster")
        fields = {"member": supervisor.member.id, "day-6": "1", "begins": "08:00", "ends": "20:00"}
        await driver.send("/roster/leads", fields)
        assert "Sunday 08:00–20:00" in driver.text
        assert "that is you" in driver.text
        await driver.send("/roster/leads", {**fields, "member": counsellor.member.id})
        assert "A duty lead is a supervisor" in driver.text
    async with browser(desk, counsellor) as driver:
        queue = await driver.open("/")
        assert "Duty lead now:" in queue.text
        assert "Mali" in queue.text
        roster = await driver.open("/roster")
        assert "/roster/leads" not in roster.text
    async with browser(desk, supervisor) as driver:
        await driver.open("/roster")
        await driver.send("/roster/leads/remove", {"begins": "480", "weekday": "6"})
        assert "Nobody is named yet" in driver.text


async def test_who_left_or_lost_the_key_leads_no_more(desk: TestDesk) -> None:
    first, _ = await desk.pair()
    second, _ = await desk.member("Sam", "supervisor")
    await desk.vets(first, second)
    await lead_now(desk, second)
    now = await desk.services.duty_leads.now(first)
    assert now is not None
    assert now.member.name == "Sam"
    assert now.until - desk.clock.now() <= timedelta(days=1)
    await desk.services.working_here.end_work(first, second.member.id)
    assert await desk.services.duty_leads.now(first) is None
