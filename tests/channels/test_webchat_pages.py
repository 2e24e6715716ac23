"""Handing over to open pages: nothing is shown twice, nothing is lost with a line that was cut."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.channels.webchat import pages as register
from bot.channels.webchat.limits import MINUTE, MOST_MESSAGES, MOST_SESSIONS, Limits
from bot.channels.webchat.messenger import WebchatMessenger
from bot.channels.webchat.pages import KEPT, MOST_PAGES, Page, PageClosed, Pages, Retired, Shown
from bot.channels.webchat.session import Session, form_token
from bot.errors import TryLater
from bot.services.ports import Outgoing
from tests.support.webchat import Chat, a_browser, a_chat

TOKEN = "t" * 43
WITHIN = 5.0
HELLO = Outgoing("hello", ((("Yes", "abc123"),),))


@dataclass
class Hands:
    """A clock that the test moves."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Stream:
    """A page's event stream, read as the browser would, which says of each message that it shows it."""

    shows: Callable[[int], None]
    events: asyncio.Queue[dict[str, str]] = field(default_factory=asyncio.Queue)
    status: int = 0
    headers: dict[bytes, bytes] = field(default_factory=dict)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def next(self) -> dict[str, str]:
        async with asyncio.timeout(WITHIN):
            return await self.events.get()

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        elif message.get("body"):
            lines = message["body"].decode().strip().split("\n")
            event = dict(line.split(": ", 1) for line in lines if ": " in line)
            self.events.put_nowait(event)
            if "id" in event:
                self.shows(int(event["id"]))


@asynccontextmanager
async def streaming(chat: Chat, token: str = TOKEN, *, shows: bool = True) -> AsyncIterator[Stream]:
    def say_shown(number: int) -> None:
        # After what was sent is written down as sent.
        if shows:
            asyncio.get_running_loop().call_soon(chat.web.pages.says_shown, token, number)

    stream = Stream(say_shown)
    headers = [(b"cookie", f"s={token}".encode()), (b"host", b"chat.example")]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/events",
        "raw_path": b"/events",
        "query_string": b"",
        "headers": headers,
        "scheme": "http",
        "server": ("chat.example", 80),
        "root_path": "",
        "http_version": "1.1",
    }
    app: Any = chat.app
    running = asyncio.create_task(app(scope, stream.receive, stream.send))
    try:
        yield stream
    finally:
        stream.gone.set()
        async with asyncio.timeout(WITHIN):
            await running


async def test_a_message_reaches_an_open_page_and_then_counts_as_delivered() -> None:
    chat = a_chat()
    async with streaming(chat) as stream:
        assert "retry" in await stream.next()
        number = await chat.outbox.messenger.send(TOKEN, HELLO)
        event = await stream.next()
        assert event["id"] == number
        assert json.loads(event["data"]) == {"text": "hello", "rows": [[["Yes", "abc123"]]]}
        await chat.outbox.messenger.retire_buttons(TOKEN, number)
        assert await stream.next() == {"event": "retire", "data": number}
        assert [address.chat for address in chat.woken] == [TOKEN]
        assert b"default-src 'none'" in stream.headers[b"content-security-policy"]


async def test_a_page_is_told_which_recording_a_sentence_has() -> None:
    chat = a_chat()
    async with streaming(chat) as stream:
        await stream.next()
        await chat.outbox.messenger.send(TOKEN, Outgoing("hello", recording="en-0123abcd"))
        assert json.loads((await stream.next())["data"]) == {"text": "hello", "rows": [], "recording": "en-0123abcd"}


async def test_nobody_elses_page_gets_the_message() -> None:
    chat = a_chat()
    async with streaming(chat, "o" * 43) as stream:
        await stream.next()
        with pytest.raises(TryLater):
            await chat.outbox.messenger.send(TOKEN, HELLO)
        assert stream.events.empty()


async def test_a_stream_without_a_session_is_told_not_to_come_again() -> None:
    chat = a_chat()
    async with streaming(chat, "short") as stream:
        pass
    assert stream.status == 204


async def test_what_a_page_never_said_to_show_comes_on_the_next_and_what_it_showed_does_not() -> None:
    chat = a_chat()
    async with streaming(chat) as stream:
        await stream.next()
        await chat.outbox.messenger.send(TOKEN, Outgoing("one"))
    async with streaming(chat, shows=False) as stream:
        await stream.next()
        chat.outbox.say(TOKEN, Outgoing("two"))
        cut = await stream.next()
        assert json.loads(cut["data"])["text"] == "two"
    async with streaming(chat) as stream:
        await stream.next()
        again = await stream.next()
        assert json.loads(again["data"])["text"] == "two"
        # Under the number that it had: a page that showed it after all leaves it out.
        assert again["id"] == cut["id"]
        await chat.outbox.messenger.send(TOKEN, Outgoing("three"))
        assert json.loads((await stream.next())["data"])["text"] == "three"


async def test_a_page_says_over_http_that_it_showed_a_message_and_nobody_else_can() -> None:
    chat = a_chat()
    async with streaming(chat, shows=False) as stream, a_browser(chat) as browser:
        await stream.next()
        sending = asyncio.create_task(chat.outbox.messenger.send(TOKEN, HELLO))
        number = (await stream.next())["id"]
        mine, other = (form_token(Session(of, fresh=False), chat.web.hash_token) for of in (TOKEN, "o" * 43))
        for cookie, token, said in (("o" * 43, other, number), (TOKEN, other, number), (TOKEN, mine, "1" * 40)):
            answer = await browser.post(
                "/seen", data={"token": token, "number": said}, headers={"cookie": f"s={cookie}"}
            )
            assert answer.status_code == 204
            assert not sending.done()
        await browser.post("/seen", data={"token": mine, "number": number}, headers={"cookie": f"s={TOKEN}"})
        async with asyncio.timeout(WITHIN):
            assert await sending == number


async def left_in_doubt(pages: Pages, page: Page) -> int:
    """Send a message to a page that does not say in time whether it showed it; gives its number."""
    sending = asyncio.create_task(pages.deliver(TOKEN, HELLO))
    shown = await page.next(WITHIN)
    page.sent()
    assert await sending is None
    assert isinstance(shown, Shown)
    return shown.id


async def test_what_a_page_says_too_late_is_not_handed_over_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "SHOWN_WITHIN", 0.01)
    pages = Pages()
    with pages.opened(TOKEN) as page:
        number = await left_in_doubt(pages, page)
        pages.says_shown(TOKEN, number)
        assert await pages.deliver(TOKEN, HELLO) == number
        assert await page.next(0.01) is None


async def test_nobody_says_of_anothers_message_that_it_was_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "SHOWN_WITHIN", 0.01)
    pages = Pages()
    with pages.opened(TOKEN) as page:
        pages.says_shown("o" * 43, await left_in_doubt(pages, page))
        assert await pages.deliver(TOKEN, HELLO) is None


async def test_a_stopping_server_ends_its_streams() -> None:
    chat = a_chat()
    async with streaming(chat) as stream:
        await stream.next()
        chat.web.pages.close()
        with pytest.raises(TryLater):
            await chat.outbox.messenger.send(TOKEN, HELLO)


async def test_a_message_that_no_page_showed_is_not_delivered_and_not_shown_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(register, "SHOWN_WITHIN", 0.01)
    pages = Pages()
    with pages.opened(TOKEN) as page:
        with pytest.raises(TryLater):
            await WebchatMessenger(pages).send(TOKEN, HELLO)
        assert await page.next(0.01) is None


async def test_a_page_that_goes_before_it_showed_a_message_loses_nothing() -> None:
    pages = Pages()
    sending = None
    with pages.opened(TOKEN) as page:
        sending = asyncio.create_task(pages.deliver(TOKEN, HELLO))
        assert isinstance(await page.next(WITHIN), Shown)
    assert await sending is None


async def test_one_page_that_showed_it_is_enough() -> None:
    pages = Pages()
    with pages.opened(TOKEN), pages.opened(TOKEN) as page:
        sending = asyncio.create_task(pages.deliver(TOKEN, HELLO))
        await page.next(WITHIN)
        page.shown()
        assert isinstance(await sending, int)


async def test_what_a_page_took_but_never_showed_is_for_the_next_one() -> None:
    pages = Pages()
    pages.leave_for_next(TOKEN, [Shown(7, HELLO)])
    with pages.opened(TOKEN):
        pass
    with pages.opened(TOKEN) as page:
        assert await page.next(WITHIN) == Shown(7, HELLO)
        page.shown()
    with pages.opened(TOKEN) as page:
        assert await page.next(0.01) is None


async def test_no_text_is_kept_in_memory_for_longer_than_two_minutes() -> None:
    clock = Hands()
    pages = Pages(clock)
    pages.leave_for_next(TOKEN, [Shown(7, HELLO)])
    clock.now = KEPT
    with pages.opened(TOKEN) as page:
        assert await page.next(0.01) is None
    assert not pages._kept


async def test_a_message_waits_for_the_page_that_a_sent_form_leads_to() -> None:
    pages = Pages()
    pages.expect(TOKEN)
    sending = asyncio.create_task(pages.deliver(TOKEN, HELLO))
    await asyncio.sleep(0)
    with pages.opened(TOKEN) as page:
        assert isinstance(await page.next(WITHIN), Shown)
        page.shown()
    assert isinstance(await sending, int)


async def test_the_oldest_of_too_many_pages_gives_way() -> None:
    pages = Pages()
    with pages.opened(TOKEN) as oldest, ExitStack() as others:
        *_, newest = (others.enter_context(pages.opened(TOKEN)) for _ in range(MOST_PAGES))
        with pytest.raises(PageClosed):
            await oldest.next(WITHIN)
        pages.retire(TOKEN, 3)
        assert await newest.next(WITHIN) == Retired(3)


def test_limits_open_again_after_a_minute() -> None:
    clock = Hands()
    limits = Limits(clock)
    assert all(limits.may_write(TOKEN) for _ in range(MOST_MESSAGES))
    assert not limits.may_write(TOKEN)
    assert limits.may_write("o" * 43)
    clock.now = MINUTE
    assert limits.may_write(TOKEN)


def test_a_flood_of_new_sessions_does_not_hold_up_those_who_write_already() -> None:
    clock = Hands()
    limits = Limits(clock)
    limits.may_write(TOKEN)
    for number in range(MOST_SESSIONS):
        limits.may_write(str(number))
    assert not limits.may_write("one too many")
    assert limits.may_write(TOKEN)
