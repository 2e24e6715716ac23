"""A person's web chat in a real browser, with scripts and without."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect

from bot.channels.webchat import pages as register
from bot.services.ports import Outgoing
from bot.services.records import Incoming
from tests.support.browser import open_browser, serving, visiting
from tests.support.webchat import RECORDING, SIX_WORDS, Chat, a_chat

SAFE = Outgoing("Is it safe?\nTake <b>time</b>.", ((("Yes", "abc123"), ("Not now", "def456")), (("Pause", "w:stop"),)))
BEGIN = Outgoing("Write what you like.", ((("Pause", "w:stop"),),), recording=RECORDING)
LEAVES_WITHIN = 5.0


@dataclass
class Visit:
    """One browser and one web chat."""

    chat: Chat
    browser: Browser
    home: str


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    chat = a_chat()

    async def answer(incoming: Incoming) -> None:
        said = (BEGIN,) if incoming.kind == "press" else (Outgoing("I am a program."), SAFE)
        chat.outbox.say(incoming.address.chat, *said)

    chat.receive.answers = answer
    async with open_browser() as browser, serving(chat.app) as home:
        yield Visit(chat, browser, home)
        chat.web.pages.close()


async def test_a_message_appears_without_a_reload_and_buttons_work(visit: Visit) -> None:
    async with visiting(visit.browser) as (context, asked):
        page = await context.new_page()
        await page.goto(visit.home)
        await page.get_by_label("Write here").fill("hello <i>there</i>")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".mine")).to_have_text("hello <i>there</i>")
        await expect(page.locator(".said")).to_have_text(["I am a program.", SAFE.text])
        assert await page.locator("#talk b, #talk i").count() == 0
        await page.get_by_role("button", name="Yes").click()
        await expect(page.locator(".said").last).to_have_text(BEGIN.text)
        assert await page.get_by_role("button", name="Yes").count() == 0
        assert await page.get_by_label("Write here").input_value() == ""
        token = visit.chat.receive.stored[0].address.chat
        visit.chat.outbox.say(token, Outgoing("A counsellor is here now."))
        await expect(page.locator(".said").last).to_have_text("A counsellor is here now.")
        assert await page.get_by_role("button", name="Pause").count() == 1
        sound = page.locator("audio")
        assert await sound.evaluate("it => it.paused && it.currentTime === 0"), "nothing starts by itself"
        assert not any("/voice/" in it for it in asked), "nothing of it is asked for before it is pressed"
        await sound.evaluate("it => it.play()")
        await expect(sound).to_have_js_property("ended", value=True)
        assert {it for it in asked if not it.startswith(visit.home)} == set()
        assert sum(it == f"{visit.home}/" for it in asked) == 1
    assert [(it.kind, it.text) for it in visit.chat.receive.stored] == [
        ("text", "hello <i>there</i>"),
        ("press", "abc123"),
    ]


async def test_a_message_of_which_the_page_could_not_say_that_it_showed_it_comes_again_and_stands_there_once(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "SHOWN_WITHIN", 0.2)
    async with visiting(visit.browser) as (context, _):
        page = await context.new_page()
        await page.goto(visit.home)
        await page.get_by_label("Write here").fill("hello")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".said")).to_have_text(["I am a program.", SAFE.text])
        token, outbox = visit.chat.receive.stored[0].address.chat, visit.chat.outbox
        await page.route("**/seen", lambda route: route.abort())
        outbox.say(token, Outgoing("A counsellor is here now."))
        await expect(page.locator(".said").last).to_have_text("A counsellor is here now.")
        await asyncio.gather(*outbox.tasks)
        assert outbox.waiting[token], "it does not count as delivered"
        await page.unroute("**/seen")
        outbox.say(token, Outgoing("Take your time."))
        await expect(page.locator(".said").last).to_have_text("Take your time.")
        await asyncio.gather(*outbox.tasks)
        assert not outbox.waiting.get(token)
        said = ["I am a program.", SAFE.text, "A counsellor is here now.", "Take your time."]
        assert await page.locator(".said").all_inner_texts() == said


async def test_the_form_works_with_scripts_switched_off(visit: Visit) -> None:
    async with visiting(visit.browser, java_script_enabled=False) as (context, asked):
        page = await context.new_page()
        await page.goto(visit.home)
        await page.get_by_role("button", name="Begin").click()
        await expect(page.locator(".said")).to_have_text(["I am a program.", SAFE.text])
        await page.get_by_role("button", name="Not now").click()
        await expect(page.locator(".said")).to_have_text([BEGIN.text])
        await page.get_by_label("Write here").fill("hello")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".said")).to_have_text(["I am a program.", SAFE.text])
        assert {it for it in asked if not it.startswith(visit.home)} == set()
    assert [(it.kind, it.text) for it in visit.chat.receive.stored] == [
        ("start", ""),
        ("press", "def456"),
        ("text", "hello"),
    ]


async def test_a_reload_shows_nothing_of_before_and_says_so(visit: Visit) -> None:
    async with visiting(visit.browser) as (context, _):
        page = await context.new_page()
        await page.goto(visit.home)
        await page.get_by_label("Write here").fill("a planted word")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".said")).to_have_count(2)
        await page.reload()
        await expect(page.get_by_text("What was written before is not shown again")).to_be_visible()
        assert "planted" not in await page.content()
        assert await page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert await page.evaluate("document.cookie") == ""


async def test_what_was_said_while_the_page_was_closed_waits_for_it(visit: Visit) -> None:
    async with visiting(visit.browser) as (context, _):
        page = await context.new_page()
        await page.goto(visit.home)
        await page.get_by_role("button", name="Begin").click()
        await expect(page.locator(".said")).to_have_count(2)
        await page.goto("about:blank")
        token = visit.chat.receive.stored[0].address.chat
        async with asyncio.timeout(LEAVES_WITHIN):
            while visit.chat.web.pages.is_open(token):
                await page.title()
        visit.chat.outbox.say(token, Outgoing("A counsellor is here now."))
        await page.goto(visit.home)
        await expect(page.locator(".said")).to_have_text(["A counsellor is here now."])


@pytest.mark.parametrize("way", ["button", "escape"])
async def test_the_quick_exit_leaves_at_once_and_back_does_not_return(visit: Visit, way: str) -> None:
    async with visiting(visit.browser, viewport={"width": 320, "height": 300}) as (context, _):
        page = await context.new_page()
        await page.goto(f"{visit.home}/notes")
        await page.goto(visit.home)
        await page.get_by_role("button", name="Begin").click()
        await expect(page.locator(".said")).to_have_count(2)
        await page.mouse.wheel(0, 5000)
        await expect(page.get_by_role("link", name="Leave quickly")).to_be_in_viewport()
        if way == "button":
            await page.get_by_role("link", name="Leave quickly").click()
        else:
            await page.get_by_label("Write here").focus()
            await page.keyboard.press("Escape")
            await page.keyboard.press("Escape")
        await page.wait_for_url(f"{visit.home}/notes")
        await page.go_back()
        assert page.url == f"{visit.home}/notes"


async def test_six_words_bring_back_the_talk_in_another_browser(visit: Visit) -> None:
    async with visiting(visit.browser) as (context, _):
        page = await context.new_page()
        await page.goto(visit.home)
        await page.get_by_role("button", name="Begin").click()
        await expect(page.locator(".said")).to_have_count(2)
        await page.get_by_role("button", name="Six words to come back").click()
        await expect(page.locator(".said").last).to_contain_text(SIX_WORDS)
    async with visiting(visit.browser) as (context, _):
        page = await context.new_page()
        await page.goto(visit.home)
        await page.get_by_role("link", name="I have six words").click()
        await page.get_by_role("textbox").fill(SIX_WORDS)
        await page.get_by_role("button", name="Open").click()
        await expect(page.locator(".said")).to_have_text(["I am a program.", SAFE.text])
    before, after = (it.address for it in visit.chat.receive.stored)
    assert before != after


async def test_the_page_says_so_when_a_message_could_not_be_stored(visit: Visit) -> None:
    async with visiting(visit.browser) as (context, _):
        page = await context.new_page()
        await page.goto(visit.home)
        visit.chat.receive.is_broken = True
        await page.get_by_label("Write here").fill("my words")
        await page.get_by_role("button", name="Send").click()
        await expect(page.get_by_role("alert")).to_contain_text("That was not sent")
        assert await page.get_by_label("Write here").input_value() == "my words"
        visit.chat.receive.is_broken = False
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".mine")).to_have_text("my words")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_fits_a_small_old_phone(visit: Visit, scheme: str) -> None:
    async with visiting(visit.browser, viewport={"width": 320, "height": 480}, color_scheme=scheme) as (context, _):
        page = await context.new_page()
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(f"{visit.home}/?lang=my")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert errors == []
