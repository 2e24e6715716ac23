"""The interpreter's page, and what the counsellor sees of them: as a browser without JavaScript, and live."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.effects import ADMIT_INTERPRETER, END_INTERPRETER
from tests.desk.test_live import following
from tests.support.browser import serving
from tests.support.desk import TestDesk, browser, open_desk
from tests.unit.test_interpreters import agreed, held, person


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[TestDesk]:
    async with open_desk(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}") as made:
        yield made


async def test_from_the_question_to_the_last_line(desk: TestDesk) -> None:
    it, noor, aye = await held(desk)
    async with browser(desk, noor) as counsellor, browser(desk, aye) as interpreter:
        await counsellor.open(f"/conversations/{it.code}")
        assert "Ask the person" in counsellor.text
        await counsellor.send(f"/conversations/{it.code}/interpreter", {"interpreter": aye.member.id})
        assert "silence is a no" in counsellor.text
        await interpreter.open("/")
        assert "asked for you" in interpreter.text
        await interpreter.open(f"/interpreting/{it.code}")
        assert "told before" not in interpreter.text
        assert interpreter.page is not None
        assert interpreter.page.status_code == 404

        await person(desk, it, ADMIT_INTERPRETER, "interpreter_yes")
        await desk.person_writes(it.id, "<b>mingalaba</b>")
        await interpreter.open(f"/interpreting/{it.code}")
        assert "&lt;b&gt;mingalaba" in interpreter.text
        assert "told before" not in interpreter.text
        (message,) = (await desk.services.interpreters.read(aye, it.id)).messages
        for beside, text in ((message.seq, "says hello"), (0, "Hello, I am here")):
            await interpreter.send(f"/interpreting/{it.code}/lines", {"beside": str(beside), "text": text})
        await counsellor.open(f"/conversations/{it.code}")
        shown = counsellor.text.split(f'id="b-{message.seq}"')[1]
        assert "says hello" in shown[:200]
        assert "Hello, I am here" in counsellor.text
        await counsellor.open(f"/conversations/{it.code}?line=1")
        assert "Hello, I am here</textarea>" in counsellor.text

        await interpreter.open(f"/interpreting/{it.code}")
        await interpreter.send(f"/interpreting/{it.code}/leave")
        assert it.code not in interpreter.text
        await counsellor.open(f"/conversations/{it.code}")
        assert "Ask the person" in counsellor.text


async def test_the_open_page_closes_when_the_person_ends_it(desk: TestDesk) -> None:
    it, _, aye = await agreed(desk)
    live = f"/interpreting/{it.code}/live?after=0"
    async with serving(desk.app) as url, following(desk, aye, url + live) as stream:
        await desk.person_writes(it.id, "one")
        name, _, html = await stream.next()
        assert name == "message"
        assert "one" in html
        await person(desk, it, END_INTERPRETER, "interpreter_end")
        desk.signals.publish(f"conversation:{it.id}")
        name, _, html = await stream.next()
    assert name == "gone"


async def test_another_interpreter_and_a_code_of_nobody_look_the_same(desk: TestDesk) -> None:
    it, _, _ = await agreed(desk)
    other, _ = await desk.member("Su", "interpreter", languages=("my", "en"))
    async with browser(desk, other) as stranger:
        await stranger.open(f"/interpreting/{it.code}")
        denied = stranger.text.replace(it.code, "CODE")
        await stranger.open("/interpreting/NONE22")
        assert stranger.text.replace("NONE22", "CODE") == denied


async def test_a_translation_comes_live_beside_its_message(desk: TestDesk) -> None:
    it, noor, aye = await agreed(desk)
    await desk.person_writes(it.id, "mingalaba")
    (message,) = (await desk.services.interpreters.read(aye, it.id)).messages
    live = f"/conversations/{it.code}/live?after={message.seq}"
    async with serving(desk.app) as url, following(desk, noor, url + live) as stream:
        _, _, html = await stream.next(standing=True)
        assert "The interpreter reads along" in html
        await desk.services.interpreters.write(aye, it.id, "says hello", message.seq)
        _, _, html = await stream.next(standing=True)
    beside = html.split(f'id="b-{message.seq}" hx-swap-oob="true"')[1]
    assert "says hello" in beside
