"""The side column of `saphan chat` tells what was understood, which rule answered and what pacing decided: in codes."""

from __future__ import annotations

from pathlib import Path

from bot.bootstrap import build_workers
from bot.commands.turn_notes import TurnNotes, lines_of
from bot.services.notes import TurnNote
from tests.support.fakes import a_reading
from tests.support.house import open_test_house


async def test_every_turn_is_told_in_codes_and_never_in_words(tmp_path: Path) -> None:
    notes = TurnNotes.load()
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'notes.db'}", tmp_path) as test:
        test.engine.readings["a planted sentence"] = a_reading("document_retention", urgency_maybe="danger_now")
        test.workers = await build_workers(test.house, test.engine, [test.messenger], notes)
        await test.says("", kind="start")
        opening = "\n".join(notes.take())
        await test.says("a planted sentence")
        told = "\n".join(notes.take())
        await test.says("stop")
        stopped = "\n".join(notes.take())
    assert "start: flows/rules/opening.yml:" in opening
    assert "→ action_welcome" in opening
    assert "codes       document_retention" in told
    assert "urgency     none (maybe danger_now)" in told
    assert "a planted sentence" not in told
    assert "rule        way out stop, without the engine" in stopped


async def test_what_pacing_decided_and_why_is_told(tmp_path: Path) -> None:
    class Keeper:
        notes: list[TurnNote] = []  # noqa: RUF012 - one test's own

        def watch(self, note: TurnNote) -> None:
            self.notes.append(note)

    keeper = Keeper()
    async with open_test_house(f"sqlite+aiosqlite:///{tmp_path / 'pace.db'}", tmp_path) as test:
        test.workers = await build_workers(test.house, test.engine, [test.messenger], keeper)
        await test.says("", kind="start")
    note = keeper.notes[0]
    pacing = {"decided": "nothing:quiet", "told": 2, "row": 1, "quiet": True, "asked": {"id": "question:q"}}
    lines = lines_of(TurnNote(note.case, (), "engine", "tell", note.reply, {"pacing": pacing}), {})
    assert "pace        nothing, for quiet" in lines
    assert any("open question question:q" in line and "left in peace" in line for line in lines)
