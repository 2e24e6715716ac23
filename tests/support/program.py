"""The program as an operator runs it: a process of its own, with its settings, ended or killed from outside."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 240.0
"""Seconds: an engine of its own alone takes 4 on two free cores, and over 60 where many tests share slow ones."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Program:
    """`saphan run` in a folder of its own."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self.web_port, self.desk_port = free_port(), free_port()
        self.settings = {
            "SAPHAN_HOME": str(home),
            "SAPHAN_LISTEN": f"127.0.0.1:{self.web_port}",
            "SAPHAN_DESK_LISTEN": f"127.0.0.1:{self.desk_port}",
            "SAPHAN_DESK_URL": f"http://localhost:{self.desk_port}",
            "SAPHAN_ORGANISATION": "Bridge House",
            **more,
        }
        self.printed = ""
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def database_url(self) -> str:
        return self.settings.get("SAPHAN_DATABASE_URL", f"sqlite+aiosqlite:///{self.home / 'saphan.db'}")

    @property
    def log(self) -> Path:
        return self.home.with_suffix(".log")

    async def start(self) -> None:
        """Start and wait until it says where things are."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SAPHAN_")}
        self._log = self.log.open("ab")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.cli",
            "run",
            "--with-parent",
            cwd=CHECKOUT,
            env={**environment, **self.settings},
            stdout=asyncio.subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )
        announced = asyncio.Event()

        async def read() -> None:
            assert self._process is not None
            assert self._process.stdout is not None
            async for line in self._process.stdout:
                self.printed += line.decode()
                if line.startswith(b"desk "):
                    announced.set()
            announced.set()

        self._reading = asyncio.create_task(read())
        try:
            await asyncio.wait_for(announced.wait(), STARTS_WITHIN)
        except TimeoutError:
            await self.kill()
            raise
        assert self._process.returncode is None, self.log.read_text()

    @property
    def setup_link(self) -> str:
        found = re.search(r"http\S+/setup/\S+", self.printed)
        assert found, self.printed
        return found.group()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def kill(self) -> None:
        """End it as a power cut does."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """End it as an operator does."""
        await self._end(signal.SIGTERM)

    async def _end(self, number: int) -> None:
        if self._process is None:
            return
        if self._process.returncode is None:
            os.kill(self._process.pid, number)
        await self._process.wait()
        if self._reading is not None:
            await self._reading
        self._log.close()
        self._process = None
