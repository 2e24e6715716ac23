"""Makes the bot look harmless in a list of chats: neutral name, texts and picture, no menu of commands (S9, S20).

Nothing is set that is so already: the Bot API allows few changes of a name in a day. No line holds the token.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any, Final, Protocol

from telegram import InputProfilePhotoStatic
from telegram.error import TelegramError

from bot.channels.telegram.api import ApiRefusal, BotApi
from bot.channels.telegram.picture import picture
from bot.domain.codes import LANGUAGES
from bot.errors import ChannelFailure

TEXTS: Final = (
    ("Name", "name", "name"),
    ("ShortDescription", "short_description", "short"),
    ("Description", "description", "about"),
)
"""What the Bot API calls each text, its field, and its key in the words files."""


class SaysWords(Protocol):
    """The words files."""

    def say(self, key: str, language: str, **args: str) -> str:
        """Give the sentence of a key in a language."""


async def set_profile(api: BotApi, words: SaysWords) -> AsyncIterator[str]:
    """Set what is not yet so, and give a line for each thing; raises ChannelFailure."""
    for language in ("", *LANGUAGES):
        for method, field, key in TEXTS:
            wanted = words.say(f"profile.{key}", language or LANGUAGES[0])
            yield f"{field} {language or 'default'}: {await _set_text(api, method, field, language, wanted)}"
    yield f"commands: {await _drop_commands(api)}"
    yield f"picture: {await _set_picture(api)}"


async def _set_text(api: BotApi, method: str, field: str, language: str, wanted: str) -> str:
    there = await _call(api, f"getMy{method}", language_code=language)
    if isinstance(there, dict) and there.get(field) == wanted:
        return "is so already"
    await _call(api, f"setMy{method}", language_code=language, **{field: wanted})
    return "set"


async def _drop_commands(api: BotApi) -> str:
    found = False
    for language in ("", *LANGUAGES):
        if await _call(api, "getMyCommands", language_code=language):
            found = True
            await _call(api, "deleteMyCommands", language_code=language)
    return "taken away" if found else "there are none"


async def _set_picture(api: BotApi) -> str:
    """Set the picture unless the bot has one: one that an operator chose stays."""
    photos = await _call(api, "getUserProfilePhotos", user_id=int(api.number), limit=1)
    if isinstance(photos, dict) and photos.get("total_count"):
        return "there is one already"
    try:
        await api.call("setMyProfilePhoto", photo=InputProfilePhotoStatic(picture()))
    except ApiRefusal as exc:
        if exc.code == HTTPStatus.NOT_FOUND:
            return "this Bot API cannot set one; set a neutral picture by hand"
        raise ChannelFailure(f"the messenger refused the picture with status {exc.code}") from None
    except TelegramError:
        raise ChannelFailure("the messenger did not answer") from None
    return "set"


async def _call(api: BotApi, method: str, **fields: Any) -> Any:
    try:
        return await api.call(method, **{name: value for name, value in fields.items() if value != ""})
    except ApiRefusal as exc:
        wait = f"; try again in {exc.retry_after:g} s" if exc.retry_after else ""
        raise ChannelFailure(f"the messenger refused {method} with status {exc.code}{wait}") from None
    except TelegramError:
        raise ChannelFailure("the messenger did not answer") from None
