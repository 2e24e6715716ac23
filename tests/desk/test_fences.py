"""What keeps strangers, other sites and clever forms out of the desk."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.desk.pages import HERE
from tests.support.desk import PASSPHRASE, TestDesk, browser, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


@pytest.mark.parametrize(
    "path", ["/sign-in", "/people", "/nowhere", "/setup/none", "/static/desk.css", "/conversations/x"]
)
async def test_every_answer_carries_the_fence(desk: TestDesk, path: str) -> None:
    session, _ = await desk.member("Mali", "supervisor")
    async with browser(desk, session) as driver:
        answer = await driver.http.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ("no-store" in answer.headers.get("cache-control", "")) is not path.startswith("/static/")


async def test_nothing_of_the_desk_is_shown_within_another_page_but_the_one_that_says_who_is_here(
    desk: TestDesk,
) -> None:
    session, _ = await desk.member("Mali", "supervisor")
    async with browser(desk, session) as driver:
        answers = {path: await driver.http.get(path) for path in ("/", "/people", "/here/frame")}
    framed = {path for path, it in answers.items() if "frame-ancestors 'self'" in it.headers["content-security-policy"]}
    assert framed == {"/here/frame"}
    assert {path for path, it in answers.items() if it.headers["x-frame-options"] != "DENY"} == framed
    assert re.search(r"<(form|a|button|input)\b", answers["/here/frame"].text) is None


def test_no_template_holds_script_or_style_of_its_own() -> None:
    for template in (HERE / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "<style" not in text, template.name
        assert " style=" not in text, template.name
        assert " on" not in [word[:3] for word in text.split('"')], template.name
        assert text.count("<script") == text.count("<script src="), template.name
        assert "|safe" not in text.replace(" ", ""), template.name
        assert "http" not in text.replace("http-equiv", ""), template.name


def test_every_form_that_changes_something_carries_its_token() -> None:
    for template in (HERE / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        forms = re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL)
        hidden = re.search(r"{% macro hidden\(.*?{% endmacro %}", text, re.DOTALL)
        carried = ["{{ hidden("] if hidden and 'name="csrf"' in hidden[0] else []
        assert len(forms) == text.count('method="post"'), template.name
        assert all(any(it in form for it in ('name="csrf"', *carried)) for form in forms), template.name


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://localhost:8080"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://localhost:8081", "sec-fetch-site": "cross-site"},
    ],
)
async def test_a_form_from_another_site_changes_nothing(desk: TestDesk, headers: dict[str, str]) -> None:
    session, _ = await desk.member("Mali", "supervisor", "administrator")
    async with browser(desk, session) as driver:
        await driver.open("/people")
        data = {"csrf": session_token(driver.text), "name": "Eve", "role": "counsellor", "language": "en"}
        answer = await driver.http.post("/people", data=data, headers=headers)
        assert answer.status_code == 403
        assert [member.name for member in await desk.staff.people()] == ["Mali"]
        fine = await driver.http.post("/people", data=data, headers={"origin": "http://127.0.0.1:8081"})
        assert fine.status_code == 200


def session_token(text: str) -> str:
    return text.split('name="csrf" value="')[1].split('"', maxsplit=1)[0]


async def test_a_form_of_another_session_changes_nothing(desk: TestDesk) -> None:
    supervisor, _ = await desk.member("Mali", "supervisor", "administrator")
    other, _ = await desk.member("Noor")
    for token in ("", other.csrf, supervisor.csrf[:-1]):
        async with browser(desk, supervisor) as driver:
            answer = await driver.http.post("/people", data={"csrf": token, "name": "Eve", "role": "reviewer"})
            assert answer.status_code == 403
            assert "too old" in answer.text
    assert len(await desk.staff.people()) == 2


async def test_a_sign_in_form_needs_the_visit_of_its_own_browser(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    async with browser(desk) as victim, browser(desk) as stranger:
        await stranger.open("/sign-in")
        token = session_token(stranger.text)
        data = {"csrf": token, "name": "Mali", "passphrase": PASSPHRASE, "code": desk.next_code()}
        answer = await victim.http.post("/sign-in", data=data)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers or "desk=" not in answer.headers["set-cookie"]


async def test_the_session_cookie_is_strict_and_over_https_bound_to_the_host(tmp_path: Path) -> None:
    secure_url = "https://desk.example"
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}", secure_url) as desk:
        await desk.member("Mali", "supervisor")
        transport = httpx.ASGITransport(app=desk.app)
        async with httpx.AsyncClient(transport=transport, base_url=secure_url) as http:
            page = await http.get("/sign-in")
            data = {"name": "Mali", "passphrase": PASSPHRASE, "code": desk.next_code()}
            data["csrf"] = session_token(page.text)
            answer = await http.post("/sign-in", data=data, headers={"origin": secure_url})
    assert answer.status_code == 303
    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("__Host-desk="))
    for part in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
        assert part.lower() in cookie.lower()
    assert "domain" not in cookie.lower()
    assert "max-age" not in cookie.lower()


async def test_a_large_form_and_a_broken_one_are_refused_calmly(desk: TestDesk) -> None:
    session, _ = await desk.member("Mali", "supervisor")
    async with browser(desk, session) as driver:
        large = await driver.http.post("/sign-out", data={"csrf": session.csrf, "x": "y" * 170_000})
        many = await driver.http.post("/sign-out", data={f"f{n}": "" for n in range(99)})
        cookie = await driver.http.get("/sign-in", headers={"cookie": 'desk="\x01; =;;'})
    assert (large.status_code, many.status_code, cookie.status_code) == (413, 403, 200)
    assert "Traceback" not in large.text + many.text


async def test_a_fault_of_ours_shows_nothing_of_the_program(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    session, _ = await desk.member("Mali", "supervisor")

    async def fail(*_: object) -> None:
        raise RuntimeError("planted-secret")

    monkeypatch.setattr(desk.counsel, "queue", fail)
    async with browser(desk, session) as driver:
        answer = await driver.open("/")
    assert answer.status_code == 500
    assert "The fault is ours" in answer.text
    assert "planted-secret" not in answer.text
    assert "RuntimeError" not in answer.text
