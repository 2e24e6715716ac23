"""`saphan run` with its own engine: it starts, answers, and leaves nothing running, however it ends."""

from __future__ import annotations

import asyncio
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.program import CHECKOUT, Program
from tests.support.real_engine import RealEngine


def children(pid: int) -> Iterator[int]:
    """Give the processes that a process started, and theirs."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield int(child)
            yield from children(int(child))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def gone(pids: list[int]) -> None:
    """Wait until none of them runs."""
    async with asyncio.timeout(20):
        while any(is_alive(pid) for pid in pids):
            await asyncio.to_thread(signal.sigtimedwait, [], 0.1)


@pytest.mark.parametrize("end", ["kill", "stop"])
async def test_nothing_is_left_running_after_the_end_of_the_parent(
    real_engine: RealEngine, tmp_path: Path, end: str
) -> None:
    home = tmp_path / "home"
    # The model that the shared engine was trained to: starting is what is tried here, not training.
    shutil.copytree(CHECKOUT / "var" / "models", home / "models")
    program = Program(home)
    await program.start()
    started = list(children(program.pid))
    assert len(started) == 2, "engine and actions"
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"http://127.0.0.1:{program.web_port}/")).status_code == 200
        assert (await client.get(f"http://localhost:{program.desk_port}/sign-in")).status_code == 200
    await (program.kill() if end == "kill" else program.stop())
    await gone(started)
