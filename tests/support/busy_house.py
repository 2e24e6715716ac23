"""A desk on which everything happens at once, in a browser: for whoever looks at its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from bot.bootstrap import Content
from bot.desk.security import origins_of
from bot.services.records import Conversation
from bot.services.sign_in import Session
from tests.support.browser import open_browser, serving
from tests.support.busy import close_as_abusive, interpret, keep_roster, observe, offer, promise, read_in_danger, review
from tests.support.desk import TestDesk, open_desk
from tests.support.smtp import Letters


@dataclass
class House:
    """A busy desk: somebody of every kind waits, and one conversation is held."""

    desk: TestDesk
    browser: Browser
    url: str
    who: Mapping[str, Session]
    held: Conversation
    waiting: Conversation
    interpreted: Conversation
    """An interpreter reads along in it."""
    offered: Conversation
    """A colleague would like to hand it to the counsellor."""
    link: str
    danger: Conversation
    """Marked as danger, and nobody reads it."""
    read: Conversation
    """The duty lead reads it without a yes, and a second member of staff has not answered."""

    async def cookies(self, session: Session | None, language: str) -> list[Any]:
        cookies = {"language": language}
        if session is not None:
            cookies["desk"], _ = await self.desk.services.sessions.start(session.member, session.private)
        return [{"name": name, "value": value, "url": self.url} for name, value in cookies.items()]


@asynccontextmanager
async def open_busy_house(folder: Path, content: Content | None = None) -> AsyncIterator[House]:
    """Open it with its database in a folder; without other content its words are keys."""
    async with (
        open_desk(f"sqlite+aiosqlite:///{folder / 'desk.db'}", content=content) as desk,
        serving(desk.app) as url,
        open_browser() as browser,
    ):
        desk.app.state["origins"] = origins_of(url)
        first = await desk.staff.add_member("Mali first", ["supervisor"], "", ["th"])
        supervisor, counsellor = await desk.pair()
        newcomer, _ = await desk.member("Kai")
        await desk.staff.add_member("Lin with a rather long name", ["interpreter", "reviewer"], "", ["my", "km"])
        held = await desk.person_waits(*(f"message {number} of many" for number in range(9)), level="P1")
        await desk.counsel.claim(counsellor, held.id)
        await desk.counsel.write(counsellor, held.id, "I am here. " * 20)
        await observe(desk, held)
        await desk.services.case_notes.add(counsellor, held.id, "Likes to be asked in the evening.")
        offered = await offer(desk, supervisor, counsellor)
        interpreted, interpreter, helped = await interpret(desk, supervisor)
        await desk.services.handovers.write(counsellor, "The line to the clinic is down until noon.")
        await desk.services.training.start(counsellor, desk.services.training.choices(counsellor)[0].name)
        for level in ("P0", "P1", "P2", "P3", "P4"):
            waiting = await desk.person_waits("told", level=level)
            async with desk.records.begin() as tx:
                await tx.casework.add_alert(waiting.id, waiting.code, "danger", level, desk.clock.now())
        await desk.counsel.see_alert(counsellor, 5)
        await close_as_abusive(desk, counsellor)
        await desk.services.going_live.sign(supervisor, "words", ["th"])
        desk.services.reaches.by({"mail": Letters()})
        await desk.services.reaches.set_mail(supervisor, "mali@example.org", "en")
        await promise(desk, waiting)
        await keep_roster(desk, supervisor, counsellor)
        who = {"supervisor": supervisor, "counsellor": counsellor, "newcomer": newcomer}
        who |= {"interpreter": interpreter, "helped": helped}
        who |= await review(desk, supervisor)
        yield House(
            desk,
            browser,
            url,
            who,
            held,
            waiting,
            interpreted,
            offered,
            f"/setup/{first}",
            *await read_in_danger(desk, supervisor),
        )
