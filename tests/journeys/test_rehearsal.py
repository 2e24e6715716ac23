"""`saphan rehearse`: every persona's stories against the real bot, over Telegram's own protocol, break no promise."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

from bot.commands.rehearse import STORIES
from bot.rehearsal.stories import read_stories
from tests.support.program import CHECKOUT
from tests.support.real_engine import RealEngine

PROVES = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
"""`make prove` plays every story; a run of the tests some of each persona and language."""
GO_ANOTHER_WAY = 3
"""Stories in which the talk may turn elsewhere than its author thought: the reader is learnt anew each time, and reads
a borderline message now so, now so. No rule may be broken on any way."""


def some_of_each() -> list[str]:
    """Name stories so that every persona and every language is among them, and one in six of the others."""
    met: set[str] = set()
    names = []
    for number, story in enumerate(read_stories(STORIES)):
        if number % 6 == 0 or not {story.persona, story.language} <= met:
            names.append(story.name)
            met |= {story.persona, story.language}
    return names


async def rehearse(engine: RealEngine, home: Path, *options: str) -> tuple[int, str]:
    """Run the command as an operator does; give its status and what it printed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAPHAN_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.cli",
        "rehearse",
        *options,
        cwd=CHECKOUT,
        env={**environment, "SAPHAN_HOME": str(home), **engine.settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


async def test_no_story_breaks_a_promise(real_engine: RealEngine, tmp_path: Path) -> None:
    """P1, P5, P6, P7, L1, L2, L3, L4, L5, L7, L9, T1, T2, T5, T6, T9, S1, S2, S3, S4, S5, S9, S14, S17, H1, H5, D2, D5.

    What the observer looks at in each step stands in bot/rehearsal/observer.py.
    """
    options = () if PROVES else ("--only", ",".join(some_of_each()))
    _, printed = await rehearse(real_engine, tmp_path, *options)
    found = re.findall(r"^(\S+/\S+), step \d+: (\S+):", printed, re.MULTILINE)
    assert [rule for _, rule in found if rule != "story"] == [], printed
    assert len({story for story, _ in found}) <= GO_ANOTHER_WAY, printed
    played = re.search(r"(\d+) stories, \d+ steps, (\d+) languages", printed)
    assert played is not None
    assert int(played[1]) >= (40 if PROVES else 15)
    assert int(played[2]) == 10
    assert list(tmp_path.iterdir()) == [], "nothing of the installation was touched"


async def test_an_unknown_name_is_told(real_engine: RealEngine, tmp_path: Path) -> None:
    status, printed = await rehearse(real_engine, tmp_path, "--only", "nobody")
    assert status == 2
    assert "no persona and no story has this name" in printed
