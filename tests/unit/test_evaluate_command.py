"""`saphan evaluate` hands on what was asked for, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.commands.evaluate import arguments_of

NOTHING: dict[str, Any] = {
    "set": None,
    "out": None,
    "epochs": None,
    "docs": False,
    "peers": False,
    "train": False,
    "gate": False,
}


def test_without_options_the_report_takes_its_own() -> None:
    assert arguments_of(NOTHING) == []


def test_paths_are_made_whole_for_the_report_runs_in_another_folder() -> None:
    given = arguments_of({**NOTHING, "set": "mine", "out": "there", "epochs": 20, "gate": True, "peers": True})
    assert given == [
        "--set",
        str(Path.cwd() / "mine"),
        "--out",
        str(Path.cwd() / "there"),
        "--epochs",
        "20",
        "--peers",
        "--gate",
    ]
