"""`saphan chat`: the bot in a terminal, over the same inbox, turn and outbox."""

from __future__ import annotations

import asyncio
import shutil
import sys

from bot.bootstrap import build_workers, open_house, refuse_wrong_content
from bot.channels.terminal import NARROW, TerminalMessenger, read_lines, talk
from bot.commands.run import open_engine
from bot.commands.turn_notes import TurnNotes
from bot.settings import Settings


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


async def run(settings: Settings, language: str, *, beside: bool) -> None:
    """Open one new chat and carry it until the input ends; `beside` shows what each turn understood and decided."""
    await refuse_wrong_content()
    async with open_house(settings) as house, open_engine(settings) as engine:
        notes = TurnNotes.load() if beside else None
        columns = shutil.get_terminal_size((NARROW, 24)).columns
        messenger = TerminalMessenger(_write, notes.take if notes is not None else list, columns)
        workers = await build_workers(house, engine, [messenger], notes)
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
