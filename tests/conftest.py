"""What every test may lean on: a fresh database of each kind, and one profile for property tests.

Both interpreters load this file, so what only the app has is imported where it is used.
"""

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
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.support.real_engine import RealEngine

IN_CI = os.environ.get("CI") == "true"
SHARED_ENGINE = os.environ.get("TEST_ENGINE", "")
"""Address and token of an engine that was started before the tests; scripts/test.sh does."""
STARTS_WITHIN = 30.0
LONG = ("tests/journeys/", "tests/desk/test_accessible.py")

settings.register_profile(
    "quick", max_examples=50, deadline=None, derandomize=IN_CI, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("prove", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database without rows, of each kind in turn; an SQLite file is made by who opens it."""
    if request.param == "sqlite":
        yield sqlite_in(tmp_path)
        return
    with_database: Callable[[], Iterator[str]] = request.getfixturevalue("postgresql_databases")
    yield from with_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database without tables, of each kind in turn."""
    if request.param == "sqlite":
        yield sqlite_in(tmp_path)
        return
    with_database: Callable[[str], Iterator[str]] = request.getfixturevalue("postgresql_databases")
    yield from with_database("template0")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the URL of an empty SQLite database, for whole stories: what differs by kind has its own tests."""
    return sqlite_in(tmp_path)


def sqlite_in(folder: Path) -> str:
    """Give the URL of an SQLite database in a folder."""
    return f"sqlite+aiosqlite:///{folder / 'saphan.db'}"


@pytest.fixture
def postgresql_url(postgresql_databases: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Give the URL of an empty PostgreSQL database, for what only PostgreSQL does."""
    yield from postgresql_databases()


@pytest.fixture(scope="session")
def real_engine() -> Iterator[RealEngine]:
    """Give the real engine: the one that was started before the tests, or one of this worker."""
    from tests.support.real_engine import started_elsewhere, started_here

    if SHARED_ENGINE:
        yield started_elsewhere(SHARED_ENGINE)
        return
    with started_here() as engine:
        yield engine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what needs the real engine on one worker, unless all workers share one; begin with what takes longest."""
    for item in items:
        if not SHARED_ENGINE and "real_engine" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("engine"))
    # A long story at the end would let one worker wait for the other.
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[Callable[[], Iterator[str]]]:
    """Find a PostgreSQL server that lets us in, or start a private one; in CI its absence is a failure."""
    import psycopg

    @cache
    def migrated() -> str:
        from bot.adapters.db.migrate import migrate_to

        url = kept.enter_context(contextmanager(databases)("template0"))
        migrate_to(url, "head")
        return url.rsplit("/", 1)[-1].partition("?")[0]

    def databases(template: str = "") -> Iterator[str]:
        name = f"saphan_test_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name} TEMPLATE {template or migrated()}")  # type: ignore[arg-type, unused-ignore]
            # Nobody's power is cut here.
            admin.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")  # type: ignore[arg-type, unused-ignore]
            yield _sqlalchemy_url(admin, name)
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type, unused-ignore]

    server = next((conninfo for conninfo in _known_servers() if _lets_us_in(conninfo)), "")
    if server:
        with ExitStack() as kept:
            yield databases
        return
    with tempfile.TemporaryDirectory(prefix="saphan-pg-", ignore_cleanup_errors=True) as folder:
        process, server = _start_server(_find_binaries(), Path(folder))
        with ExitStack() as kept:
            yield databases
        process.send_signal(signal.SIGINT)
        process.wait(STARTS_WITHIN)


def _known_servers() -> Iterator[str]:
    if "TEST_POSTGRES" in os.environ:
        yield os.environ["TEST_POSTGRES"]
        return
    me = pwd.getpwuid(os.getuid()).pw_name
    yield "host=127.0.0.1 dbname=postgres user=postgres"
    yield f"host=127.0.0.1 dbname=postgres user={me}"
    yield f"dbname=postgres user={me}"


def _lets_us_in(conninfo: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(conninfo, connect_timeout=2, autocommit=True) as admin:
            row = admin.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
            return bool(row and row[0])
    except psycopg.Error:
        return False


def _sqlalchemy_url(admin: object, name: str) -> str:
    info = admin.info  # type: ignore[attr-defined]
    login = quote(info.user) + (f":{quote(info.password, safe='')}" if info.password else "")
    if info.host.startswith("/"):
        return f"postgresql+psycopg://{login}@/{name}?host={quote(info.host)}&port={info.port}"
    return f"postgresql+psycopg://{login}@{info.host}:{info.port}/{name}"


def _find_binaries() -> Path:
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve()] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    message = "no PostgreSQL answers here and none is installed; `make setup` installs it"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


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
        [binaries / "postgres", "-D", data, "-k", folder, "-h", "127.0.0.1", "-p", str(port), "-F"],
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
