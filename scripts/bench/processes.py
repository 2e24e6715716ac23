"""What Linux tells of a process and of those that it started: memory and work done."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

NAMES: Final = {
    "bot.cli": "app",
    "bot.dialogue.serve": "engine",
    "bot.dialogue.actions": "actions",
    "rasa": "stock bot",
}
"""Word of a command line and what we call that process."""
KB_IN_MB: Final = 1024


def family(pid: int) -> list[int]:
    """Give a process and all that descend from it."""
    parents = dict(_parents())
    found = [pid]
    for member in found:
        found += [child for child, parent in parents.items() if parent == member]
    return found


def resident(pid: int) -> dict[str, float]:
    """Give the resident memory of a process and its descendants by name, in MB; pages they share count in each."""
    total: dict[str, float] = {}
    for member in family(pid):
        status = _status(member)
        if "VmRSS" in status:
            name = _name(member)
            total[name] = total.get(name, 0.0) + int(status["VmRSS"].split()[0]) / KB_IN_MB
    return total


def worked(pid: int) -> dict[str, float]:
    """Give the seconds of processor time that a process and its descendants have used, by name."""
    ticks = os.sysconf("SC_CLK_TCK")
    total: dict[str, float] = {}
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        name = _name(member)
        total[name] = total.get(name, 0.0) + (int(fields[11]) + int(fields[12])) / ticks
    return total


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            status = _status(int(folder.name))
            if "PPid" in status:
                yield int(folder.name), int(status["PPid"])


def _status(pid: int) -> Mapping[str, str]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    return next((NAMES[Path(word).name] for word in words if Path(word).name in NAMES), Path(words[0]).name)
