"""The desk as an operator runs it: `saphan run` on a seeded database, with an engine that answers at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.settings import Settings
from scripts.bench.desk.seeded import Seeded, seed
from tests.support.bot_api import TOKEN, BotApi
from tests.support.engine_server import TOKEN as ENGINE_TOKEN
from tests.support.engine_server import serve_fake_engine
from tests.support.fakes import FakeEngine
from tests.support.program import Program

NANOSECONDS_IN_MS: Final = 1_000_000


@dataclass(frozen=True)
class Desk:
    """The running program and what it serves."""

    program: Program
    api: BotApi
    seeded: Seeded

    @property
    def port(self) -> int:
        """Give where the desk listens."""
        return self.program.desk_port

    def worked(self) -> float:
        """Give the milliseconds of processor time that the program has used."""
        spent = Path(f"/proc/{self.program.pid}/schedstat").read_text(encoding="utf-8").split()[0]
        return int(spent) / NANOSECONDS_IN_MS


@asynccontextmanager
async def running(home: Path, database_url: str, conversations: int) -> AsyncIterator[Desk]:
    """Seed an empty home and database, and run the program on it."""
    shutil.rmtree(home, ignore_errors=True)
    more = {"SAPHAN_DATABASE_URL": database_url} if database_url else {}
    settings = Settings.load({"SAPHAN_HOME": str(home), "SAPHAN_ORGANISATION": "Bridge House", **more}, None)
    seeded = await seed(settings, conversations)
    async with BotApi() as api, serve_fake_engine(FakeEngine()) as engine:
        bot = {"SAPHAN_TELEGRAM_TOKEN": TOKEN, "SAPHAN_TELEGRAM_API": api.url}
        program = Program(home, SAPHAN_ENGINE_URL=engine, SAPHAN_ENGINE_TOKEN=ENGINE_TOKEN, **bot, **more)
        await program.start()
        try:
            yield Desk(program, api, seeded)
        finally:
            await program.stop()


def postgresql() -> str:
    """Give the URL of the PostgreSQL server that `SAPHAN_BENCH_POSTGRES` names; empty: it names none."""
    return os.environ.get("SAPHAN_BENCH_POSTGRES", "")
