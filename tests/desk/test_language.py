"""A member chooses the language of the desk for every page and browser; before the sign-in a browser does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.desk import TestDesk, browser, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def test_the_switch_holds_on_every_page_and_leads_back_to_where_it_was(desk: TestDesk) -> None:
    supervisor, _ = await desk.pair()
    async with browser(desk, supervisor) as driver:
        assert '<html lang="en">' in (await driver.open("/people")).text
        page = await driver.send("/language", {"language": "th"})
        assert page.url.path == "/people"
        assert '<html lang="th">' in page.text
        assert "หัวหน้างาน" in page.text
        closed = await driver.open("/conversations/AAA-AAAA")
        assert (closed.status_code, "ไม่มีอะไรที่นี่" in closed.text) == (404, True)
        assert '<html lang="en">' in (await driver.send("/language", {"language": "en"})).text


async def test_a_member_finds_their_language_at_another_browser_and_another_member_their_own(desk: TestDesk) -> None:
    supervisor, counsellor = await desk.pair()
    async with browser(desk, supervisor) as driver:
        await driver.open("/people")
        await driver.send("/language", {"language": "th"})
    async with browser(desk) as elsewhere:
        await elsewhere.sign_in("Mali")
        assert '<html lang="th">' in (await elsewhere.open("/people")).text
    async with browser(desk, counsellor) as driver:
        assert '<html lang="en">' in (await driver.open("/people")).text


async def test_before_the_sign_in_the_browser_s_own_language_is_spoken_and_can_be_switched(desk: TestDesk) -> None:
    async with browser(desk) as driver:
        driver.http.headers["accept-language"] = "th-TH,th;q=0.9,en;q=0.8"
        assert "เข้าสู่ระบบ" in (await driver.open("/sign-in")).text
        assert "Sign in" in (await driver.send("/language", {"language": "en"})).text


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "", "/a b\r\nx: y"]
)
async def test_the_switch_leads_nowhere_else(desk: TestDesk, back: str) -> None:
    async with browser(desk) as driver:
        await driver.open("/sign-in")
        driver.http.follow_redirects = False
        token = driver.text.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]
        answer = await driver.http.post("/language", data={"csrf": token, "language": "xx", "back": back})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "language=en" in answer.headers["set-cookie"]
