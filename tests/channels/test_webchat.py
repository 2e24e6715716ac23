"""The web chat in process: what a person's browser gets, sends and may keep."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape

import httpx
import pytest

from bot.channels.webchat.handlers import LONGEST
from bot.channels.webchat.limits import MOST_MESSAGES
from bot.errors import TryLater
from bot.services.ports import Outgoing
from bot.services.records import Incoming
from tests.support.webchat import HOME, RECORDING, SIX_WORDS, SOUND, Chat, a_browser, a_chat

QUESTION = Outgoing("Is it safe?", ((("Yes", "abc123"), ("Not now", "def456")), (("Pause", "w:stop"),)))
PAGES = ("/", "/come-back", "/notes", "/page.css", "/page.js", "/favicon.ico")
LARGEST = 60_000


@dataclass
class Person:
    """A browser without scripts: reads forms, sends them, follows where they lead."""

    chat: Chat
    http: httpx.AsyncClient

    async def open(self, path: str = "/", **headers: str) -> str:
        response = await self.http.get(path, headers=headers)
        assert response.status_code == 200
        return response.text

    async def send(
        self, page: str, *, path: str = "/say", headers: dict[str, str] | None = None, **fields: str
    ) -> httpx.Response:
        form = {name: hidden(page, name) for name in ("token", "nonce", "lang") if f'name="{name}"' in page}
        return await self.http.post(path, data={**form, **fields}, headers=headers)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


@pytest.fixture
async def person() -> AsyncIterator[Person]:
    chat = a_chat()
    async with a_browser(chat) as http:
        yield Person(chat, http)


def answer_with(person: Person, *messages: Outgoing) -> None:
    """Let the bot answer whatever is stored, as the outbox would: beside the request, not inside it."""

    async def answer(incoming: Incoming) -> None:
        person.chat.outbox.say(incoming.address.chat, *messages)

    person.chat.receive.answers = answer


async def test_everything_the_page_needs_weighs_less_than_60_kilobytes(person: Person) -> None:
    weight = 0
    for path in PAGES:
        response = await person.http.get(path)
        weight += len(response.content) + sum(len(k) + len(v) for k, v in response.headers.raw)
    assert weight < LARGEST
    assert len(gzip.compress((await person.http.get("/page.js")).content)) < LARGEST / 10


@pytest.mark.parametrize("path", PAGES)
async def test_nothing_on_a_page_asks_another_machine(person: Person, path: str) -> None:
    body = (await person.http.get(path)).content
    assert not re.search(rb"(https?:)?//[a-z0-9-]+\.", body)
    assert b"@import" not in body
    assert b"url(" not in body


@pytest.mark.parametrize("path", [*PAGES, "/nowhere"])
async def test_every_answer_carries_the_safe_headers(person: Person, path: str) -> None:
    headers = (await person.http.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


async def test_pages_hold_no_script_and_no_style_of_their_own(person: Person) -> None:
    for path in ("/", "/come-back", "/notes"):
        page = await person.open(path)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?! src=)", page)


async def test_title_and_icon_say_nothing_about_what_this_is(person: Person) -> None:
    page = await person.open()
    assert "<title>Notes</title>" in page
    assert (await person.http.get("/favicon.ico")).headers["content-type"] == "image/x-icon"
    assert not re.search(r"traffick|hotline|saphan|victim", page, re.IGNORECASE)


async def test_looking_at_the_page_stores_nothing_and_writing_does(person: Person) -> None:
    page = await person.open()
    assert person.chat.receive.stored == []
    response = await person.send(page, begin="1")
    assert response.status_code == 303
    assert [(it.kind, it.text) for it in person.chat.receive.stored] == [("start", "")]


async def test_the_cookie_ends_with_the_browser_and_no_script_reads_it(person: Person) -> None:
    cookie = (await person.http.get("/")).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert not re.search(r"max-age|expires", cookie, re.IGNORECASE)
    assert len(cookie.split(";")[0].partition("=")[2]) == 43


@pytest.mark.parametrize(("home", "headers"), [("https://chat.example", {}), (HOME, {"x-forwarded-proto": "https"})])
async def test_over_https_the_cookie_is_secure_and_bound_to_the_host(home: str, headers: dict[str, str]) -> None:
    async with a_browser(a_chat(), home) as http:
        cookie = (await http.get("/", headers=headers)).headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie


async def test_the_form_works_without_scripts(person: Person) -> None:
    answer_with(person, Outgoing("I am a program."), QUESTION)
    response = await person.send(await person.open(), text="hello")
    page = await person.open(response.headers["location"])
    assert "I am a program." in page
    assert '<button name="press" value="abc123">Yes</button>' in page
    assert "not shown again" in page
    await person.send(page, press="abc123", text="")
    assert [(it.kind, it.text) for it in person.chat.receive.stored] == [("text", "hello"), ("press", "abc123")]


async def test_a_recorded_sentence_can_be_heard_without_scripts_and_never_starts_by_itself(person: Person) -> None:
    """S5: the sound comes from here, and only when it is pressed."""
    answer_with(person, Outgoing("I am a program.", recording=RECORDING), QUESTION)
    response = await person.send(await person.open(), text="hello")
    page = await person.open(response.headers["location"])
    assert re.findall("<audio.*>", page) == [f'<audio controls preload="none" src="/voice/{RECORDING}"></audio>']
    sound = await person.http.get(f"/voice/{RECORDING}")
    assert (sound.headers["content-type"], sound.content) == ("audio/ogg", SOUND)
    assert sound.headers["cache-control"] == "no-store"
    assert "media-src 'self'" in sound.headers["content-security-policy"]
    for other in ("/voice/en-none", "/voice/..%2fpage.css"):
        assert (await person.http.get(other)).status_code == 404


async def test_the_waiting_page_gives_up_after_four_seconds(person: Person) -> None:
    response = await person.send(await person.open(), text="hello")
    loop = asyncio.get_running_loop()
    before = loop.time()
    page = await person.open(response.headers["location"])
    assert 3 < loop.time() - before < 6
    assert "Look for new answers" in page


async def test_after_a_reload_earlier_text_is_not_shown(person: Person) -> None:
    answer_with(person, QUESTION)
    response = await person.send(await person.open(), text="a planted word")
    await person.open(response.headers["location"])
    page = await person.open()
    assert "planted" not in page
    assert "Is it safe?" not in page
    assert "What was written before is not shown again" in page


async def test_a_form_sent_twice_is_stored_once(person: Person) -> None:
    page = await person.open()
    await person.send(page, text="hello")
    await person.send(page, text="hello")
    assert len(person.chat.receive.stored) == 1


async def test_another_message_from_the_same_form_is_not_lost(person: Person) -> None:
    page = await person.open()
    await person.send(page, text="hello")
    await person.send(page, text="help")
    assert [it.text for it in person.chat.receive.stored] == ["hello", "help"]


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}],
)
@pytest.mark.parametrize("path", ["/say", "/way-back", "/come-back"])
async def test_a_post_from_another_site_is_refused(person: Person, path: str, headers: dict[str, str]) -> None:
    page = await person.open()
    response = await person.send(page, path=path, headers=headers, text="hello", words=SIX_WORDS)
    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert person.chat.receive.stored == []


async def test_our_own_form_is_taken_with_the_null_origin_that_no_referrer_brings(person: Person) -> None:
    page = await person.open()
    response = await person.send(page, headers={"origin": "null", "sec-fetch-site": "same-origin"}, text="hello")
    assert response.status_code == 303


async def test_a_wrong_form_token_stores_nothing_and_keeps_what_was_written(person: Person) -> None:
    page = await person.open()
    response = await person.send(page, text="my words", token="f" * 128)
    assert response.status_code == 403
    assert person.chat.receive.stored == []
    assert "my words" in response.text
    assert (await person.send(response.text, text="my words")).status_code == 303


async def test_a_form_token_of_another_session_is_refused(person: Person) -> None:
    page = await person.open()
    async with a_browser(person.chat) as other:
        await other.get("/")
        response = await other.post("/say", data={"token": hidden(page, "token"), "text": "hello"})
    assert response.status_code == 403


async def test_a_link_from_another_site_does_not_replace_the_session(person: Person) -> None:
    async with a_browser(person.chat) as http:
        response = await http.get("/", headers={"sec-fetch-site": "cross-site"})
    assert "set-cookie" not in response.headers
    assert 'http-equiv="refresh"' in response.text


async def test_markup_in_messages_stays_text(person: Person) -> None:
    attack = '<script>alert(1)</script> " onload="x'
    answer_with(person, Outgoing(attack, (((attack, attack),),)))
    response = await person.send(await person.open(), text=attack)
    page = await person.open(response.headers["location"])
    assert "<script>alert" not in page
    assert 'onload="x' not in page
    assert attack in unescape(page)


@pytest.mark.parametrize("text", ["\x00", "\ud800", "\u202e\u202d", "😀" * 300, "/start", "မင်္ဂလာပါ" * 300])
async def test_no_text_breaks_the_page(person: Person, text: str) -> None:
    page = await person.open()
    body = b"&".join([f"token={hidden(page, 'token')}&nonce={hidden(page, 'nonce')}".encode(), b"text=" + quoted(text)])
    response = await person.http.post(
        "/say", content=body, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert response.status_code == 303


def quoted(text: str) -> bytes:
    return b"".join(f"%{byte:02x}".encode() for byte in text.encode("utf-8", "surrogatepass"))


async def test_a_long_message_is_stored_whole(person: Person) -> None:
    text = "word " * 2000
    assert (await person.send(await person.open(), text=text)).status_code == 303
    assert "".join(it.text for it in person.chat.receive.stored) == text.strip()
    assert max(len(it.text) for it in person.chat.receive.stored) <= LONGEST


async def test_too_many_messages_are_slowed_and_not_lost(person: Person) -> None:
    page = await person.open()
    for number in range(MOST_MESSAGES):
        assert (await person.send(page, text=f"message {number}")).status_code == 303
    response = await person.send(page, text="one more")
    assert response.status_code == 429
    assert "Please wait a moment" in response.text
    assert "one more" in response.text


async def test_no_limit_holds_somebody_in_danger(person: Person) -> None:
    """S21: button and word of danger pass where everything else waits."""
    page = await person.open()
    for number in range(MOST_MESSAGES + 1):
        await person.send(page, text=f"message {number}")
    assert (await person.send(page, press="w:danger")).status_code == 303
    assert (await person.send(page, text="danger")).status_code == 303
    assert [it.text for it in person.chat.receive.stored[-2:]] == ["w:danger", "danger"]


async def test_when_nothing_can_be_stored_the_words_stay_in_the_box(person: Person) -> None:
    person.chat.receive.is_broken = True
    response = await person.send(await person.open(), text="my words")
    assert response.status_code == 503
    assert "That was not sent" in response.text
    assert "my words" in response.text


async def test_the_quick_exit_is_a_plain_link_to_an_empty_sheet(person: Person) -> None:
    page = await person.open()
    assert re.search(r'<a class="leave" id="leave" href="/notes" rel="noreferrer">', page)
    assert "Leave quickly" not in await person.open("/notes")


async def test_the_page_speaks_the_browsers_language_or_the_chosen_one(person: Person) -> None:
    assert '<html lang="th">' in await person.open(**{"accept-language": "th-TH,th;q=0.9,en;q=0.8"})
    page = await person.open("/?lang=vi")
    assert '<html lang="vi">' in page
    await person.send(page, begin="1")
    assert person.chat.receive.stored[0].language_hint == "vi"


async def test_six_words_are_given_on_request_and_open_the_talk_in_a_new_session(person: Person) -> None:
    page = await person.open()
    await person.send(page, text="hello")
    response = await person.send(await person.open(), path="/way-back")
    assert SIX_WORDS in response.text
    assert SIX_WORDS not in await person.open()
    before = person.http.cookies["s"]
    response = await person.send(await person.open("/come-back"), path="/come-back", words=SIX_WORDS)
    assert response.status_code == 303
    assert person.http.cookies["s"] != before
    assert person.chat.receive.stored[-1].kind == "start"
    assert person.chat.receive.stored[-1].address.chat == person.http.cookies["s"]


async def test_wrong_words_open_nothing_and_keep_the_session(person: Person) -> None:
    page = await person.open("/come-back")
    response = await person.send(page, path="/come-back", words="one two three four five six")
    assert response.status_code == 403
    assert "do not open anything" in response.text
    assert "set-cookie" not in response.headers


async def test_there_are_no_six_words_before_a_talk_began(person: Person) -> None:
    response = await person.send(await person.open(), path="/way-back")
    assert response.status_code == 409
    assert SIX_WORDS not in response.text


async def test_without_an_open_page_the_outbox_keeps_the_message(person: Person) -> None:
    with pytest.raises(TryLater):
        await person.chat.outbox.messenger.send("x" * 43, QUESTION)


async def test_an_opened_page_wakes_what_waits_for_it(person: Person) -> None:
    answer_with(person, QUESTION)
    response = await person.send(await person.open(), text="hello")
    await person.open(response.headers["location"])
    assert [address.chat for address in person.chat.woken] == [person.http.cookies["s"]]
