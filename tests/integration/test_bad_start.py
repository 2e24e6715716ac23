"""A wrong setting, key, database, words file or port stops the start: one line, exit status 2, nothing changed."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.databases import bring_up

CHECKOUT = Path(__file__).resolve().parents[2]


def start(home: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start the program in a folder of its own; it has to end by itself."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAPHAN_")}
    settings = {
        "SAPHAN_HOME": str(home),
        "SAPHAN_LISTEN": "127.0.0.1:0",
        "SAPHAN_DESK_LISTEN": "127.0.0.1:0",
        "SAPHAN_ENGINE_URL": "http://127.0.0.1:9",
        "SAPHAN_ENGINE_TOKEN": "t" * 32,
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", "run"],
        cwd=settings.pop("CWD", str(CHECKOUT)),
        env={**environment, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def installed(home: Path) -> Path:
    """Make a database and a key, as a start does, and give the database."""
    home.mkdir()
    with_key(home)
    database = home / "saphan.db"
    asyncio.run(bring_up(f"sqlite+aiosqlite:///{database}"))
    return database


def with_key(home: Path, mode: int = 0o600) -> None:
    (home / "secret.key").write_bytes(bytes(32))
    (home / "secret.key").chmod(mode)


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """Give the one line that was said."""
    lines = [line for line in result.stderr.splitlines() if not line.startswith("{")]
    assert result.returncode == 2, result.stderr
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("saphan: ")
    assert "Traceback" not in result.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAPHAN_LISTEN", "nowhere"),
        ("SAPHAN_DATABASE_URL", "mysql://x"),
        ("SAPHAN_LOG_LEVEL", "LOUD"),
        ("SAPHAN_TELEGRAM_TOKEN", "not a token"),
        ("SAPHAN_ENGINE_URL", "http://engine.example:5005"),
        ("SAPHAN_COLOUR", "red"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not(tmp_path: Path, name: str, value: str) -> None:
    said = refused(start(tmp_path / "home", **{name: value}))
    assert name in said
    if name == "SAPHAN_TELEGRAM_TOKEN":
        assert value not in said
    assert not (tmp_path / "home").exists()


def test_a_busy_port_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = refused(start(tmp_path / "home", SAPHAN_LISTEN=f"127.0.0.1:{taken.getsockname()[1]}"))
    assert "SAPHAN_LISTEN" in said
    assert not (tmp_path / "home").exists()


def test_a_database_without_its_key_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    installed(home)
    (home / "secret.key").unlink()
    said = refused(start(home))
    assert "secret.key" in said
    assert not (home / "secret.key").exists()


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with_key(home, 0o644)
    assert "secret.key" in refused(start(home))
    assert not (home / "saphan.db").exists()


def test_a_database_that_is_not_ours_is_left_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with sqlite3.connect(home / "saphan.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    with_key(home)
    before = (home / "saphan.db").read_bytes()
    assert "SAPHAN_DATABASE_URL" in refused(start(home))
    assert (home / "saphan.db").read_bytes() == before


def test_a_database_of_a_newer_program_is_left_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with sqlite3.connect(installed(home)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = 'later'")
    assert "newer" in refused(start(home))


def test_a_words_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    for part in ("bot", "flows"):
        shutil.copytree(CHECKOUT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
    (checkout / "flows" / "words" / "th" / "handoff.ftl").write_text("offer = { $org\n")
    said = refused(start(tmp_path / "home", CWD=str(checkout), PYTHONPATH=str(checkout)))
    assert "handoff.ftl" in said
    assert not (tmp_path / "home").exists()
