"""Whatever happens between us and Telegram, no log at any level holds words, a name, a chat or the token."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest

from bot.channels.telegram.api import BotApi as Client
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.poll import Pauses, UpdateLoop
from bot.errors import ChannelFailure, RecordsError
from bot.logs import configure
from bot.services.ports import Outgoing
from bot.services.records import Incoming
from tests.support.bot_api import BotApi
from tests.support.logs import logs_as_they_were

PLANTED = "zebrafinch"
CHAT = 918273645
LIBRARIES = ("asyncio", "httpcore", "httpx", "telegram")


@dataclass
class ShakyInbox:
    """Stores nothing the first time; its error quotes the words, as a library's might."""

    stored: int = 0
    refused: int = 0

    async def store(self, incoming: Incoming) -> bool:
        if not self.refused:
            self.refused += 1
            raise RecordsError(incoming.text)
        self.stored += 1
        return True


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Configure the real logs at DEBUG, wake what they quieten, and put everything back."""
    with logs_as_they_were():
        stream = io.StringIO()
        configure("DEBUG", stream)
        for name in LIBRARIES:
            logging.getLogger(name).setLevel(logging.DEBUG)
        yield stream


async def live_through_everything(api: BotApi) -> None:
    person = api.person(CHAT, "th", name=PLANTED)
    async with Client(api.token, api.url) as client:
        messenger = TelegramMessenger(client)
        task = asyncio.create_task(UpdateLoop(client, ShakyInbox(), long_poll=2, pauses=Pauses(0.01, 0.02)).run())
        api.refuse("getUpdates", 409, f"Conflict {PLANTED}")
        await person.writes(f"text {PLANTED}")
        await person.writes(f"half a pair \ud83d {PLANTED}")
        await person.sends(photo=[{"file_id": PLANTED}], caption=PLANTED)
        api.break_update({"message": {"text": [PLANTED], "chat": person.place()}})
        api.break_update({PLANTED: PLANTED})
        await person.presses_data(PLANTED, 1)
        await api.until(lambda: not api.waiting and bool(api.answered_presses), "everything taken in")
        remote = await messenger.send(str(CHAT), Outgoing(PLANTED, (((PLANTED, PLANTED),),)))
        await messenger.retire_buttons(str(CHAT), remote)
        for failure in (400, 401, 403, 429, 500):
            api.refuse("sendMessage", failure, PLANTED)
        api.cut_next()
        for _ in range(6):
            with pytest.raises(ChannelFailure) as caught:
                await messenger.send(str(CHAT), Outgoing(f"{PLANTED} \ud83d"))
            assert PLANTED not in repr(caught.value)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    async with Client("1:wrong-token", api.url) as client:
        task = asyncio.create_task(UpdateLoop(client, ShakyInbox()).run())
        await api.until(lambda: api.calls[-1][0] == "getUpdates", "a refused token")
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_no_words_name_chat_or_token_reach_a_log_at_debug(log: io.StringIO) -> None:
    async with BotApi() as api:
        await live_through_everything(api)
    written = log.getvalue()
    for secret in (PLANTED, str(CHAT), api.token, api.token.partition(":")[2], "wrong-token"):
        assert secret not in written
    events = {json.loads(line)["event"] for line in written.splitlines()}
    assert {"library_said", "update_set_aside", "update_not_stored", "telegram_token_used_elsewhere"} <= events
