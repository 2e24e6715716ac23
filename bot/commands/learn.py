"""`saphan learn`: sentences that reviewers wrote, as a proposed change of `nlu_data`, checked like everything there."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.adapters.content import read_training
from bot.bootstrap import CHECKOUT, open_house
from bot.errors import SettingError
from bot.services.learning.files import proposed, school_of, wrong_with
from bot.settings import Settings


async def learn(settings: Settings, folder: Path) -> int:
    """Write the proposed files below a folder that is not there yet; status 1 where the check finds something."""
    if await asyncio.to_thread(folder.exists):
        raise SettingError(f"FOLDER: {folder} is there already; name one that is not, and compare it with nlu_data/")
    async with open_house(settings) as house, house.records.begin() as tx:
        written = await tx.figures.corrections()
    training = await asyncio.to_thread(read_training, CHECKOUT)
    files = proposed(written, training)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
    wrong = wrong_with(read_training(folder) if files else (), training, school_of(training).intents.__contains__)
    for line in wrong:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(written)} sentences\n" if written else "nothing was written to learn from\n")
    return 1 if wrong else 0
