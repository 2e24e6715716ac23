"""A picture or voice is named when it comes, fetched only when asked, and errors tell nothing of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.telegram.api import BotApi as Client
from bot.channels.telegram.messenger import MOST_BYTES, TelegramMessenger
from bot.channels.telegram.updates import read_update
from bot.errors import ChannelFailure, Refused
from bot.services.ports import Fetches
from tests.support.bot_api import FILE, BotApi

SENDER = {"id": 55, "is_bot": False, "first_name": "Invented", "language_code": "th"}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def messenger(api: BotApi) -> AsyncIterator[TelegramMessenger]:
    async with Client(api.token, api.url) as client:
        yield TelegramMessenger(client)


def sent(**content: Any) -> str:
    message = {"message_id": 1, "date": 0, "chat": {"id": 55, "type": "private"}, "from": SENDER, **content}
    incoming = read_update({"update_id": 9, "message": message}, "1")
    assert incoming is not None
    assert "zebrafinch" not in repr(incoming)
    return incoming.sent


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"voice": {"file_id": "zebrafinch"}}, "voice:zebrafinch"),
        ({"photo": [{"file_id": "small"}, {"file_id": "zebrafinch"}]}, "photo:zebrafinch"),
        ({"photo": [{"file_id": "zebrafinch"}], "caption": "look"}, "photo:zebrafinch"),
        ({"document": {"file_id": "zebrafinch", "file_name": "zebrafinch.pdf"}}, "document:zebrafinch"),
        ({"sticker": {"file_id": "zebrafinch"}}, ""),
        ({"contact": {"phone_number": "zebrafinch"}}, ""),
        ({"photo": []}, ""),
        ({"text": "only words"}, ""),
    ],
)
def test_what_comes_beside_text_is_named_and_nothing_of_it_is_in_a_log(content: dict[str, Any], named: str) -> None:
    """S16, D5: only the messenger's own name travels on, sealed, and it is never shown."""
    assert sent(**content) == named


@pytest.mark.parametrize(
    "content", [{"location": {"latitude": 1.5}}, {"venue": {"title": "zebrafinch"}, "location": {}}]
)
def test_of_a_place_only_that_one_came_is_known(content: dict[str, Any]) -> None:
    """S16: location is stripped at the door."""
    assert sent(**content) == "place"


async def test_it_is_fetched_by_its_name_as_it_is(api: BotApi, messenger: TelegramMessenger) -> None:
    """S16: sealed as it came."""
    assert isinstance(messenger, Fetches)
    assert json.loads(await messenger.fetch("zebrafinch")) == FILE
    assert api.fetched == [f"/file/bot{api.token}/sent/zebrafinch"]


async def test_what_is_too_big_is_not_fetched(api: BotApi, messenger: TelegramMessenger) -> None:
    """S16: refused before anything is loaded."""
    api.file_size = MOST_BYTES + 1
    with pytest.raises(Refused):
        await messenger.fetch("zebrafinch")


async def test_an_error_repeats_neither_name_nor_token(api: BotApi, messenger: TelegramMessenger) -> None:
    """D5: no trace of what was sent in an error."""
    api.refuse("getFile", 400, "Bad Request: wrong file_id zebrafinch")
    with pytest.raises(ChannelFailure) as caught:
        await messenger.fetch("zebrafinch")
    assert "zebrafinch" not in repr(caught.value)
    assert api.token not in repr(caught.value)
