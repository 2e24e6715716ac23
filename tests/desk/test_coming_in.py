"""From a one-time link to the queue: set-up, recovery key, sign-in, sign-out."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.desk import PASSPHRASE, SECRET, TestDesk, browser, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def test_the_first_supervisor_sets_up_writes_the_recovery_key_down_and_is_in(desk: TestDesk) -> None:
    token = await desk.staff.add_member("Mali", ["administrator", "supervisor"], "", ["en"])
    async with browser(desk) as driver:
        done = await driver.set_up(token)
        assert done.status_code == 200
        shown = re.search(r'<p class="recovery".*?>(.*?)</p>', done.text, re.DOTALL)
        assert shown is not None
        recovery = re.sub(r"<[^>]+>|\s", "", shown[1])
        home = await desk.staff.ensure_home("Bridge House")
        assert home.recovery_wrapped is not None
        assert desk.vault.unlock_with_recovery(recovery, home.recovery_wrapped)
        assert not await desk.staff.recovery_is_written()
        queue = await driver.send("/recovery-key/written", {"written": "on"})
        assert "Nobody waits" in queue.text
        assert await desk.staff.recovery_is_written()
        again = await driver.open(f"/setup/{token}")
        assert again.status_code == 410
        assert "recovery" not in again.text


async def test_a_used_late_or_invented_link_says_so(desk: TestDesk) -> None:
    token = await desk.staff.add_member("Mali", ["supervisor"], "", ["en"])
    desk.clock.pass_(hours=73)
    async with browser(desk) as driver:
        for path in (f"/setup/{token}", "/setup/invented", "/setup/invented/code.svg"):
            answer = await driver.open(path)
            assert answer.status_code == 410
            assert "works once" in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"passphrase": "short", "again": "short"}, "at least 12"),
        ({"again": "another passphrase"}, "not the same"),
        ({"code": "000000"}, "does not fit"),
    ],
)
async def test_a_set_up_that_is_not_right_says_what_to_do_and_the_secret_stays(
    desk: TestDesk, fields: dict[str, str], sentence: str
) -> None:
    token = await desk.staff.add_member("Noor", ["counsellor"], "", ["en"])
    async with browser(desk) as driver:
        await driver.open(f"/setup/{token}")
        before = re.findall(r"<span>(\w{4})</span>", driver.text)
        answer = await driver.set_up(token, **fields)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert re.findall(r"<span>(\w{4})</span>", answer.text) == before
        assert (await driver.set_up(token)).status_code == 200


async def test_another_browser_that_saw_the_link_does_not_learn_the_secret(desk: TestDesk) -> None:
    token = await desk.staff.add_member("Noor", ["counsellor"], "", ["en"])
    async with browser(desk) as one, browser(desk) as other:
        secrets = [
            re.findall(r"<span>(\w{4})</span>", (await each.open(f"/setup/{token}")).text) for each in (one, other)
        ]
        image = await one.http.get(f"/setup/{token}/code.svg")
    assert secrets[0] != secrets[1]
    assert len("".join(secrets[0])) == 32
    assert image.headers["content-type"].startswith("image/svg+xml")
    assert b"<svg" in image.content


async def test_sign_in_and_out(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    async with browser(desk) as driver:
        wrong = await driver.sign_in("Mali", "wrong")
        unknown = await driver.sign_in("Nobody")
        assert (wrong.status_code, unknown.status_code) == (403, 403)
        assert wrong.text.split("role=")[1].split("</p>")[0] == unknown.text.split("role=")[1].split("</p>")[0]
        assert "Waiting" in (await driver.sign_in("Mali")).text
        cookie = driver.http.cookies["desk"]
        out = await driver.send("/sign-out")
        assert "Sign in" in out.text
        driver.http.cookies.set("desk", cookie)
        assert "Sign in" in (await driver.open("/")).text


async def test_a_used_code_is_refused(desk: TestDesk) -> None:
    await desk.member("Mali", "supervisor")
    async with browser(desk) as one, browser(desk) as other:
        code = desk.next_code(SECRET)
        assert (await one.sign_in("Mali", PASSPHRASE, code)).status_code == 200
        assert (await other.sign_in("Mali", PASSPHRASE, code)).status_code == 403


async def test_a_passphrase_is_not_kept_in_a_cache_of_the_framework(desk: TestDesk) -> None:
    import litestar._parsers as parsers

    await desk.member("Mali", "supervisor")
    for cached in (parsers.parse_url_encoded_form_data, parsers.parse_cookie_string):
        cached.cache_clear()
    async with browser(desk) as driver:
        await driver.sign_in("Mali")
        await driver.open("/")
    sizes = [each.cache_info().currsize for each in (parsers.parse_url_encoded_form_data, parsers.parse_cookie_string)]
    assert sizes == [0, 0]
