"""The reference story: a person writes, is answered in their language, asks for a person, and is not left alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.support.browser import open_browser, visiting
from tests.support.drivers import PersonDriver, StaffDriver
from tests.support.house import content
from tests.support.program import Program
from tests.support.real_engine import RealEngine


@dataclass
class Scene:
    """One running installation, and a browser."""

    program: Program
    browser: Browser

    @property
    def web(self) -> str:
        return f"http://127.0.0.1:{self.program.web_port}/"

    @property
    def desk(self) -> str:
        return f"http://localhost:{self.program.desk_port}"


@pytest.fixture
async def scene(real_engine: RealEngine, tmp_path: Path) -> AsyncIterator[Scene]:
    program = Program(tmp_path / "home", **real_engine.settings)
    await program.start()
    try:
        async with open_browser() as browser:
            yield Scene(program, browser)
    finally:
        await program.stop()


def words(key: str, language: str = "th") -> str:
    said = content().words
    phrase = said.say("cover.phrase", language)
    return said.say(key, language, org="Bridge House", messenger="Bridge House", phrase=phrase)


async def test_a_person_writes_in_thai_asks_for_a_person_and_a_counsellor_takes_over(scene: Scene) -> None:
    async with (
        visiting(scene.browser) as (chief, _),
        visiting(scene.browser) as (ann, _),
        visiting(scene.browser) as (phone, asked),
    ):
        lead = await StaffDriver.sets_up(chief, scene.program.setup_link, "lead")
        assert lead.recovery_key
        link = await lead.adds(scene.desk, "Ann", "counsellor", "th")
        counsellor = await StaffDriver.sets_up(ann, link, "Ann")
        await lead.vets(scene.desk, "Ann")
        await lead.page.get_by_role("button", name="Sign out").click()

        person = await PersonDriver.opens(phone, f"{scene.web}?lang=th")
        await person.writes("สวัสดี")
        await person.reads(words("opening.ways"))
        assert (await person.said())[0] == words("opening.practice")
        await person.presses(words("opening.safe-yes"))
        await person.reads(words("opening.begin"))
        await person.writes("นายจ้างยึดหนังสือเดินทางของฉันไว้")
        await person.has_read(re.compile("|".join(re.escape(words(f"listening.{key}")) for key in NEEDS)))
        await person.reads(words("weeks.remember"))

        await counsellor.page.goto(f"{scene.desk}/")
        await person.presses(words("escape.person"))
        await person.reads(words("handoff.offer"))
        await person.presses(words("handoff.yes"))
        await person.reads(words("weeks.may-write"))
        await counsellor.takes_over(scene.desk)
        await person.reads(words("handoff.joined"))

        await counsellor.writes("สวัสดีค่ะ ฉันอ่านอยู่")
        await person.reads("สวัสดีค่ะ ฉันอ่านอยู่")
        await person.writes("ขอบคุณ")
        await counsellor.reads("ขอบคุณ")
        said = len(await person.said())
        await counsellor.writes("ค่อยๆ เล่าได้")
        await person.reads("ค่อยๆ เล่าได้")
        assert len(await person.said()) == said + 1

        await counsellor.returns()
        await person.reads(words("handoff.returned"))
        await person.writes("ขอบคุณมาก")
        await expect(person.page.locator(".mine").last).to_have_text("ขอบคุณมาก")
        assert {address for address in asked if not address.startswith(scene.web)} == set()


NEEDS = ("need-papers", "need-fear", "need-trust", "need-money", "need-debt", "need-alone", "heard-1")
"""The first NLU may hear more than one code in a sentence; each of these answers a need, none repeats a detail."""
