"""`saphan evaluate`: how well messages are read. The report itself is the engine's (`bot.evaluation`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from bot.adapters.processes import evaluate, train
from bot.settings import Settings

PATHS: Final = ("set", "out")
SWITCHES: Final = ("docs", "peers", "train", "gate")


async def run(settings: Settings, options: Mapping[str, Any]) -> int:
    """Train if the data changed, then measure; 1 where `--gate` finds a language behind the others."""
    await train(settings.home)
    return await evaluate(settings.home, arguments_of(options))


def arguments_of(options: Mapping[str, Any]) -> list[str]:
    """Give the options as the report takes them; it runs in another folder, so paths are made whole."""
    given = [(f"--{name}", str(Path(options[name]).resolve())) for name in PATHS if options[name]]
    epochs = [("--epochs", str(options["epochs"]))] if options["epochs"] else []
    return [*(word for pair in (*given, *epochs) for word in pair), *(f"--{n}" for n in SWITCHES if options[n])]
