"""The real engine for tests: it keeps nothing between two calls, so all of them can share it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import pytest

from bot.adapters.processes import HEALTH, EngineProcesses, train
from tests.support.program import CHECKOUT, STARTS_WITHIN

TRAINS_WITHIN = 240.0
"""Seconds in which an engine of our own answers; training may come first."""


@dataclass(frozen=True)
class RealEngine:
    """Where it answers."""

    url: str
    token: str

    @property
    def settings(self) -> dict[str, str]:
        return {"SAPHAN_ENGINE_URL": self.url, "SAPHAN_ENGINE_TOKEN": self.token}


def started_elsewhere(told: str) -> RealEngine:
    """Wait for an engine that was started before the tests; `told` is its address and its token."""
    engine = RealEngine(*told.split())
    deadline = time.monotonic() + STARTS_WITHIN
    with httpx.Client(headers={"Authorization": f"Bearer {engine.token}"}) as client:
        while not _is_well(client, engine.url):
            if time.monotonic() > deadline:
                pytest.fail("the shared engine does not answer")
            threading.Event().wait(0.2)
    return engine


def _is_well(client: httpx.Client, url: str) -> bool:
    try:
        return client.get(f"{url}{HEALTH}").is_success
    except httpx.TransportError:
        return False


@contextmanager
def started_here() -> Iterator[RealEngine]:
    """Train if the data changed, start engine and actions, and end them after the block."""
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
    started.wait(TRAINS_WITHIN)
    if failed or not ready:
        ending.set()
        pytest.fail(f"the engine did not start: {failed}")
    yield ready[0]
    ending.set()
    thread.join(30)
