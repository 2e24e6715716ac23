"""What we say arrives as it was meant, and each refusal says what to do next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.api import BotApi as Client
from bot.channels.telegram.messenger import TelegramMessenger
from bot.domain.parts import LIMIT, parts_of
from bot.errors import Blocked, ChannelFailure, Refused, TryLater
from bot.services.ports import Messenger, Outgoing
from tests.support.bot_api import BotApi

BUTTONS = (
    (("Yes", "a1"), ("Not now", "a2")),
    (("I am in danger", "w:danger"),),
)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def messenger(api: BotApi) -> AsyncIterator[Messenger]:
    async with Client(api.token, api.url) as client:
        yield TelegramMessenger(client)


async def test_a_message_comes_silently_without_preview_and_with_its_buttons(api: BotApi, messenger: Messenger) -> None:
    """S9, S17: no sound and no preview of a link."""
    person = api.person(7)
    remote = await messenger.send("7", Outgoing("Hello, see https://example.org", BUTTONS))
    [shown] = await person.receives()
    assert (shown.text, shown.silent, shown.preview) == ("Hello, see https://example.org", True, False)
    assert [[(button["text"], button["callback_data"]) for button in row] for row in shown.rows] == [
        list(row) for row in BUTTONS
    ]
    assert remote == str(shown.id)
    assert (messenger.channel, messenger.bot) == ("telegram", str(api.number))


async def test_a_text_is_never_read_as_markup(api: BotApi, messenger: Messenger) -> None:
    person = api.person(7)
    await messenger.send("7", Outgoing("<b>*_[x](y)&amp;+%20"))
    [shown] = await person.receives()
    assert shown.text == "<b>*_[x](y)&amp;+%20"
    assert "parse_mode" not in api.calls[-1][1]


async def test_a_long_text_comes_in_parts_with_the_buttons_below_the_last(api: BotApi, messenger: Messenger) -> None:
    person = api.person(7)
    remote = await messenger.send("7", Outgoing("word " * 2000, BUTTONS))
    parts = await person.receives(3)
    assert [bool(part.rows) for part in parts] == [False, False, True]
    assert " ".join(part.text for part in parts).split() == ["word"] * 2000
    assert remote.split() == [str(part.id) for part in parts]


async def test_a_press_finds_the_newest_buttons(api: BotApi, messenger: Messenger) -> None:
    person = api.person(7)
    await messenger.send("7", Outgoing("one", ((("Yes", "old"),),)))
    await messenger.send("7", Outgoing("two", ((("Yes", "new"),),)))
    await person.presses("Yes")
    async with Client(api.token, api.url) as client:
        [update] = await client.call("getUpdates")
    assert update["callback_query"]["data"] == "new"


async def test_buttons_can_be_taken_off_once_and_again(api: BotApi, messenger: Messenger) -> None:
    person = api.person(7)
    remote = await messenger.send("7", Outgoing("Hello", BUTTONS))
    await messenger.retire_buttons("7", remote)
    [shown] = await person.receives()
    assert shown.rows == []
    await messenger.retire_buttons("7", remote)


async def test_a_message_that_is_gone_keeps_no_buttons(api: BotApi, messenger: Messenger) -> None:
    api.person(7)
    await messenger.retire_buttons("7", "12345")
    await messenger.retire_buttons("7", "")


async def test_half_a_surrogate_pair_does_not_stop_a_message(api: BotApi, messenger: Messenger) -> None:
    person = api.person(7)
    await messenger.send("7", Outgoing("a\ud83db"))
    assert [shown.text for shown in await person.receives()] == ["a\ufffdb"]


async def test_a_flood_limit_says_how_long_and_holds_one_chat_only(api: BotApi, messenger: Messenger) -> None:
    api.person(7)
    other = api.person(8)
    api.flood(7, 30)
    with pytest.raises(TryLater) as caught:
        await messenger.send("7", Outgoing("Hello"))
    assert caught.value.seconds == 30
    await messenger.send("8", Outgoing("Hello"))
    assert len(other.unread) == 1


async def test_a_person_who_blocked_the_bot_cannot_be_reached(api: BotApi, messenger: Messenger) -> None:
    await api.person(7).blocks()
    with pytest.raises(Blocked):
        await messenger.send("7", Outgoing("Hello"))


async def test_a_chat_that_is_gone_cannot_be_reached(messenger: Messenger) -> None:
    with pytest.raises(Blocked):
        await messenger.send("99", Outgoing("Hello"))


async def test_what_telegram_will_never_take_is_refused_with_its_status(api: BotApi, messenger: Messenger) -> None:
    api.person(7)
    with pytest.raises(Refused) as caught:
        await messenger.send("7", Outgoing("zebrafinch", ((("Yes", "x" * 65),),)))
    assert caught.value.code == 400
    with pytest.raises(Refused):
        await messenger.send("7", Outgoing(" "))


@pytest.mark.parametrize("code", [401, 404, 409, 500, 502, 503])
async def test_what_is_no_fault_of_the_message_is_tried_again(api: BotApi, messenger: Messenger, code: int) -> None:
    api.person(7)
    api.refuse("sendMessage", code, "zebrafinch")
    with pytest.raises(ChannelFailure) as caught:
        await messenger.send("7", Outgoing("Hello"))
    assert type(caught.value) is ChannelFailure
    assert "zebrafinch" not in str(caught.value)


async def test_an_answer_that_was_cut_off_is_a_failure_although_the_message_arrived(
    api: BotApi, messenger: Messenger
) -> None:
    person = api.person(7)
    api.cut_next()
    with pytest.raises(ChannelFailure) as caught:
        await messenger.send("7", Outgoing("Hello"))
    assert type(caught.value) is ChannelFailure
    assert [shown.text for shown in person.screen] == ["Hello"]
    await messenger.send("7", Outgoing("Hello"))
    assert api.delivered[7, "Hello"] == 2


async def test_a_messenger_out_of_reach_is_a_failure() -> None:
    async with BotApi() as gone:
        url = gone.url
    async with Client(gone.token, url) as client:
        with pytest.raises(ChannelFailure) as caught:
            await TelegramMessenger(client).send("7", Outgoing("Hello"))
    assert type(caught.value) is ChannelFailure


@pytest.mark.parametrize(
    "body", [b"<html>zebrafinch</html>", b"", b"[]", b"null", b'{"ok": true}', b"[" * 100_000, b'"\xff"']
)
async def test_an_answer_that_is_none_of_the_bot_api_is_a_failure(body: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server, Client("1:x", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as client:
        with pytest.raises(ChannelFailure) as caught:
            await TelegramMessenger(client).send("7", Outgoing("Hello"))
    assert "zebrafinch" not in str(caught.value)


async def test_messages_to_twenty_people_at_once_arrive_each_in_order(api: BotApi, messenger: Messenger) -> None:
    async def tell(chat: int) -> None:
        for number in range(5):
            await messenger.send(str(chat), Outgoing(f"message {number}"))

    people = [api.person(chat) for chat in range(20)]
    await asyncio.gather(*(tell(person.chat) for person in people))
    for person in people:
        assert [shown.text for shown in person.screen] == [f"message {number}" for number in range(5)]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_a_text_is_cut_at_a_line_then_at_a_blank() -> None:
    assert parts_of("one two\nthree four", 12) == ["one two", "three four"]
    assert parts_of("one two three", 9) == ["one two", "three"]
    assert parts_of("x" * LIMIT) == ["x" * LIMIT]
    assert [units(part) for part in parts_of("x" * (LIMIT + 1))] == [LIMIT, 1]


def test_letters_that_belong_together_are_not_cut_apart() -> None:
    hand = "\N{WAVING HAND SIGN}\U0001f3fd"
    for together in ("กำ", "ກຳ", "ငွေ့", "\u1780\u17d2\u1798", "\u1019\u1039\u1019", "e\u0301", hand):
        for before in range(9):
            parts = parts_of("x" * before + together + "y" * 20, 8)
            assert any(together in part for part in parts)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(4, 40))
def test_parts_fit_and_lose_nothing_but_blanks(text: str, limit: int) -> None:
    parts = parts_of(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
