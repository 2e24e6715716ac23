"""Calls to staff outside the desk, by the ways that are set up."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot.adapters.notify_mail import MailNotifier
from bot.adapters.notify_telegram import TelegramNotifier
from bot.bootstrap import House
from bot.services.caller import Caller
from bot.services.ports import Notifier


@asynccontextmanager
async def calls_to_staff(house: House) -> AsyncIterator[list[Coroutine[Any, Any, None]]]:
    """Give what has to run so that staff are called."""
    notifiers: dict[str, Notifier] = {}
    work: list[Coroutine[Any, Any, None]] = []
    async with AsyncExitStack() as stack:
        token, mail = house.settings.staff_telegram_token, house.settings.smtp_url
        if token is not None:
            bot = await stack.enter_async_context(TelegramNotifier(token, house.settings.telegram_api))
            notifiers[bot.way] = bot
            work.append(bot.answer_links(house.reaches.link))
        if mail is not None:
            notifiers[MailNotifier.way] = MailNotifier(mail)
        house.reaches.by(notifiers)
        say = house.reaches.say
        caller = Caller(house.records, house.vault, house.clock, house.signals, say, notifiers)
        yield [caller.run(), *work]
