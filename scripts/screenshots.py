"""Makes the pictures of README and docs with invented people: `make screenshots`.

The talk is photographed in a running installation, the other pages at a desk of their own; `talk` or `pages` makes
one part alone.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.adapters.processes import EngineProcesses, train
from bot.bootstrap import CHECKOUT, read_content
from tests.support.browser import open_browser, visiting
from tests.support.busy_house import House, open_busy_house
from tests.support.drivers import PersonDriver, StaffDriver
from tests.support.program import Program

IMAGES = CHECKOUT / "docs" / "images"
WIDE = {"width": 1180, "height": 760}
PHONE = {"width": 390, "height": 760}
PAGES = {
    "danger": ("supervisor", "/access/{read}", "en", "light"),
    "interpreting": ("interpreter", "/interpreting/{interpreted}", "en", "light"),
    "training": ("counsellor", "/training", "en", "light"),
    "handover": ("counsellor", "/handover", "en", "light"),
    "going-live": ("supervisor", "/going-live", "en", "light"),
    "review": ("reviewer", "/review", "en", "light"),
    "review-case": ("reviewer", "/review", "en", "light"),
    "desk-dark": ("counsellor", "/conversations/{held}", "th", "dark"),
}
"""Picture, whose page it is, its address, and how it is shown."""


async def show_talk() -> None:
    """Play one hand-off and photograph the queue, the conversation and the web chat."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    words = read_content().words

    def say(key: str) -> str:
        return words.say(key, "en", org="Bridge House", messenger="Bridge House")

    await train(CHECKOUT / "var")
    with tempfile.TemporaryDirectory() as home:
        async with EngineProcesses(CHECKOUT / "var") as engine, open_browser() as browser:
            program = Program(
                Path(home) / "home", SAPHAN_ENGINE_URL=engine.url, SAPHAN_ENGINE_TOKEN=engine.token.reveal()
            )
            await program.start()
            desk = f"http://localhost:{program.desk_port}"
            web = f"http://127.0.0.1:{program.web_port}/"
            async with (
                visiting(browser, viewport=WIDE) as (chief, _),
                visiting(browser, viewport=WIDE) as (office, _),
                visiting(browser, viewport=PHONE) as (phone, _),
                visiting(browser, viewport=PHONE) as (other, _),
            ):
                lead = await StaffDriver.sets_up(chief, program.setup_link, "lead")
                counsellor = await StaffDriver.sets_up(office, await lead.adds(desk, "Ann", "counsellor", "en"), "Ann")
                await lead.vets(desk, "Ann")
                for context, texts in (
                    (phone, ("Hello", "My boss keeps my passport and we may not leave the factory")),
                    (other, ("Hi", "They have not paid me for three months")),
                ):
                    person = await PersonDriver.opens(context, web)
                    for text in texts:
                        before = len(await person.said())
                        await person.writes(text)
                        await person.page.locator(".said").nth(before).wait_for()
                    await person.reads_any()
                    await person.presses(say("escape.person"))
                    await person.reads(say("handoff.offer"))
                    await person.presses(say("handoff.yes"))
                    await person.reads(say("weeks.may-write"))
                await counsellor.page.goto(f"{desk}/")
                await counsellor.page.get_by_role("button", name="Take over").first.wait_for()
                await counsellor.page.screenshot(path=IMAGES / "queue.png")
                await counsellor.takes_over(desk)
                await counsellor.writes("Hello, I am reading. Take your time.")
                await counsellor.page.locator(".message.counsellor .delivery", has_text="accepted").wait_for()
                await counsellor.page.screenshot(path=IMAGES / "desk.png")
                await person.page.screenshot(path=IMAGES / "web-chat.png")
            await program.stop()


async def show_pages() -> None:
    """Photograph the pages beside the talk, at a desk where much happens; nothing is read or answered for it."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_busy_house(Path(folder), read_content()) as house:
            await calm_down(house)
            for name, (who, path, language, scheme) in PAGES.items():
                options = {"viewport": WIDE, "color_scheme": scheme}
                async with visiting(house.browser, **options) as (context, _):
                    await context.add_cookies(await house.cookies(house.who[who], language))
                    page = await context.new_page()
                    codes = {it: getattr(house, it).code for it in ("held", "interpreted", "read")}
                    await page.goto(house.url + path.format(**codes))
                    if name == "review-case":
                        await page.locator("td.act a").first.click()
                        await page.locator("#matrix-title").wait_for()
                    await page.screenshot(path=IMAGES / f"{name}.png")


async def calm_down(house: House) -> None:
    """Answer what wants an answer now: its bars would stand above every page."""
    for alert in await house.desk.services.alerts.urgent(house.who["supervisor"]):
        await house.desk.counsel.see_alert(house.who["supervisor"], alert.id)


if __name__ == "__main__":
    asked = sys.argv[1:] or ["pages", "talk"]
    if "pages" in asked:
        asyncio.run(show_pages())
    if "talk" in asked:
        asyncio.run(show_talk())
