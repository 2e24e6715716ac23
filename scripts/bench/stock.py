"""What `rasa init` gives, on the same interpreter: REST channel, tracker in memory, no actions."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx

from bot.adapters.processes import CHECKOUT
from scripts.bench.figures import LONG, MEMORY, START, Results
from scripts.bench.load import Plan, let_people_write
from scripts.bench.processes import resident
from tests.support.program import free_port

RASA = CHECKOUT / ".venv-engine" / "bin" / "rasa"


class Stock:
    """Senders at the REST channel."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        """Use a client of the running bot."""
        self._client = client
        self.silent = 0

    async def rest(self, chats: Sequence[int]) -> None:
        """Nothing holds its answers."""

    async def ask(self, chat: int, text: str) -> float:
        """Write, and wait for the answer in the response."""
        started = time.perf_counter()
        response = await self._client.post("/webhooks/rest/webhook", json={"sender": f"chat-{chat}", "message": text})
        took = (time.perf_counter() - started) * 1000
        response.raise_for_status()
        self.silent += not response.json()
        return took


async def measure(folder: Path, texts: Sequence[str], plan: Plan, results: Results) -> None:
    """Train it if this was never done here, then let the same people write."""
    if not _is_trained(folder):
        await _init(folder)
    async with _running(folder, results) as (pid, client):
        bot = Stock(client)
        for chat in range(plan.chats):
            await bot.ask(chat, "hello")
        bot.silent = 0
        await let_people_write("stock Rasa", bot, texts, plan, results)
        took = [await bot.ask(-1, texts[number % len(texts)]) for number in range(plan.stock_long)]
        results.add(LONG, "stock Rasa, at message 50", "ms", took[50 - plan.near : 50])
        results.add(LONG, f"stock Rasa, at message {plan.stock_long}", "ms", took[-plan.near :])
        results.lines["stock Rasa"] = list(enumerate(took, start=1))
        results.notes.append(f"The stock bot had no answer to {bot.silent} of its messages; these count as answered.")
        for name, size in resident(pid).items():
            results.add(MEMORY, f"stock Rasa, {name}, resident after the load", "MB", [size])


def _is_trained(folder: Path) -> bool:
    (folder / "bot").mkdir(parents=True, exist_ok=True)
    return any(folder.glob("bot/models/*.tar.gz"))


async def _init(folder: Path) -> None:
    print("  training the stock bot, once", flush=True)
    process = await _begin(folder, "init", "--no-prompt", "--init-dir", str(folder / "bot"))
    try:
        status = await process.wait()
    finally:
        _kill(process)
    if status != 0:
        raise RuntimeError(f"`rasa init` failed; see {folder / 'stock.log'}")


@asynccontextmanager
async def _running(folder: Path, results: Results) -> AsyncIterator[tuple[int, httpx.AsyncClient]]:
    port, started = free_port(), time.perf_counter()
    process = await _begin(folder, "run", "--interface", "127.0.0.1", "--port", str(port))
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=120, trust_env=False) as client:
            await _until_it_answers(client, folder)
            results.add(START, "stock Rasa, `rasa run`", "s", [time.perf_counter() - started])
            yield process.pid, client
    finally:
        _kill(process)
        await process.wait()


async def _until_it_answers(client: httpx.AsyncClient, folder: Path) -> None:
    for _ in range(1200):
        with suppress(httpx.HTTPError):
            if (await client.get("/")).status_code == httpx.codes.OK:
                return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"the stock bot did not start; see {folder / 'stock.log'}")


async def _begin(folder: Path, *arguments: str) -> asyncio.subprocess.Process:
    """Start Rasa as it is, except that it reports nothing to anybody."""
    quiet = {"HOME": str(folder), "RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    with (folder / "stock.log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            RASA,
            *arguments,
            cwd=folder / "bot",
            env={**os.environ, **quiet},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
