"""`saphan rehearse`: plays the persona stories of `flows/rehearsal` against the real bot, and names every broken rule.

Nothing of the installation is touched: the stage has a folder and a database of its own, which are removed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.bootstrap import CHECKOUT, FLOWS
from bot.commands.run import open_engine
from bot.errors import SettingError
from bot.rehearsal.play import Fault, Player
from bot.rehearsal.seen import Seen
from bot.rehearsal.stage import open_stage
from bot.rehearsal.stories import Story, read_stories
from bot.settings import Settings
from bot.words import read_flows

STORIES: Final = FLOWS / "rehearsal"
CLEAR: Final = "\r\033[K"


async def run(settings: Settings, *, only: str, show: bool) -> int:
    """Play the stories, or only those of some names, with commas between them; 1 when a rule was broken."""
    stories = read_stories(STORIES)
    named = [name.strip() for name in only.split(",") if name.strip()]
    unknown = [name for name in named if not any(name in (story.name, story.persona) for story in stories)]
    if unknown:
        raise SettingError(f"--only {unknown[0]}: no persona and no story has this name")
    stories = [story for story in stories if not named or not {story.name, story.persona}.isdisjoint(named)]
    flows = read_flows(CHECKOUT)
    faults: list[Fault] = []
    started = time.monotonic()
    async with open_engine(settings) as engine:
        with tempfile.TemporaryDirectory(prefix="saphan-rehearsal-") as folder:
            async with open_stage(Path(folder), engine) as stage:
                player = Player(stage, flows)
                for number, story in enumerate(stories, start=1):
                    _progress(f"{number} of {len(stories)}: {story.name}")
                    found = await player.play(story, _show if show else None)
                    _tell(found)
                    faults += found
    _progress("")
    _report(stories, faults, time.monotonic() - started)
    return 1 if faults else 0


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(CLEAR + line)
        sys.stderr.flush()


def _show(seen: Seen) -> None:
    """Print one step: what was done, and what came onto the screen."""
    step = seen.step
    lines = [f"\n== {seen.story.name} ({seen.story.language}): {seen.story.title}"] if step.number == 1 else []
    lines.append(f"{step.number:>3} {step.does}: {step.what}")
    lines += [f"      {message.text}" for message in seen.messages]
    if seen.messages and seen.messages[-1].labels:
        lines.append(f"      [{'] ['.join(seen.messages[-1].labels)}]")
    sys.stdout.write("\n".join(lines) + "\n")


def _tell(faults: Sequence[Fault]) -> None:
    _progress("")
    for fault in faults:
        sys.stdout.write(f"{fault.story}, step {fault.step}: {fault.rule}: {fault.says}\n")
    sys.stdout.flush()


def _report(stories: Sequence[Story], faults: Sequence[Fault], seconds: float) -> None:
    steps = sum(len(story.steps) for story in stories)
    languages = len({story.language for story in stories})
    played = f"{len(stories)} stories, {steps} steps, {languages} languages, {seconds:.0f} s"
    sys.stdout.write(f"{played}: {'no rule was broken' if not faults else f'{len(faults)} to mend'}\n")
