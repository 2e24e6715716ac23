"""`saphan chat`: the bot in a terminal, over the same inbox, turn and outbox."""

from __future__ import annotations

import asyncio
import sys

from bot.bootstrap import build_workers, open_house
from bot.channels.terminal import TerminalMessenger, read_lines, talk
from bot.commands.run import open_engine
from bot.settings import Settings


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


async def run(settings: Settings, language: str) -> None:
    """Open one new chat and carry it until the input ends."""
    async with open_house(settings) as house, open_engine(settings) as engine:
        messenger = TerminalMessenger(_write)
        workers = await build_workers(house, engine, [messenger])
        working = asyncio.create_task(workers.run())
        try:
            await talk(
                house.receive.store,
                messenger,
                read_lines(sys.stdin),
                _write,
                language=language,
                interactive=sys.stdin.isatty(),
            )
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
