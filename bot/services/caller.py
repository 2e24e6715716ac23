"""Sends calls to staff outside the desk: without content, name or language of the person, in the member's language."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.domain.calls import try_again
from bot.errors import Blocked, CannotOpen, ChannelFailure, Refused, TryLater
from bot.logs import get_logger
from bot.services.ports import Clock, Notice, Notifier, Records, Signals, Vault
from bot.services.reach import Say

logger = get_logger(__name__)

EVERY: Final = 2.0
"""Seconds after which is looked for calls when nothing was heard."""
AT_ONCE: Final = 16
SOMEBODY_WAITS: Final = "alerts.somebody-waits"
SOMETHING_WAITS: Final = "alerts.something-waits"


@dataclass(frozen=True)
class Caller:
    """The worker of calls. A delivery that was cut is not repeated: the chain calls the next."""

    records: Records
    vault: Vault
    clock: Clock
    signals: Signals
    say: Say
    notifiers: Mapping[str, Notifier]

    async def run(self) -> None:
        """Send what is due until cancelled."""
        while True:
            seen = self.signals.count("calls")
            try:
                await self.look()
            except Exception as exc:  # edge: a fault of one look must not end the calls to staff
                logger.error("calls_failed", error=exc)
            await self.signals.changed("calls", seen, EVERY)

    async def look(self) -> None:
        """Send every call whose time has come, side by side."""
        async with self.records.look() as tx:
            due = await tx.calls.to_send(self.clock.now(), AT_ONCE)
        await asyncio.gather(*[self._one(notice, about_person=about) for notice, about in due])

    async def _one(self, notice: Notice, *, about_person: bool) -> None:
        async with self.records.begin() as tx:
            if not await tx.calls.start(notice.id):
                return
            reach = (await tx.calls.reaches()).get(notice.member)
        state, after = "failed", timedelta()
        notifier = self.notifiers.get(notice.way)
        sealed = None if reach is None else {"telegram": reach.telegram_sealed, "mail": reach.mail_sealed}[notice.way]
        if reach is not None and notifier is not None and sealed is not None:
            text = self.say(SOMEBODY_WAITS if about_person else SOMETHING_WAITS, reach.language)
            state, after = await self._send(notifier, notice, sealed, text)
        async with self.records.begin() as tx:
            await tx.calls.settle(notice.id, state, self.clock.now() + after)

    async def _send(self, notifier: Notifier, notice: Notice, sealed: bytes, text: str) -> tuple[str, timedelta]:
        """Send, and give what became of it, and when it is tried again."""
        attempt = notice.attempts + 1
        try:
            await notifier.send(self.vault.open(f"reach:{notice.member}", sealed).decode(), text)
        except (Blocked, Refused, CannotOpen) as exc:
            logger.warning("call_refused", channel=notice.way, error=exc)
            return "failed", timedelta()
        except ChannelFailure as exc:
            logger.warning("call_not_delivered", channel=notice.way, attempt=attempt, error=exc)
            patience = try_again(attempt)
            if patience is None:
                return "failed", timedelta()
            asked = timedelta(seconds=exc.seconds) if isinstance(exc, TryLater) else timedelta()
            return "waiting", max(patience, asked)
        return "sent", timedelta()
