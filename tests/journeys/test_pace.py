"""The pace on the real engine, with the real rules, through the real turn (P1-P4, P7, P8, P11, S1, S2, S14).

What a text says is set by the test; everything after the reading is the product: turn worker, engine, rules, commit.
"""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.adapters.engine import HttpEngine
from bot.bootstrap import build_workers
from bot.services.notes import TurnNote
from bot.services.ports import TurnAnswer
from tests.property.test_pacing import asks, move_of
from tests.support.fakes import FakeEngine, a_reading
from tests.support.house import TestHouse, open_test_house
from tests.support.pure_talk import Move, Turn
from tests.support.real_engine import RealEngine
from tests.support.witness import Witness

PROVES: Final = os.environ.get("HYPOTHESIS_PROFILE") == "prove"
CONVERSATIONS: Final = 200 if PROVES else 20
STEPS: Final = 100 if PROVES else 60
NOT_HERE: Final = ("hide", "erase_", "stop", "theme_", "clear_", "word_", "second_", "own_")
"""What ends or hides a talk has its own tests."""


class ScriptedReader(FakeEngine):
    """Reads what the test says, and asks the real engine for every move."""

    def __init__(self, real: HttpEngine) -> None:
        super().__init__()
        self.real = real

    async def turn(self, turn: str, intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        return await self.real.turn(turn, intent, case, dialogue)

    async def is_well(self) -> bool:
        return await self.real.is_well()


@dataclass
class Notebook:
    """Keeps the notes of turns."""

    notes: list[TurnNote] = field(default_factory=list)

    def watch(self, note: TurnNote) -> None:
        self.notes.append(note)


@dataclass
class Stage:
    """One house with the real engine behind it."""

    house: TestHouse
    engine: ScriptedReader
    notebook: Notebook


@pytest.fixture
async def stage(real_engine: RealEngine, tmp_path: Path) -> AsyncIterator[Stage]:
    real = HttpEngine(real_engine.url, real_engine.token)
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}", tmp_path) as house:
        engine, notebook = ScriptedReader(real), Notebook()
        house.workers = await build_workers(house.house, engine, [house.messenger], watcher=notebook)
        yield Stage(house, engine, notebook)
    await real.close()


async def do(stage: Stage, chat: str, move: Move, step: int, buttons: Mapping[str, str]) -> None:
    """Let the person do it, and let the turn be taken; nothing is delivered. `buttons` give the act of each data."""
    stage.house.clock.pass_(seconds=max(1.0, move.gap.total_seconds()))
    if move.started:
        await stage.house.writes("", chat, "start")
    elif move.stale:
        await stage.house.writes("a button from before", chat, "press")
    elif move.pressed is not None:
        data = {act: data for data, act in buttons.items()}
        await stage.house.writes(data.get(move.pressed, f"w:{move.pressed}"), chat, "press")
    else:
        text = f"{chat} {step}"
        intent = move.said[-1] if move.said else "tell"
        stage.engine.readings[text] = a_reading(
            *move.heard, intent=intent, urgency=move.urgency, urgency_maybe=move.maybe
        )
        await stage.house.writes(text, chat)
    while await stage.house.workers.converse.take_one():
        pass


def seen(note: TurnNote) -> Turn:
    """Tell the witness of one turn."""
    case = note.case
    pressed = None if case.pressed is None else str(case.pressed)
    move = Move(timedelta(0), note.read, case.heard, pressed, urgency=case.urgency, maybe=case.urgency_maybe)
    silent = None if case.silent_for is None else timedelta(seconds=case.silent_for)
    return Turn(case.now, silent, move, note.move or "stale", note.reply)


async def test_no_conversation_on_the_real_engine_breaks_the_pace(stage: Stage) -> None:
    """P1, P2, P3, P4, P7, P8, P10, P11, S1, S14: the invariants seen from outside, on the product itself."""
    asked: set[str] = set()
    for number in range(CONVERSATIONS):
        chance, witness, chat = random.Random(number), Witness(asks()), str(100 + number)
        await stage.house.writes("", chat, "start")
        while await stage.house.workers.converse.take_one():
            pass
        for step in range(STEPS):
            buttons = (await stage.house.talk(chat)).buttons
            move = move_of(chance.randrange(2**31), tuple(buttons.values()))
            if (move.pressed or "").startswith(NOT_HERE):
                continue
            before = len(stage.notebook.notes)
            await do(stage, chat, move, step, buttons)
            assert len(stage.notebook.notes) > before, "every turn was answered"
            for note in stage.notebook.notes[before:]:
                witness.sees(seen(note))
        asked |= {name.partition(":")[0] for name in witness.counts}
    assert asked >= {"question", "age", "remember", "person"}
