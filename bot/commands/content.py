"""`saphan content export`: a copy of `flows/` with what the desk changed in it, to be compared and taken over."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

from bot.bootstrap import FLOWS, open_house, read_content
from bot.errors import SettingError
from bot.services.content.export import changed_files, read_changes
from bot.settings import Settings

IN_FLOWS = ("*.yml", "words/*/*.ftl")


async def export(settings: Settings, folder: Path) -> int:
    """Write the copy into a folder that is not there yet, and name every file that differs."""
    if await asyncio.to_thread(folder.exists):
        raise SettingError(f"FOLDER: {folder} is there already; name one that is not, and compare it with flows/")
    content = read_content()
    async with open_house(settings, content) as house:
        found = await read_changes(house.records, content.files(), content.off)
    texts = {
        path.relative_to(FLOWS).as_posix(): path.read_text(encoding="utf-8")
        for pattern in IN_FLOWS
        for path in FLOWS.glob(pattern)
    }
    files = changed_files(found, texts)
    shutil.copytree(FLOWS, folder)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{folder / name}\n")
    sys.stdout.write("nothing was changed at the desk\n" if not files else f"{len(files)} files differ from flows/\n")
    return 0
