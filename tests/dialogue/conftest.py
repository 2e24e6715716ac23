"""One trained engine for the whole folder, run as the app runs it, at DEBUG and with the network guarded."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.model import is_current
from tests.dialogue.running import ROOT, Engine

GUARD = Path(__file__).parent / "guard"


def guarded(notes: Path) -> dict[str, str]:
    """Give the environment in which a connection that leaves this machine fails and is noted."""
    # uvloop connects without Python knowing, so the guard would not see it.
    return {"NETWORK_GUARD": str(notes), "PYTHONPATH": str(GUARD), "SANIC_USE_UVLOOP": "false"}


@pytest.fixture(scope="session")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a current model: the one in `var`, or one trained now."""
    home = tmp_path_factory.mktemp("engine")
    if is_current(ROOT / "var"):
        shutil.copytree(ROOT / "var" / "models", home / "models")
    else:
        subprocess.run([sys.executable, "-m", "bot.dialogue.train", "--home", str(home)], cwd=ROOT, check=True)
    return home


@pytest.fixture(scope="session")
def engine(trained_home: Path) -> Iterator[Engine]:
    """Give the running engine."""
    running = Engine(trained_home, {**guarded(trained_home / "left-this-machine"), "SAPHAN_LOG_LEVEL": "DEBUG"})
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def broken_actions(engine: Engine) -> Iterator[Engine]:
    """Give the engine while its action server holds actions that fail."""
    engine.start_actions("tests.dialogue.broken_actions")
    yield engine
    engine.start_actions()
