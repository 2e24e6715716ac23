"""What an answer costs the database: as often as needed, and however long the talk is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import event

from bot.services.ports import Outgoing
from tests.support.house import TestHouse, open_test_house

TAKES_THE_LOCK: Final = "BEGIN IMMEDIATE"
BEFORE_IT_LEAVES: Final = 4
"""The message, its lease, the turn, and that the answer is on its way: each is written before the next begins."""
MOST_ASKED: Final = 32


class Counted:
    """Counts what is asked of the database between a message and the moment at which its answer leaves."""

    def __init__(self, house: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
        self._house = house
        self._statements: list[str] = []
        self._until: list[str] = []
        send = house.messenger.send

        async def leaves(chat: str, message: Outgoing) -> str:
            self._until = self._until or list(self._statements)
            return await send(chat, message)

        monkeypatch.setattr(house.messenger, "send", leaves)
        records = house.house.records
        for engine in (records._engine, records._reading):  # type: ignore[attr-defined]
            event.listen(engine.sync_engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self._statements.append(statement)

    async def says(self, text: str) -> list[str]:
        """Let the person write, and give what was asked until the answer left."""
        self._statements, self._until = [], []
        await self._house.writes(text)
        await self._house.workers.converse.take_one()
        async with self._house.house.records.look() as tx:
            due = await tx.outbox.due(self._house.clock.now(), 32)
        for row in due:
            await self._house.workers.deliver.deliver_one(row)
        assert self._until, "nothing left"
        return self._until


async def test_an_answer_costs_the_same_however_long_the_talk_is_and_takes_the_lock_four_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}"
    async with open_test_house(url, tmp_path) as house:
        await house.says("", kind="start")
        counted = Counted(house, monkeypatch)
        costs = []
        for more in (2, 40):
            for _ in range(more):
                await house.says("they keep my papers")
            costs.append(await counted.says("they keep my papers still"))
        assert [each.count(TAKES_THE_LOCK) for each in costs] == [BEFORE_IT_LEAVES] * 2
        assert len(costs[0]) == len(costs[1]) <= MOST_ASKED
