"""The engine's two processes: started beside the app, watched, started again, and ended with it.

They get no secret of the app: every `SAPHAN_` name is taken out of their environment, and the engine alone gets a
bearer token made for this start. Their standard input is a pipe that only we hold, and they end when it ends; so they
end even when we are killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, TextIO

import httpx

from bot.errors import EngineFailure, SettingError
from bot.logs import get_logger
from bot.settings import Address, Secret

CHECKOUT: Final = Path(__file__).resolve().parents[2]
PYTHON: Final = CHECKOUT / ".venv-engine" / "bin" / "python"
HEALTH: Final = "/webhooks/saphan/health"
STOPS_WITHIN: Final = 5.0
"""Seconds that a process has to end by itself."""
SETTLED_AFTER: Final = 60.0
"""Seconds after which a process that dies is started again at once."""
LONGEST_PAUSE: Final = 30.0
LOG_SIZE: Final = 512 * 1024
"""Bytes that a process may write before its log is turned over; one older log is kept."""

logger = get_logger(__name__)


@dataclass(frozen=True)
class Commands:
    """How the engine's programs are started; their options are added."""

    serve: tuple[str, ...] = (str(PYTHON), "-m", "bot.dialogue.serve")
    actions: tuple[str, ...] = (str(PYTHON), "-m", "bot.dialogue.actions")
    train: tuple[str, ...] = (str(PYTHON), "-m", "bot.dialogue.train")
    evaluate: tuple[str, ...] = (str(PYTHON), "-m", "bot.evaluation")

    def check(self) -> None:
        """Raise SettingError when the engine's environment is not there."""
        for command in (self.serve, self.actions, self.train):
            if shutil.which(command[0]) is None:
                raise SettingError("the engine's environment .venv-engine is missing; `make setup` builds it")


class EngineProcesses:
    """Runs the engine and its actions on free loopback ports: `async with EngineProcesses(home) as engine`.

    Entering waits until the engine answers, and raises EngineFailure when it does not in `starts_within` seconds.
    """

    def __init__(
        self,
        home: Path,
        commands: Commands | None = None,
        starts_within: float = 60.0,
        *,
        listen: Address | None = None,
        token: Secret | None = None,
    ) -> None:
        """Choose what is not given: a free loopback port, a random token. Nothing is started yet."""
        self._home = home
        self._commands = commands or Commands()
        self._starts_within = starts_within
        self._watchers: list[asyncio.Task[None]] = []
        self._children: list[_Child] = []
        self.token = token or Secret(secrets.token_urlsafe(32))
        port, actions_port = _free_ports(2)
        self.url = f"http://{listen or Address('127.0.0.1', port)}"
        self._actions_url = f"http://127.0.0.1:{actions_port}"

    async def __aenter__(self) -> EngineProcesses:
        """Start both and wait for the engine."""
        self._commands.check()
        logs = self._home / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        listen, actions_listen = (url.removeprefix("http://") for url in (self.url, self._actions_url))
        actions = (*self._commands.actions, "--listen", actions_listen, "--with-parent")
        serve = (*self._commands.serve, "--home", str(self._home), "--listen", listen)
        serve += ("--actions", self._actions_url, "--with-parent")
        token = {"SAPHAN_ENGINE_TOKEN": self.token.reveal()}
        self._children = [
            _Child("actions", actions, _environment(), logs / "actions.log"),
            _Child("engine", serve, _environment() | token, logs / "engine.log"),
        ]
        self._watchers = [asyncio.create_task(child.keep_running()) for child in self._children]
        try:
            await self._wait_until_healthy()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End both, and whatever they started."""
        await self._stop()

    async def _stop(self) -> None:
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        await asyncio.gather(*(child.stop() for child in self._children))

    async def _wait_until_healthy(self) -> None:
        started = time.monotonic()
        headers = {"Authorization": f"Bearer {self.token.reveal()}"}
        async with httpx.AsyncClient(base_url=self.url, headers=headers, trust_env=False, timeout=2.0) as client:
            while time.monotonic() - started < self._starts_within:
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(HEALTH)).status_code == httpx.codes.OK:
                        logger.info("engine_ready", seconds=round(time.monotonic() - started, 1))
                        return
                if any(child.gave_up for child in self._children):
                    break
                await asyncio.sleep(0.1)
        raise EngineFailure(f"the engine did not start; see {self._home / 'logs' / 'engine.log'}")


class _Child:
    """One process that is started again when it dies."""

    GIVES_UP_AFTER: Final = 3
    """Deaths in a row, none of which had settled, that end the wait at the start."""

    def __init__(self, name: str, command: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
        self._name = name
        self._command = command
        self._environment = environment
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self._deaths = 0

    @property
    def gave_up(self) -> bool:
        return self._deaths >= self.GIVES_UP_AFTER

    async def keep_running(self) -> None:
        while True:
            started = time.monotonic()
            self._process = await self._start()
            status = await self._wait_and_trim(self._process)
            _kill_group(self._process.pid)
            self._deaths = 1 if time.monotonic() - started > SETTLED_AFTER else self._deaths + 1
            logger.error("engine_process_died", process=self._name, status=status, attempt=self._deaths)
            await asyncio.sleep(min(LONGEST_PAUSE, 0.25 * 2 ** (self._deaths - 1)))

    async def stop(self) -> None:
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), STOPS_WITHIN)
        _kill_group(process.pid)
        await process.wait()

    async def _start(self) -> asyncio.subprocess.Process:
        _trim(self._log)
        with self._open_log() as log:
            return await asyncio.create_subprocess_exec(
                *self._command,
                cwd=CHECKOUT,
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _open_log(self) -> BinaryIO:
        return os.fdopen(os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb")

    async def _wait_and_trim(self, process: asyncio.subprocess.Process) -> int:
        while True:
            with contextlib.suppress(TimeoutError):
                return await asyncio.wait_for(process.wait(), SETTLED_AFTER)
            _trim(self._log)


async def train(home: Path, commands: Commands | None = None) -> None:
    """Train the model if its data changed; raise EngineFailure when that fails. It ends with us."""
    commands = commands or Commands()
    commands.check()
    started = time.monotonic()
    # What it prints is no output of the command that needed it.
    status = await _run_to_end((*commands.train, "--home", str(home)), sys.stderr)
    if status != 0:
        raise EngineFailure(f"training failed with status {status}; `saphan check` says what is wrong")
    logger.info("model_ready", seconds=round(time.monotonic() - started, 1))


async def evaluate(home: Path, arguments: Sequence[str], commands: Commands | None = None) -> int:
    """Measure the model of `home` and give the exit status; the report prints by itself. It ends with us."""
    commands = commands or Commands()
    commands.check()
    return await _run_to_end((*commands.evaluate, "--home", str(home), *arguments), None)


async def _run_to_end(command: Sequence[str], output: TextIO | None) -> int:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=CHECKOUT,
        env=_environment(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=output,
        start_new_session=True,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )
    try:
        return await process.wait()
    finally:
        _kill_group(process.pid)


def follow_parent() -> None:
    """End this process with SIGTERM when its parent dies (`--with-parent`)."""
    parent = os.getppid()
    if sys.platform == "linux" and _die_with_parent():
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        return
    threading.Thread(target=_watch_parent, args=(parent,), name="follow-parent", daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


_LIBC: Final = ctypes.CDLL(None)
_PR_SET_PDEATHSIG: Final = 1


def _die_with_parent() -> bool:
    """Ask Linux for SIGTERM at the parent's death; false where it cannot be had."""
    return bool(_LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM) == 0)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SAPHAN_")}


def _free_ports(count: int) -> list[int]:
    """Ask for all at once, so that they differ."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _trim(log: Path) -> None:
    """Turn over a log that has grown; the process goes on writing to the emptied one."""
    if log.exists() and log.stat().st_size > LOG_SIZE:
        shutil.copyfile(log, log.with_suffix(".1.log"))
        os.truncate(log, 0)
