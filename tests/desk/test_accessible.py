"""Every page of the desk in a real browser: WCAG 2.2 AA by axe-core, light and dark, wide and as narrow as a phone."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.domain.ownership import State
from tests.support.browser import visiting
from tests.support.busy_house import House, open_busy_house
from tests.support.desk import ROOT

pytestmark = pytest.mark.xdist_group("desk-in-a-browser")
"""One server and one browser for all of them."""

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""What may differ between light and dark; the rest of a page is the same."""
RUN = """async (only) => (await axe.run(document, {runOnly: only, resultTypes: ["violations"]}))
  .violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.target.join(" ")).join(", ")}`)"""
IS_CUT = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
LOOKS = (("en", 1280), ("th", 320))
"""Language and width. A page must not have to be moved sideways even at 320 CSS pixels (WCAG 1.4.10)."""
PROVES = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
"""`make prove` looks at every page in both; `make test` at each page in one of them, in turns."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with open_busy_house(tmp_path_factory.mktemp("accessible")) as made:
        yield made


Walk = Callable[[House, Page], Awaitable[None]]


def at(path: str) -> Walk:
    async def walk(house: House, page: Page) -> None:
        codes = {
            name: getattr(house, name).code for name in ("held", "waiting", "offered", "interpreted", "danger", "read")
        }
        names = {**codes, "link": house.link}
        await page.goto(house.url + path.format(**names))

    return walk


def pressing(path: str, button: str) -> Walk:
    async def walk(house: House, page: Page) -> None:
        await at(path)(house, page)
        await page.locator(button).first.click()
        await page.wait_for_load_state()

    return walk


def following(path: str, link: str) -> Walk:
    async def walk(house: House, page: Page) -> None:
        await at(path)(house, page)
        await page.get_by_role("link", name=link).click()
        await page.locator("#vetting-title").wait_for()

    return walk


def unfolding(path: str, folded: str) -> Walk:
    async def walk(house: House, page: Page) -> None:
        await at(path)(house, page)
        await page.locator(folded).first.locator("summary").first.click()

    return walk


async def refused_sentence(house: House, page: Page) -> None:
    await page.goto(f"{house.url}/review")
    link = await page.locator("td.act a").first.get_attribute("href")
    await page.goto(f"{house.url}/learn/{(link or '').rpartition('/')[2]}")
    await page.locator("[name=text]").fill("ten 10")
    await page.locator("main form button.main").click()
    await page.wait_for_load_state()


async def failing_to_sign_in(house: House, page: Page) -> None:
    await page.goto(f"{house.url}/sign-in")
    for name, value in {"name": "Nobody", "passphrase": "wrong", "code": "000000"}.items():
        await page.locator(f"[name={name}]").fill(value)
    await page.locator("main button").click()
    await page.locator("[role=alert]").wait_for()


async def refused_live(house: House, page: Page) -> None:
    """Live, with what was folded open, and a notice that htmx puts in: words that are only blanks are refused."""
    await page.goto(f"{house.url}/conversations/{house.held.code}")
    for folded in (".indicators details", ".phrases details", ".heavy"):
        await page.locator(folded).first.locator("summary").click()
    await page.locator("#text").fill(" ")
    await page.locator("#write button").click()
    await page.locator("#notice .notice").wait_for()


def reviewing(number: int) -> Walk:
    async def walk(house: House, page: Page) -> None:
        await page.goto(f"{house.url}/review")
        # Whatever the language, the button of a case that may be read leads there.
        links = page.locator("td.act a")
        await links.nth(number).click()
        await page.locator("#matrix-title").wait_for()
        for folded in await page.locator("summary").all():
            await folded.click()

    return walk


async def reads_with_a_reason(house: House, page: Page) -> None:
    await page.goto(f"{house.url}/held/{house.held.code}")
    await page.locator("textarea[name=reason]").fill("She asked me what to say.")
    await page.locator("main form button").click()
    await page.locator("#log .message").first.wait_for()


PAGES: Mapping[str, tuple[str, Walk]] = {
    "sign-in": ("", at("/sign-in")),
    "sign-in that failed": ("", failing_to_sign_in),
    "set-up": ("", at("{link}")),
    "expired link": ("", at("/setup/none")),
    "queue": ("counsellor", at("/")),
    "queue of who has no key": ("newcomer", at("/")),
    "conversation that a colleague offers": ("counsellor", at("/conversations/{offered}")),
    "conversation before it is taken over": ("counsellor", at("/conversations/{waiting}")),
    "conversation, and a message that is refused": ("counsellor", refused_live),
    "earlier messages": ("counsellor", at("/conversations/{held}?after=0")),
    "people": ("supervisor", at("/people")),
    "a member who is vetted": ("supervisor", following("/people", "Noor")),
    "learning": ("reviewer", at("/learn")),
    "a sentence that is refused": ("reviewer", refused_sentence),
    "figures": ("supervisor", at("/figures")),
    "figures of one language": ("supervisor", at("/figures?language=th")),
    "contacts": ("supervisor", at("/contacts")),
    "contacts, and what is known of a line": ("supervisor", unfolding("/contacts", "article details")),
    "a line that is changed": ("supervisor", at("/contacts/edit?name=TH%2000000001")),
    "words": ("supervisor", unfolding("/words", "td details")),
    "sentences beside the English": ("supervisor", unfolding("/words/th/opening", "article details")),
    "going live": ("supervisor", at("/going-live")),
    "audit": ("supervisor", at("/audit")),
    "one's own": ("counsellor", at("/me")),
    "set-up link": ("supervisor", pressing("/people", "form[action$='/link'] button")),
    "recovery key": ("supervisor", pressing("/people", "form[action='/recovery-key'] button")),
    "nothing there": ("counsellor", at("/conversations/none")),
    "queue of an interpreter": ("interpreter", at("/")),
    "what an interpreter reads": ("interpreter", at("/interpreting/{interpreted}")),
    "conversation with an interpreter": ("helped", at("/conversations/{interpreted}")),
    "complaints": ("supervisor", at("/complaints")),
    "what counsellors hold": ("supervisor", at("/held")),
    "why a supervisor reads": ("supervisor", at("/held/{held}")),
    "what a supervisor reads": ("supervisor", reads_with_a_reason),
    "training": ("counsellor", at("/training")),
    "notes between shifts": ("counsellor", at("/handover")),
    "alerts": ("counsellor", at("/alerts")),
    "alerts, and a mail address that waits for its code": ("supervisor", at("/alerts")),
    "code for the bot of the staff": ("counsellor", pressing("/alerts", "form[action='/alerts/telegram'] button")),
    "promises": ("counsellor", at("/promises")),
    "roster, as a supervisor writes it": ("supervisor", at("/roster")),
    "roster, as a counsellor sees it": ("counsellor", at("/roster")),
    "danger without consent, as the duty lead sees it": ("supervisor", at("/access")),
    "danger without consent, as a second member of staff sees it": ("counsellor", at("/access")),
    "a reading without a yes, before it begins": ("supervisor", at("/access/{danger}")),
    "a reading without a yes": ("supervisor", at("/access/{read}")),
    "a reading without a yes that waits for an answer": ("counsellor", at("/access/{read}")),
    "left with the program": ("supervisor", at("/left-alone")),
    "review, what is listed": ("reviewer", at("/review")),
    "review, a case": ("reviewer", reviewing(0)),
    "review, another case": ("reviewer", reviewing(1)),
    "weights of the lists": ("reviewer", at("/review/weights")),
    "referrals": ("counsellor", at("/referrals")),
    "a new referral": ("counsellor", at("/conversations/{held}/referral?wish-shelter=1")),
    "partners": ("supervisor", at("/partners")),
    "style": ("counsellor", at("/style")),
}
"""Name, whose page it is, and the way there."""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", PAGES)
async def test_everybody_can_use_the_page(house: House, name: str) -> None:
    who, walk = PAGES[name]
    session = house.who.get(who)
    found = []
    turn = list(PAGES).index(name) % len(LOOKS)
    for language, width in LOOKS if PROVES else LOOKS[turn : turn + 1]:
        async with visiting(house.browser, viewport={"width": width, "height": 800}) as (context, asked):
            await context.add_init_script(path=AXE)
            await context.add_cookies(await house.cookies(session, language))
            page = await context.new_page()
            await walk(house, page)
            assert await page.locator("html").get_attribute("lang") == language
            if await page.evaluate(IS_CUT):
                found.append(f"{width}: has to be moved sideways")
            found += [f"{language} {width} {fault}" for fault in await page.evaluate(RUN, STANDARD)]
            await page.emulate_media(color_scheme="dark")
            found += [f"{language} {width} dark {fault}" for fault in await page.evaluate(RUN, OF_COLOURS)]
            assert {address for address in asked if not address.startswith(house.url)} == set()

    assert found == []


@pytest.mark.asyncio(loop_scope="module")
async def test_the_check_finds_what_nobody_could_use(house: House) -> None:
    async with visiting(house.browser) as (context, _):
        await context.add_init_script(path=AXE)
        page = await context.new_page()
        await page.goto("about:blank")
        await page.set_content('<img src="data:,"><p style="color: #bbb; background: #fff">grey</p>')
        rules = {fault.partition(":")[0] for fault in await page.evaluate(RUN, STANDARD)}
    assert {"image-alt", "color-contrast", "document-title", "html-has-lang"} <= rules


@pytest.mark.asyncio(loop_scope="module")
async def test_a_counsellor_without_javascript_takes_over_writes_and_gives_back(house: House) -> None:
    async with visiting(house.browser, java_script_enabled=False) as (context, _):
        await context.add_cookies(await house.cookies(house.who["counsellor"], "en"))
        page = await context.new_page()
        waiting = await house.desk.person_waits("told without a script", level="P4")
        await page.goto(f"{house.url}/conversations/{waiting.code}")
        await page.get_by_role("button", name="Take over").click()
        await expect(page.locator(".message.person")).to_contain_text("told without a script")
        await page.locator("#text").fill("I am reading.")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".message.counsellor")).to_contain_text("I am reading.")
        # Who only reads or writes stays there without asking for a page: the page within it asks.
        await expect(page.frame_locator(".still iframe").locator("body")).to_contain_text("You count as here")
        assert int(await page.frames[1].locator("meta[http-equiv=refresh]").get_attribute("content") or 0) < 120
        await page.locator("[name=reason]").select_option("needs_rest")
        await page.get_by_role("button", name="Return", exact=True).click()
        await expect(page.locator("#waiting-title")).to_be_visible()
        assert (await house.desk.read(waiting.id)).own.state is State.BOT


@pytest.mark.asyncio(loop_scope="module")
async def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(house: House) -> None:
    async with visiting(house.browser) as (context, _):
        await context.add_cookies(await house.cookies(house.who["counsellor"], "en"))
        page = await context.new_page()
        await page.goto(house.url)
        await page.keyboard.press("Tab")
        focus = page.locator(":focus")
        await expect(focus).to_have_text("Skip to the content")
        await expect(focus).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await expect(page.locator("main :focus")).to_have_count(1)
        # The live part may be put in anew meanwhile, and gives the focus back.
        await expect(focus).to_have_css("outline-style", "solid")
