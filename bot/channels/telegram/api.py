"""The Bot API as we use it: python-telegram-bot's calls, raw answers, and errors that hold nobody's words.

The library's classes are not used for answers: one that they cannot parse would be logged whole, and a message that
was delivered would look as if it had failed.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.settings import is_loopback

ANSWER_TIMEOUT: Final = 20.0
"""Seconds: longer than usual, for a delivery that we give up on may have arrived all the same."""


class ApiRefusal(TelegramError):
    """The Bot API refused a call; `code` is its status, `retry_after` in seconds."""

    __slots__ = ("chat_is_gone", "code", "message_is_gone", "retry_after")

    def __init__(
        self,
        code: int,
        retry_after: float | None = None,
        *,
        chat_is_gone: bool = False,
        message_is_gone: bool = False,
    ) -> None:
        """Keep codes only: the messenger's own sentence can quote what was sent."""
        super().__init__(f"status {code}")
        self.code = code
        self.retry_after = retry_after
        self.chat_is_gone = chat_is_gone
        self.message_is_gone = message_is_gone


class BotApi(Bot):
    """One bot at one Bot API address; `async with` closes its connections. Does not ask the network to start."""

    def __init__(self, token: str, api: str) -> None:
        """`api` is scheme, host and port, without `/bot`."""
        # A proxy of the environment leads to the world, not to this machine.
        options = {"trust_env": not is_loopback(urlsplit(api).hostname or "")}
        self._polling = _QuietRequest(connection_pool_size=1, httpx_kwargs=options)
        self._sending = _QuietRequest(read_timeout=ANSWER_TIMEOUT, pool_timeout=ANSWER_TIMEOUT, httpx_kwargs=options)
        super().__init__(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._sending,
            get_updates_request=self._polling,
        )

    @property
    def number(self) -> str:
        """Our bot's id, which the token begins with."""
        return self.token.partition(":")[0]

    async def initialize(self) -> None:
        """Open the connections."""
        await asyncio.gather(self._polling.initialize(), self._sending.initialize())

    async def shutdown(self) -> None:
        """Close the connections."""
        await asyncio.gather(self._polling.shutdown(), self._sending.shutdown())

    async def call(self, method: str, read_timeout: float = ANSWER_TIMEOUT, **fields: Any) -> Any:
        """Call a method and give its raw result; raises ApiRefusal, or another TelegramError when nothing answered."""
        return await self._post(method, fields, read_timeout=read_timeout)

    async def download(self, place: str) -> bytes:
        """Give a file by the path that `getFile` named; raises as `call` does."""
        return await self._sending.retrieve(f"{self.base_file_url}/{place}")


class _QuietRequest(HTTPXRequest):
    """The library's transport; where that would log a body or put it into an exception, this does not."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Give status and body of an answer that holds a result; raise ApiRefusal for any other."""
        code, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if not HTTPStatus.OK <= code < HTTPStatus.MULTIPLE_CHOICES:
            raise _refusal(code, payload)
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer that holds a result; raises NetworkError without the body."""
        answer = _parse(payload)
        if answer is None or "result" not in answer:
            raise NetworkError("the answer is not one of the Bot API")
        return answer


def _refusal(code: int, payload: bytes) -> ApiRefusal:
    answer = _parse(payload) or {}
    parameters = answer.get("parameters")
    said = str(answer.get("description", "")).casefold()
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return ApiRefusal(
        code,
        float(wait) if isinstance(wait, int | float) else None,
        chat_is_gone="chat not found" in said,
        message_is_gone="message to delete not found" in said,
    )


def _parse(payload: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
