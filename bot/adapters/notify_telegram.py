"""The bot of the staff: calls members who linked themselves by a one-time code; it answers nobody else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from bot.errors import Blocked, ChannelFailure, Refused, TryLater
from bot.logs import get_logger
from bot.settings import Secret, is_loopback

logger = get_logger(__name__)

POLL: Final = 25
"""Seconds for which the Bot API waits for something to hand over."""
PATIENCE: Final = 15.0
PAUSE: Final = 5.0
"""Seconds after a failure of the Bot API."""

Link = Callable[[str, str], Awaitable[str | None]]
"""Takes a text and the chat it came from; gives what is answered, or None."""


class TelegramNotifier:
    """Body of `Notifier` by a bot of its own. `async with` closes its connections."""

    way = "telegram"

    def __init__(self, token: Secret, api: str) -> None:
        """`api` is scheme, host and port of the Bot API, without `/bot`."""
        self._token = token
        self._http = httpx.AsyncClient(base_url=api, trust_env=not is_loopback(urlsplit(api).hostname or ""))

    async def __aenter__(self) -> TelegramNotifier:
        """Open nothing yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def send(self, address: str, text: str) -> None:
        """Send to a linked chat; with sound, for somebody is called."""
        await self._call("sendMessage", PATIENCE, chat_id=int(address), text=text)

    async def answer_links(self, link: Link) -> None:
        """Read what is written to the bot until cancelled; only a one-time code is answered."""
        offset = 0
        while True:
            try:
                offset = await self._answer(link, offset)
            except ChannelFailure as exc:
                logger.warning("staff_bot_failed", error=exc)
                await asyncio.sleep(PAUSE)

    async def _answer(self, link: Link, offset: int) -> int:
        updates = await self._call(
            "getUpdates", POLL + PATIENCE, offset=offset, timeout=POLL, allowed_updates=["message"]
        )
        for update in updates:
            offset = max(offset, int(update["update_id"]) + 1)
            message = update.get("message") or {}
            chat, text = message.get("chat") or {}, message.get("text")
            if chat.get("type") != "private" or not isinstance(text, str):
                continue
            said = await link(text.removeprefix("/start"), str(chat["id"]))
            if said is not None:
                await self.send(str(chat["id"]), said)
        return offset

    async def _call(self, method: str, patience: float, **fields: Any) -> Any:
        """Call a method; what the Bot API says about a failure is never kept, for it can hold what was sent."""
        form = {name: it if isinstance(it, str) else json.dumps(it) for name, it in fields.items()}
        path = f"/bot{self._token.reveal()}/{method}"
        try:
            answer = await self._http.post(path, data=form, timeout=patience)
            body = answer.json()
        except (httpx.HTTPError, ValueError) as exc:
            # Its message holds the address, and with it the token.
            raise ChannelFailure(f"the Bot API did not answer: {type(exc).__name__}") from None
        if answer.status_code == HTTPStatus.OK and isinstance(body, dict) and "result" in body:
            return body["result"]
        raise _failure(answer.status_code, body)


def _failure(status: int, body: Any) -> ChannelFailure:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        parameters = body.get("parameters") if isinstance(body, dict) else None
        seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
        return TryLater(float(seconds) if isinstance(seconds, int | float) else PAUSE)
    if status == HTTPStatus.FORBIDDEN:
        return Blocked("the member blocked the bot of the staff")
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Refused(status)
    return ChannelFailure(f"the Bot API failed: {status}")
