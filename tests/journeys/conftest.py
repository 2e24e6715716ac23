"""One real engine for all journeys: it keeps nothing between two calls, so they can share it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.processes import EngineProcesses, train

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class RealEngine:
    """Where it answers."""

    url: str
    token: str

    @property
    def settings(self) -> dict[str, str]:
        return {"SAPHAN_ENGINE_URL": self.url, "SAPHAN_ENGINE_TOKEN": self.token}


@pytest.fixture(scope="session")
def real_engine() -> Iterator[RealEngine]:
    """Train if the data changed, start engine and actions, and end them after the last journey."""
    home = CHECKOUT / "var"
    home.mkdir(exist_ok=True)
    ready: list[RealEngine] = []
    failed: list[BaseException] = []
    started, ending = threading.Event(), threading.Event()

    async def run() -> None:
        await train(home)
        async with EngineProcesses(home) as processes:
            ready.append(RealEngine(processes.url, processes.token.reveal()))
            started.set()
            await asyncio.to_thread(ending.wait)

    def work() -> None:
        try:
            asyncio.run(run())
        except BaseException as exc:  # noqa: BLE001 - told to the test below
            failed.append(exc)
        started.set()

    thread = threading.Thread(target=work)
    thread.start()
    started.wait(240)
    if failed or not ready:
        ending.set()
        pytest.fail(f"the engine did not start: {failed}")
    yield ready[0]
    ending.set()
    thread.join(30)
