"""Updates come in over real HTTP: each is stored before it is confirmed, and none stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest

from bot.channels.telegram.api import BotApi as Client
from bot.channels.telegram.poll import Pauses, UpdateLoop
from bot.errors import RecordsError
from bot.services.records import Incoming
from tests.support.bot_api import BotApi

QUICK = Pauses(shortest=0.01, longest=0.05)


@dataclass
class MemoryInbox:
    """Keeps what it is given, once each; raises what it is told to, instead of storing."""

    stored: list[Incoming] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    raises: dict[str, list[Exception]] = field(default_factory=dict)

    async def store(self, incoming: Incoming) -> bool:
        self.asked.append(incoming.update)
        if self.raises.get(incoming.update):
            raise self.raises[incoming.update].pop(0)
        if any(known.update == incoming.update for known in self.stored):
            return False
        self.stored.append(incoming)
        return True

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(incoming.kind, incoming.text) for incoming in self.stored]


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@asynccontextmanager
async def listening(api: BotApi, inbox: MemoryInbox, token: str | None = None) -> AsyncIterator[None]:
    async with Client(token or api.token, api.url) as client:
        task = asyncio.create_task(UpdateLoop(client, inbox, long_poll=5, pauses=QUICK).run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def taken_in(api: BotApi) -> None:
    await api.until(lambda: not api.waiting, "every update confirmed")


async def test_everything_a_person_can_send_is_taken_in_in_order(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7, "th")
    group = {"message_id": 1, "chat": {"id": -5, "type": "group"}, "from": person.user(), "text": "in a group"}
    async with listening(api, inbox):
        await person.starts("th")
        await person.writes("/restart")
        await person.writes("/whatever")
        await person.edits("changed")
        await person.sends_sticker()
        await person.sends(voice={"file_id": "v"})
        await person.sends(photo=[], caption="c")
        await person.sends(location={"latitude": 1.0, "longitude": 2.0})
        await person.sends(contact={"phone_number": "+000", "first_name": "x"})
        api.break_update({"channel_post": group})
        api.queue({"message": group})
        await person.presses_data("w:stop", 1)
        await person.blocks()
        await person.unblocks()
        await taken_in(api)
    assert inbox.said == [
        ("start", ""),
        ("text", "/restart"),
        ("text", "/whatever"),
        ("edited", ""),
        *[("other", "")] * 2,
        ("text", "c"),
        *[("other", "")] * 2,
        ("press", "w:stop"),
        ("blocked", ""),
    ]
    assert {incoming.address.chat for incoming in inbox.stored} == {"7"}
    assert {incoming.address.bot for incoming in inbox.stored} == {str(api.number)}


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("x" * 4096, "x" * 4096),
        ("\N{GRINNING FACE}" * 300, "\N{GRINNING FACE}" * 300),
        ("\u200fשלום\u202e \u2066a", "\u200fשלום\u202e \u2066a"),
        ("a\0b", "a\0b"),
        ("a\ud83d", "a\ufffd"),
        ("\ude00a", "\ufffda"),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    ],
    ids=["longest", "300 emojis", "right-to-left marks", "NUL", "half a pair", "other half", "family"],
)
async def test_a_strange_text_comes_whole_over_the_wire(api: BotApi, sent: str, stored: str) -> None:
    inbox = MemoryInbox()
    async with listening(api, inbox):
        await api.person(7).writes(sent)
        await taken_in(api)
    assert inbox.said == [("text", stored)]


async def test_an_update_that_cannot_be_read_is_set_aside_and_the_batch_goes_on(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    await person.writes("before")
    api.break_update({"message": {"text": {"not": "a text"}, "chat": None}})
    api.break_update({"message": {"message_id": 1, "date": "yesterday", "chat": person.place(), "text": 5}})
    api.break_update({"of_the_future": [1, 2, 3]})
    api.break_update({"callback_query": {"id": 5, "message": []}})
    await person.writes("after")
    async with listening(api, inbox):
        await taken_in(api)
    assert inbox.said == [("text", "before"), ("text", "after")]


async def test_an_update_is_asked_for_again_until_it_is_stored(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    first, second, third = [str(await person.writes(text)) for text in ("first", "second", "third")]
    inbox.raises[second] = [RecordsError("down"), RuntimeError("not ours")]
    async with listening(api, inbox):
        await taken_in(api)
    assert inbox.said == [("text", "first"), ("text", "second"), ("text", "third")]
    assert inbox.asked == [first, second, second, second, third]


async def test_nothing_is_confirmed_that_is_not_stored(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    first, second = await person.writes("first"), await person.writes("second")
    inbox.raises[str(second)] = [RecordsError("down") for _ in range(1000)]
    async with listening(api, inbox):
        await api.until(lambda: inbox.asked.count(str(second)) > 2, "the second was tried again")
        assert api.waiting == [second]
        assert api.confirmed == first
    inbox.raises.clear()
    async with listening(api, inbox):
        await taken_in(api)
    assert inbox.said == [("text", "first"), ("text", "second")]


async def test_what_was_stored_but_not_confirmed_comes_again_after_a_restart(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    number = await person.writes("once")
    async with Client(api.token, api.url) as client:
        [raw] = await client.call("getUpdates")
    assert raw["update_id"] == number
    assert api.waiting == [number]
    async with listening(api, inbox):
        await taken_in(api)
    assert inbox.said == [("text", "once")]


async def test_a_press_is_answered_after_it_is_stored(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    press = await person.presses_data("w:stop", 1)
    inbox.raises[str(press)] = [RecordsError("down")]
    async with listening(api, inbox):
        await api.until(lambda: bool(api.answered_presses), "an answered press")
    assert len(api.answered_presses) == 1
    assert inbox.said == [("press", "w:stop")]


async def test_a_press_that_cannot_be_answered_holds_nothing(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    api.refuse("answerCallbackQuery", 400, "Bad Request: query is too old")
    async with listening(api, inbox):
        await person.presses_data("w:stop", 1)
        await person.writes("next")
        await taken_in(api)
    assert inbox.said == [("press", "w:stop"), ("text", "next")]
    assert api.answered_presses == []


@pytest.mark.parametrize(
    ("code", "description", "parameters"),
    [
        (409, "Conflict: terminated by other getUpdates request", {}),
        (401, "Unauthorized", {}),
        (429, "Too Many Requests", {"retry_after": 0.02}),
        (502, "Bad Gateway", {}),
        (500, "Internal Server Error", {}),
    ],
)
async def test_after_a_refusal_it_waits_and_asks_again(
    api: BotApi, code: int, description: str, parameters: dict[str, float]
) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    api.refuse("getUpdates", code, description, **parameters)
    async with listening(api, inbox):
        await person.writes("hello")
        await taken_in(api)
    assert inbox.said == [("text", "hello")]


async def test_it_waits_for_a_messenger_that_is_out_of_reach() -> None:
    async with BotApi() as gone:
        url = gone.url
    inbox = MemoryInbox()
    async with Client(gone.token, url) as client:
        task = asyncio.create_task(UpdateLoop(client, inbox, pauses=QUICK).run())
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.shield(task), 0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_it_ends_at_once_in_the_middle_of_a_long_poll(api: BotApi) -> None:
    async with asyncio.timeout(2), listening(api, MemoryInbox()):
        await api.until(lambda: bool(api.calls), "a long poll")


async def test_after_silence_a_lower_number_is_still_heard(api: BotApi) -> None:
    inbox, person = MemoryInbox(), api.person(7)
    async with Client(api.token, api.url) as client:
        task = asyncio.create_task(UpdateLoop(client, inbox, long_poll=0, pauses=QUICK).run())
        await person.writes("before")
        await taken_in(api)
        await api.until(lambda: "offset" not in api.calls[-1][1], "nothing left to confirm")
        api.next_number = 5
        await person.writes("after")
        await taken_in(api)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert inbox.said == [("text", "before"), ("text", "after")]


async def test_only_what_is_read_is_asked_for(api: BotApi) -> None:
    async with listening(api, MemoryInbox()):
        await api.until(lambda: bool(api.calls), "a long poll")
    method, asked = api.calls[0]
    assert method == "getUpdates"
    assert asked["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert asked["timeout"] == 5


async def test_a_burst_of_three_hundred_from_twenty_people_is_taken_in(api: BotApi) -> None:
    inbox = MemoryInbox()
    async with listening(api, inbox):
        for turn in range(300):
            await api.person(turn % 20).writes(f"message {turn}")
        await taken_in(api)
    assert [text for _, text in inbox.said] == [f"message {turn}" for turn in range(300)]


def test_pauses_double_up_to_the_longest() -> None:
    assert [Pauses().after(failures) for failures in (1, 2, 3, 5, 6, 5000)] == [1, 2, 4, 16, 30, 30]
