"""Databases of a PostgreSQL server: a private one that waits for no disk, else one that lets us in."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg
import pytest

from bot.adapters.db.migrate import migrate_to

STARTS_WITHIN: Final = 30.0
COPIES_BY_STRATEGY: Final = 150_000
"""The first PostgreSQL that is told how to copy a template."""
HASTY: Final = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")
"""What a private server leaves out: nobody's power is cut here."""
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM: Final = 1_000_000_000
"""Bytes that a server and its databases stay well under; without them in memory, the disk has to do."""


@contextmanager
def serving_databases() -> Iterator[Callable[..., Iterator[str]]]:
    """Give what makes a database and drops it; a template other than a migrated one may be named."""

    @cache
    def migrated() -> str:
        url = kept.enter_context(contextmanager(databases)("template0"))
        migrate_to(url, "head")
        return url.rsplit("/", 1)[-1].partition("?")[0]

    def databases(template: str = "") -> Iterator[str]:
        name = f"saphan_test_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as admin:
            # To copy files is quickest where no disk is waited for; older servers know no other way.
            how = "STRATEGY FILE_COPY" if is_private and admin.info.server_version >= COPIES_BY_STRATEGY else ""
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template or migrated()} {how}")  # type: ignore[arg-type, unused-ignore]
            admin.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")  # type: ignore[arg-type, unused-ignore]
            yield _sqlalchemy_url(admin, name)
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type, unused-ignore]

    binaries = None if "TEST_POSTGRES" in os.environ else _find_binaries()
    is_private = binaries is not None
    with ExitStack() as running:
        server = running.enter_context(_private_server(binaries)) if binaries else _known_server()
        with ExitStack() as kept:
            yield databases


def _known_server() -> str:
    """Give the server that `TEST_POSTGRES` names, or one of this machine that lets us in."""
    server = next((conninfo for conninfo in _known_servers() if _lets_us_in(conninfo)), "")
    if not server:
        message = "no PostgreSQL answers here and none is installed; `make setup` installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return server


def _known_servers() -> Iterator[str]:
    if "TEST_POSTGRES" in os.environ:
        yield os.environ["TEST_POSTGRES"]
        return
    me = pwd.getpwuid(os.getuid()).pw_name
    yield "host=127.0.0.1 dbname=postgres user=postgres"
    yield f"host=127.0.0.1 dbname=postgres user={me}"
    yield f"dbname=postgres user={me}"


def _lets_us_in(conninfo: str) -> bool:
    try:
        with psycopg.connect(conninfo, connect_timeout=2, autocommit=True) as admin:
            row = admin.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def _sqlalchemy_url(admin: psycopg.Connection[Any], name: str) -> str:
    info = admin.info
    login = quote(info.user) + (f":{quote(info.password, safe='')}" if info.password else "")
    if info.host.startswith("/"):
        return f"postgresql+psycopg://{login}@/{name}?host={quote(info.host)}&port={info.port}"
    return f"postgresql+psycopg://{login}@{info.host}:{info.port}/{name}"


def _find_binaries() -> Path | None:
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve()] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def _private_server(binaries: Path) -> Iterator[str]:
    """Run a throw-away server that waits for no disk: a usual one takes seconds to make and drop a database."""
    in_memory = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    room = MEMORY if in_memory else None
    with tempfile.TemporaryDirectory(prefix="saphan-pg-", dir=room, ignore_cleanup_errors=True) as folder:
        process, server = _start_server(binaries, Path(folder))
        try:
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STARTS_WITHIN)


def _start_server(binaries: Path, folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start a throw-away cluster; it refuses to run as root, so root lends it another user."""
    user = None if os.getuid() else next(u for u in ("postgres", "nobody") if _exists(u))
    if user is not None:
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    subprocess.run(
        [binaries / "initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", data],
        check=True,
        cwd=folder,
        user=user,
        stdout=subprocess.DEVNULL,
    )
    libc = ctypes.CDLL(None)
    process = subprocess.Popen(
        [
            *(binaries / "postgres", "-D", data, "-k", folder, "-h", "127.0.0.1", "-p", str(port)),
            *(argument for setting in HASTY for argument in ("-c", f"{setting}=off")),
            *("-c", "max_wal_size=128MB"),
        ],
        cwd=folder,
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # PR_SET_PDEATHSIG: the server ends with these tests, however they end.
        preexec_fn=lambda: libc.prctl(1, signal.SIGQUIT),  # noqa: PLW1509 - set before any thread of the child
    )
    conninfo = f"host=127.0.0.1 port={port} dbname=postgres user=postgres"
    deadline = time.monotonic() + STARTS_WITHIN
    while not _lets_us_in(conninfo):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail("the private PostgreSQL did not start")
        time.sleep(0.05)
    return process, conninfo


def _exists(user: str) -> bool:
    try:
        return bool(pwd.getpwnam(user))
    except KeyError:
        return False
