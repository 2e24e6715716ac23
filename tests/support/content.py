"""Small trees of content files to plant faults in."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from bot.adapters.content import read_material
from bot.services.check import check_all


def write(root: Path, file: str, text: str) -> None:
    """Write one file of a tree."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")


def plant(root: Path, file: str, old: str, new: str) -> int:
    """Change one file and give the line of the change."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def findings(root: Path, *beginnings: str) -> list[str]:
    """Give what the check says of some files or folders; the rest of a small tree is missing and said to be."""
    return [line for line in check_all(root, read_material(root)) if line.startswith(beginnings)]
