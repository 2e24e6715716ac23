"""Takes messages off the messengers' screens: as we go, at once after a word of one's own, and when all is erased.

The ledger says of each message whether it is gone or stays. A messenger lets a bot delete for 48 hours only; what is
older by our own clock is not even asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.errors import Blocked, CannotOpen, ChannelFailure, TryLater
from bot.logs import get_logger
from bot.services.ports import ClearsChat, Clock, Records, Signals, Vault
from bot.services.records import OnScreen

logger = get_logger(__name__)

EVERY: Final = 5.0
"""Seconds between two looks when nobody rings."""
AT_ONCE: Final = 100
"""Messages that the Bot API deletes in one call."""
TOO_OLD: Final = timedelta(hours=48)
TRY_AGAIN: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Clear:
    """The worker that clears. `messengers` by channel and bot: those that can."""

    records: Records
    vault: Vault
    clock: Clock
    signals: Signals
    messengers: Mapping[tuple[str, str], ClearsChat]

    async def run(self) -> None:
        """Clear until cancelled."""
        while True:
            seen = self.signals.count("screen")
            try:
                while await self.look():
                    continue
            except Exception as exc:  # edge: the next look may go better
                logger.error("clearing_failed", error=exc)
            await self.signals.changed("screen", seen, EVERY)

    async def look(self) -> int:
        """Take off what is due, up to a hundred; give how many were looked at."""
        now = self.clock.now()
        async with self.records.look() as tx:
            due = await tx.screen.due(now, AT_ONCE)
        for _, rows in groupby(sorted(due, key=_chat), key=_chat):
            await self._clear(list(rows), now)
        return len(due)

    async def _clear(self, rows: Sequence[OnScreen], now: datetime) -> None:
        """Clear one chat, the newest first, and write down what became of each message."""
        newest_first = sorted(rows, key=lambda row: -row.id)
        young = [row for row in newest_first if now - row.at < TOO_OLD]
        ended: dict[int, str] = {row.id: "stays" for row in rows if row not in young}
        wait = TRY_AGAIN
        messenger = self.messengers.get((rows[0].channel, rows[0].bot))
        try:
            if messenger is not None and young:
                await self._take_off(messenger, young, ended)
        except TryLater as exc:
            wait = timedelta(seconds=exc.seconds)
        except (Blocked, CannotOpen):
            # They left the chat, or it is sealed with a key that is no longer ours: nothing can be reached there.
            ended |= {row.id: "stays" for row in young if row.id not in ended}
        except ChannelFailure as exc:
            logger.info("clearing_later", channel=rows[0].channel, error=exc)
        async with self.records.begin() as tx:
            for row in rows:
                if row.id in ended:
                    await tx.screen.end(row, ended[row.id], now)
            await tx.screen.wait([row.id for row in rows if row.id not in ended], now + wait)

    async def _take_off(self, messenger: ClearsChat, rows: Sequence[OnScreen], ended: dict[int, str]) -> None:
        """First all at once, so that it is quickly out of sight; then one by one, for only that tells the truth."""
        chat = self.vault.open(f"chat:{rows[0].conversation or ''}", rows[0].chat_sealed).decode()
        if len(rows) > 1:
            await messenger.take_off(chat, [row.remote for row in rows])
        for row in rows:
            ended[row.id] = "gone" if await messenger.take_one_off(chat, row.remote) else "stays"


def _chat(row: OnScreen) -> tuple[str, str, str, bytes]:
    return (row.conversation or "", row.channel, row.bot, row.chat_sealed)
