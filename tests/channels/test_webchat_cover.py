"""S5 in the web chat: when the screen changes, the page shows nothing else any more, with scripts and without."""

from __future__ import annotations

import json

from playwright.async_api import expect

from bot.services.ports import Outgoing
from bot.services.records import Incoming
from tests.channels.test_webchat import Person, answer_with
from tests.channels.test_webchat_pages import TOKEN, streaming
from tests.support.browser import open_browser, serving, visiting
from tests.support.webchat import HOME, a_browser, a_chat

NEXT = ((("Another recipe", "w:theme_next"),),)
RECIPE = Outgoing("Pancakes\nMix flour and milk.", NEXT, clears=True, theme=True)
TELLING = Outgoing("A counsellor is here now.")
BACK = Outgoing("You are back.", ((("Yes", "abc123"),),), clears=True)
TELLING_WORDS = ("counsellor", "not shown again", "Leave quickly", "Six words")


async def test_a_page_without_scripts_shows_only_the_theme() -> None:
    chat = a_chat()
    async with a_browser(chat, HOME) as http:
        person = Person(chat, http)
        answer_with(person, TELLING, RECIPE)
        response = await person.send(await person.open(), text="hide")
        chat.covered.add(chat.receive.stored[0].address.chat)
        page = await person.open(response.headers["location"])
        assert "Pancakes" in page
        assert '<body class="theme">' in page
        assert "A counsellor is here now." not in page
        assert "not shown again" not in page
        assert (await person.send(page, path="/way-back")).status_code == 409, "no six words in cover"
        again = await person.open()
        assert "A counsellor" not in again
        assert '<body class="theme">' in again, "a reload stays in cover"


async def test_a_page_that_comes_back_is_given_the_theme_alone_and_not_what_was_taken_off() -> None:
    chat = a_chat()
    async with streaming(chat) as stream:
        await stream.next()
        await chat.outbox.messenger.send(TOKEN, TELLING)
    async with streaming(chat, shows=False) as stream:
        await stream.next()
        chat.outbox.say(TOKEN, RECIPE)
        await stream.next()
    async with streaming(chat) as stream:
        await stream.next()
        data = json.loads((await stream.next())["data"])
        assert (data["text"], data["clears"], data["theme"]) == (RECIPE.text, True, True)


async def test_in_a_real_browser_what_was_said_disappears_and_the_word_is_not_left_behind() -> None:
    chat = a_chat()

    async def answer(incoming: Incoming) -> None:
        said = {"hide": RECIPE, "green mango and rain": BACK}.get(incoming.text, TELLING)
        chat.outbox.say(incoming.address.chat, said)

    chat.receive.answers = answer
    async with open_browser() as browser, serving(chat.app) as home, visiting(browser) as (context, _):
        page = await context.new_page()
        await page.goto(home)
        for text, shown in (("my boss keeps my passport", TELLING), ("hide", RECIPE)):
            await page.get_by_label("Write here").fill(text)
            await page.get_by_role("button", name="Send").click()
            await expect(page.locator(".said").last).to_have_text(shown.text)
        await expect(page.locator(".said")).to_have_count(1)
        visible = await page.locator("body").inner_text()
        assert not [word for word in (*TELLING_WORDS, "passport") if word in visible]
        await page.get_by_label("Write here").fill("green mango and rain")
        await page.get_by_role("button", name="Send").click()
        await expect(page.locator(".said").last).to_have_text(BACK.text)
        visible = await page.locator("body").inner_text()
        assert "mango" not in visible
        assert "Pancakes" not in visible
        chat.web.pages.close()
