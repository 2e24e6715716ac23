"""The engine as real processes, and the two questions that the app asks it."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
TOKEN: Final = "a-token-for-tests"
STARTS_WITHIN: Final = 90.0

CASE: Final[dict[str, Any]] = {
    "now": "2026-11-24T10:00:00+00:00",
    "language": "en",
    "opened": True,
    "practice": True,
    "silent_for": 20,
    "state": "BOT",
    "on_duty": False,
    "offered_today": False,
    "pressed": None,
    "heard": ["debt_bondage"],
    "known": [],
    "urgency": "none",
    "urgency_maybe": "none",
    "safety_declined": False,
    "wrote": True,
    "told": 1,
}


def free_port() -> int:
    """Give a port that is free now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def turn(intent: str, dialogue: dict[str, Any] | None = None, **case: Any) -> dict[str, Any]:
    """Make the body of one turn."""
    return {"turn": "t-1", "intent": intent, "entities": [], "case": {**CASE, **case}, "dialogue": dialogue or {}}


class Client:
    """Asks the engine over HTTP."""

    def __init__(self, port: int) -> None:
        """Keep where it listens."""
        self.port = port

    def ask(
        self, path: str, body: Any = None, *, token: str | None = TOKEN, method: str = "POST", raw: bytes | None = None
    ) -> tuple[int, Any]:
        """Give status and parsed body."""
        data = raw if raw is not None else json.dumps(body).encode()
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, data if method == "POST" else None, headers)
            answer = connection.getresponse()
            content = answer.read()
        return answer.status, json.loads(content) if content else None

    def read(self, text: str, **hints: Any) -> dict[str, Any]:
        """Read one text, which has to work."""
        status, answer = self.ask("/webhooks/saphan/read", {"text": text, "hints": hints})
        assert status == 200, answer
        return dict(answer)

    def take(self, body: dict[str, Any]) -> tuple[int, Any]:
        """Ask for the next move."""
        return self.ask("/webhooks/saphan/turn", body)


class Engine(Client):
    """Engine and action server; everything they print goes to files in `home`."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        """Choose free ports; nothing is started yet."""
        super().__init__(free_port())
        self.home = home
        self.actions_port = free_port()
        self._environment = {**os.environ, "SAPHAN_ENGINE_TOKEN": TOKEN, **environment}
        self._actions: subprocess.Popen[bytes] | None = None
        self._serve: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start both and wait until the model is loaded."""
        self.start_actions()
        actions = f"http://127.0.0.1:{self.actions_port}"
        arguments = ["--home", str(self.home), "--listen", f"127.0.0.1:{self.port}", "--actions", actions]
        self._serve = self._run("serve", [*arguments, "--with-parent"])
        wait_until(lambda: self._answers(self.port, "/webhooks/saphan/health"), self._serve)

    def start_actions(self, package: str = "actions") -> None:
        """Start the action server with one package, in place of the one before."""
        self.stop_actions()
        arguments = ["--listen", f"127.0.0.1:{self.actions_port}", "--package", package, "--with-parent"]
        self._actions = self._run("actions", arguments)
        wait_until(lambda: _listens(self.actions_port), self._actions)

    def stop_actions(self) -> None:
        """End the action server at once."""
        if self._actions is not None:
            end(self._actions)
            self._actions = None

    def stop(self) -> None:
        """End both."""
        self.stop_actions()
        if self._serve is not None:
            end(self._serve)

    def printed(self) -> bytes:
        """Give everything that the processes printed so far."""
        return b"".join(path.read_bytes() for path in sorted(self.home.glob("*.printed")))

    def _run(self, module: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        with (self.home / f"{module}.printed").open("ab") as printed:
            return subprocess.Popen(
                [sys.executable, "-m", f"bot.dialogue.{module}", *arguments],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=printed,
                stderr=printed,
            )

    def _answers(self, port: int, path: str) -> bool:
        try:
            return self.ask(path, method="GET")[0] == 200
        except OSError:
            return False


def wait_until(true: Any, process: subprocess.Popen[bytes], within: float = STARTS_WITHIN) -> None:
    """Wait for a condition while a process lives."""
    deadline = time.monotonic() + within
    while not true():
        assert process.poll() is None, "the process ended"
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process that we started."""
    process.kill()
    process.wait(10)
    if process.stdin is not None:
        process.stdin.close()


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
