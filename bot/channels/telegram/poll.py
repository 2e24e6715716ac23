"""Takes updates in, one after the other: an update is confirmed only after it is stored.

The offset is never the truth: it lives in memory, and what comes twice is recognised by the inbox. The library's own
loop confirms before it processes, and stops for ever at an update that it cannot parse.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, Protocol

from telegram.error import NetworkError, TelegramError

from bot.channels.telegram.api import ApiRefusal, BotApi
from bot.channels.telegram.updates import (
    ALLOWED,
    CHANNEL,
    UnreadableUpdate,
    press_to_answer,
    read_update,
    update_number,
)
from bot.logs import get_logger
from bot.services.records import Incoming

logger = get_logger(__name__)

LONG_POLL: Final = 25
"""Whole seconds for which the Bot API waits for an update before it answers with none."""
GRACE: Final = 10.0
"""Seconds for which we wait longer than that."""

_TOKEN_IS_WRONG: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class Inbox(Protocol):
    """Where updates go; `bot.services.receive.Receive` is the real one."""

    async def store(self, incoming: Incoming) -> bool:
        """Commit before returning; anything raised means that nothing was stored."""


@dataclass(frozen=True)
class Pauses:
    """How long to wait after failures in a row, in seconds: each time twice as long."""

    shortest: float = 1.0
    longest: float = 30.0

    def after(self, failures: int) -> float:
        """Give the seconds to wait after that many failures."""
        return min(self.longest, self.shortest * 2.0 ** min(failures - 1, 16))


class UpdateLoop:
    """Asks for updates until it is cancelled."""

    def __init__(self, api: BotApi, inbox: Inbox, *, long_poll: int = LONG_POLL, pauses: Pauses | None = None) -> None:
        """The caller opens and closes the connections of `api`."""
        self._api = api
        self._inbox = inbox
        self._long_poll = long_poll
        self._pauses = pauses or Pauses()
        self._offset: int | None = None

    async def run(self) -> None:
        """Take updates in until cancelled; presses are answered on the side, and nothing is left behind."""
        failures = 0
        async with asyncio.TaskGroup() as answers:
            while True:
                try:
                    await self._take_batch(answers)
                except TelegramError as exc:
                    failures += 1
                    await self._wait_for_telegram(exc, failures)
                except Exception as exc:  # noqa: BLE001 - edge: whatever kept it from being stored, it is asked for again
                    failures += 1
                    logger.error("update_not_stored", channel=CHANNEL, attempt=failures, error=exc)
                    await asyncio.sleep(self._pauses.after(failures))
                else:
                    if failures:
                        logger.info("telegram_reached_again", channel=CHANNEL, count=failures)
                    failures = 0

    async def _take_batch(self, answers: asyncio.TaskGroup) -> None:
        before = self._offset
        batch = await self._api.call(
            "getUpdates",
            read_timeout=self._long_poll + GRACE,
            offset=before,
            timeout=self._long_poll,
            allowed_updates=ALLOWED,
        )
        if not isinstance(batch, list):
            raise NetworkError("the answer is not a batch")
        if not batch:
            # All is confirmed. After a week of silence numbers start anew, maybe below the old offset.
            self._offset = None
            return
        for update in batch:
            await self._take(update, answers)
        if self._offset == before:
            raise NetworkError("nothing in the batch can be confirmed")

    async def _take(self, update: Any, answers: asyncio.TaskGroup) -> None:
        """Store one update, and let the next request confirm it."""
        try:
            incoming = read_update(update, self._api.number)
        except UnreadableUpdate:
            logger.warning("update_set_aside", channel=CHANNEL)
        else:
            if incoming is not None:
                await self._inbox.store(incoming)
            press = press_to_answer(update)
            if press is not None:
                answers.create_task(self._answer(press))
        number = update_number(update)
        if number is not None:
            self._offset = number + 1

    async def _answer(self, press: str) -> None:
        try:
            await self._api.call("answerCallbackQuery", callback_query_id=press)
        except TelegramError as exc:
            # The clock on the button ends by itself.
            logger.info("press_not_answered", channel=CHANNEL, error=exc)

    async def _wait_for_telegram(self, error: TelegramError, failures: int) -> None:
        seconds = self._pauses.after(failures)
        if not isinstance(error, ApiRefusal):
            logger.warning("telegram_out_of_reach", channel=CHANNEL, seconds=seconds, error=error)
        elif error.code in _TOKEN_IS_WRONG:
            logger.error("telegram_token_refused", channel=CHANNEL, status=error.code, seconds=seconds)
        elif error.code == HTTPStatus.CONFLICT:
            logger.error("telegram_token_used_elsewhere", channel=CHANNEL, status=error.code, seconds=seconds)
        else:
            seconds = max(seconds, error.retry_after or 0.0)
            logger.warning("telegram_refused", channel=CHANNEL, status=error.code, seconds=seconds)
        await asyncio.sleep(seconds)
