"""The engine is started, watched, and never outlives the app."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.adapters.processes import LOG_SIZE, Commands, EngineProcesses, train
from bot.errors import EngineFailure, SettingError

ENGINE = """
import http.server, json, os, subprocess, sys, threading
from pathlib import Path

name, here = sys.argv[1], Path(sys.argv[2])
options = sys.argv[3:]
with (here / name).open("a") as seen:
    seen.write(json.dumps({"pid": os.getpid(), "options": options, "names": sorted(os.environ)}) + "\\n")
if (here / f"{name}-broken").exists():
    sys.exit(3)
if name == "train":
    sys.exit(0)
print("started", file=sys.stderr, flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()

class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        token = os.environ.get("SAPHAN_ENGINE_TOKEN")
        right = self.path == "/webhooks/saphan/health" and self.headers["Authorization"] == f"Bearer {token}"
        self.send_response(200 if right else 401)
        self.end_headers()

    def log_message(self, *args):
        pass

host, port = options[options.index("--listen") + 1].split(":")
http.server.ThreadingHTTPServer((host, int(port)), Answers).serve_forever()
"""

PARENT = """
import asyncio, sys
from pathlib import Path
from bot.adapters.processes import Commands, EngineProcesses

async def main():
    engine, here = sys.argv[1:]
    commands = Commands(*((sys.executable, engine, name, here) for name in ("serve", "actions", "train")))
    async with EngineProcesses(Path(here), commands, 10.0):
        print("ready", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""

FOLLOWER = """
import os, signal, sys, time
from bot.adapters.processes import follow_parent
follow_parent()
print(os.getpid(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    script = tmp_path / "engine.py"
    script.write_text(ENGINE)
    serve, actions, training = (
        (sys.executable, str(script), name, str(tmp_path)) for name in ("serve", "actions", "train")
    )
    return Commands(serve, actions, training)


def starts(folder: Path, name: str) -> list[dict[str, object]]:
    file = folder / name
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def pid_of(folder: Path, name: str) -> int:
    return int(str(starts(folder, name)[-1]["pid"]))


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


async def until(holds: Callable[[], bool], within: float = 10.0) -> None:
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass in time"
        await asyncio.sleep(0.02)


async def health(engine: EngineProcesses, token: str) -> int:
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": f"Bearer {token}"}
        return (await client.get(f"{engine.url}/webhooks/saphan/health", headers=headers)).status_code


async def test_the_engine_runs_on_loopback_with_its_own_token_and_ends_with_the_block(
    tmp_path: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAPHAN_TELEGRAM_TOKEN", "1:planted")

    async with EngineProcesses(tmp_path, commands, 10.0) as engine:
        assert engine.url.startswith("http://127.0.0.1:")
        assert await health(engine, engine.token.reveal()) == 200
        assert await health(engine, "another") == 401
        pids = [pid_of(tmp_path, "serve"), pid_of(tmp_path, "actions")]

    assert not any(is_running(pid) for pid in pids)
    [serve], [actions] = starts(tmp_path, "serve"), starts(tmp_path, "actions")
    assert isinstance(serve["options"], list)
    assert serve["options"][:2] == ["--home", str(tmp_path)]
    assert "--with-parent" in serve["options"]
    assert "SAPHAN_ENGINE_TOKEN" in str(serve["names"])
    assert "SAPHAN" not in str(actions["names"])
    assert "TELEGRAM" not in str(serve["names"])


async def test_a_process_that_dies_is_started_again_where_it_was(tmp_path: Path, commands: Commands) -> None:
    async with EngineProcesses(tmp_path, commands, 10.0) as engine:
        os.kill(pid_of(tmp_path, "serve"), signal.SIGKILL)
        await until(lambda: len(starts(tmp_path, "serve")) == 2)

        async def answers() -> bool:
            try:
                return await health(engine, engine.token.reveal()) == 200
            except httpx.TransportError:
                return False

        deadline = time.monotonic() + 10
        while not await answers():
            assert time.monotonic() < deadline


async def test_an_engine_that_cannot_start_is_an_engine_failure_and_leaves_nothing(
    tmp_path: Path, commands: Commands
) -> None:
    (tmp_path / "serve-broken").touch()

    with pytest.raises(EngineFailure, match=r"see .*engine\.log"):
        async with EngineProcesses(tmp_path, commands, 10.0):
            pass

    assert not is_running(pid_of(tmp_path, "actions"))


async def test_an_environment_that_was_not_built_is_named(tmp_path: Path) -> None:
    missing = ("/nowhere/python",)
    with pytest.raises(SettingError, match="make setup"):
        async with EngineProcesses(tmp_path, Commands(missing, missing, missing)):
            pass


async def test_killing_the_app_leaves_nothing_running(tmp_path: Path, commands: Commands) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, commands.serve[1], str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    pids = [pid_of(tmp_path, "serve"), pid_of(tmp_path, "actions")]
    assert all(is_running(pid) for pid in pids)

    parent.kill()
    parent.wait()
    parent.stdout.close()

    await until(lambda: not any(is_running(pid) for pid in pids))


async def test_a_program_that_follows_its_parent_ends_with_it() -> None:
    shell = subprocess.Popen(
        ["/bin/sh", "-c", '"$0" -c "$1" & wait', sys.executable, FOLLOWER], stdout=subprocess.PIPE, text=True
    )
    assert shell.stdout is not None
    follower = int(shell.stdout.readline())

    shell.kill()
    shell.wait()
    shell.stdout.close()

    await until(lambda: not is_running(follower))


async def test_the_log_of_a_process_is_private_and_stays_small(tmp_path: Path, commands: Commands) -> None:
    log = tmp_path / "logs" / "engine.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * (LOG_SIZE + 1))
    log.chmod(0o600)

    async with EngineProcesses(tmp_path, commands, 10.0):
        assert log.read_bytes() == b"started\n"
        assert log.stat().st_mode & 0o077 == 0
        assert (log.parent / "engine.1.log").stat().st_size == LOG_SIZE + 1


async def test_training_that_fails_is_told(tmp_path: Path, commands: Commands) -> None:
    await train(tmp_path, commands)
    (tmp_path / "train-broken").touch()

    with pytest.raises(EngineFailure, match="status 3"):
        await train(tmp_path, commands)
