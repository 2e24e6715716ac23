"""What every test may lean on: a fresh database of each kind, and one profile for property tests.

Both interpreters load this file, so what only the app has is imported where it is used.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.support.real_engine import RealEngine

IN_CI = os.environ.get("CI") == "true"
SHARED_ENGINE = os.environ.get("TEST_ENGINE", "")
"""Address and token of an engine that was started before the tests; scripts/test.sh does."""
LONGEST = ("tests/journeys/test_pace.py", "tests/journeys/test_rehearsal.py", "tests/journeys/test_killed.py")
LONG = ("tests/journeys/", "tests/desk/test_accessible.py")

# What tests read and make stays: to look through it for garbage as often as Python does takes a fifth of their time.
gc.set_threshold(50_000, 50)

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
    # A long story at the end would let one worker wait for the others.
    items.sort(key=lambda item: (not item.nodeid.startswith(LONGEST), not item.nodeid.startswith(LONG)))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[Callable[[], Iterator[str]]]:
    """Give what makes databases on a PostgreSQL server of this worker."""
    from tests.support.postgresql import serving_databases

    with serving_databases() as databases:
        yield databases
