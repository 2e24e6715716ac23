"""Sends to Telegram: silently, without link previews, and with errors that say what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from telegram import InputFile
from telegram.error import TelegramError

from bot.channels.telegram.api import ApiRefusal, BotApi
from bot.channels.telegram.updates import CHANNEL
from bot.domain.parts import parts_of
from bot.errors import Blocked, ChannelFailure, Refused, TryLater
from bot.services.ports import Outgoing
from bot.services.receive import storable

NOT_THE_MESSAGE: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
"""These blame the token or another program: the same message may go through once an operator has mended it."""
MOST_PARTS: Final = 10
"""Parts of one text whose ids are remembered."""
MOST_BYTES: Final = 20_000_000
"""What the Bot API lets a bot fetch."""


class TelegramMessenger:
    """One bot on Telegram. A text of several parts may arrive in part: what fails after is raised as usual."""

    channel = CHANNEL

    def __init__(self, api: BotApi) -> None:
        """The caller opens and closes the connections."""
        self._api = api
        self.bot = api.number

    async def send(self, chat: str, message: Outgoing) -> str:
        """Deliver, a long text in parts with the buttons below the last, and give the ids, the last one last."""
        remotes: list[str] = []
        # Half a pair of surrogates cannot be encoded; the transport's error would quote the whole text.
        parts = parts_of(storable(message.text))
        for place, part in enumerate(parts, start=1):
            buttons = _keyboard(message) if place == len(parts) else None
            sent = await self._call(
                "sendMessage",
                chat_id=chat,
                text=part,
                disable_notification=True,
                link_preview_options={"is_disabled": True},
                reply_markup=buttons,
            )
            if isinstance(sent, dict) and "message_id" in sent:
                remotes.append(str(sent["message_id"]))
        return " ".join(remotes[-MOST_PARTS:])

    async def send_voice(self, chat: str, sound: bytes) -> str:
        """Put a recording into the chat; somebody whose settings forbid voices refuses it."""
        sent = await self._call(
            "sendVoice",
            chat_id=chat,
            # Without a name of ours: the phone keeps it with the file.
            voice=InputFile(sound, filename="voice.ogg"),
            disable_notification=True,
        )
        return str(sent["message_id"]) if isinstance(sent, dict) and "message_id" in sent else ""

    async def show_typing(self, chat: str) -> None:
        """Show "typing" for about five seconds."""
        await self._call("sendChatAction", chat_id=chat, action="typing")

    async def retire_buttons(self, chat: str, remote: str) -> None:
        """Take the buttons off an earlier message; one that is gone or has none is no error."""
        if not remote:
            return
        with suppress(Refused):
            await self._call("editMessageReplyMarkup", chat_id=chat, message_id=remote.rsplit(maxsplit=1)[-1])

    async def take_off(self, chat: str, remotes: Sequence[str]) -> None:
        """Take up to a hundred messages off at once; the Bot API passes over what is gone or too old."""
        with suppress(Refused):
            await self._call("deleteMessages", chat_id=chat, message_ids=[int(remote) for remote in remotes])

    async def take_one_off(self, chat: str, remote: str) -> bool:
        """Take one off; what is gone already is gone, and what is too old stays for ever."""
        try:
            await self._api.call("deleteMessage", chat_id=chat, message_id=int(remote))
        except ApiRefusal as exc:
            if exc.message_is_gone:
                return True
            meaning = _meaning(exc)
            if isinstance(meaning, Refused):
                return False
            raise meaning from None
        except TelegramError:
            raise ChannelFailure("the messenger did not answer") from None
        return True

    async def fetch(self, name: str) -> bytes:
        """Fetch a picture or voice by its file id; raises Refused for what is gone or larger than bots may fetch."""
        found = await self._call("getFile", file_id=name)
        place = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(place, str) or int(found.get("file_size") or 0) > MOST_BYTES:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            return await self._api.download(place)
        except ApiRefusal as exc:
            raise _meaning(exc) from None
        except TelegramError:
            raise ChannelFailure("the messenger did not answer") from None

    async def _call(self, method: str, **fields: Any) -> Any:
        try:
            return await self._api.call(method, **fields)
        except ApiRefusal as exc:
            raise _meaning(exc) from None
        except TelegramError:
            # Without its cause, here and above: only codes leave this file.
            raise ChannelFailure("the messenger did not answer") from None


def _keyboard(message: Outgoing) -> dict[str, Any] | None:
    if not message.rows:
        return None
    rows = [[{"text": label, "callback_data": data} for label, data in row] for row in message.rows]
    return {"inline_keyboard": rows}


def _meaning(refusal: ApiRefusal) -> ChannelFailure:
    """Say what a refusal means for the message that it refused."""
    code = refusal.code
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return TryLater(refusal.retry_after or 1.0)
    if code == HTTPStatus.FORBIDDEN or refusal.chat_is_gone:
        return Blocked("the person cannot be reached")
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR or code in NOT_THE_MESSAGE:
        return ChannelFailure(f"the messenger answered with status {code}")
    return Refused(code)
