"""A message costs in a conversation of 5,000 messages what it costs in one of 50, within a tenth (issue 4, *Weeks*).

Counted in steps of SQLite's own machine, which do not depend on what else the computer does; times stand in
`scripts/bench`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import aiosqlite
import pytest
from sqlalchemy import insert, update

from bot.adapters.db.records import SqlRecords
from bot.adapters.db.tables import consents, conversations, inbox, messages, observations, outbox
from tests.support.fakes import a_reading
from tests.support.house import TestHouse, open_test_house

SHORT = 50
LONG = 5_000
TENTH = 1.1


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[TestHouse]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'saphan.db'}"
    async with open_test_house(url, tmp_path) as made:
        await made.says("", kind="start")
        # The first sign that is told is held against the published rules; what follows builds on that.
        made.engine.readings["no money yet"] = a_reading("withheld_wages")
        await made.says("no money yet")
        yield made


def records_of(house: TestHouse) -> SqlRecords:
    return cast("SqlRecords", house.house.records)


async def grow(house: TestHouse, first: int, last: int) -> None:
    """Let the talk have been going on: each message heard, answered and delivered."""
    now = house.clock.now()
    one = (await house.conversation()).id
    turns = range(first, last)
    base = 1_000_000 if first == 0 else 2_000_000
    said = [_message(one, n, "person", None) if n % 2 else _message(one, n, "bot", base + n) for n in turns]
    given = {"conversation": one, "scope": "remembered:30", "organisation": "home", "act": "remember_30", "at": now}
    filled = (
        (messages, [{**row, "at": now} for row in said]),
        (inbox, [_incoming(one, n, now) for n in turns]),
        (outbox, [_outgoing(one, n, base + n, now) for n in turns]),
        (observations, [{"conversation": one, "message": f"old-{n}", "sealed": b"code", "at": now} for n in turns]),
        (consents, [{**given, "turn": n} for n in turns if n % 500 in (0, 499)]),
    )
    async with records_of(house)._engine.begin() as connection:
        for table, rows in filled:
            await connection.execute(insert(table), rows)
        reached = update(conversations).where(conversations.c.id == one)
        await connection.execute(reached.values(last_seq=10_000 * (1 + last), turn=last))


def _incoming(conversation: str, number: int, now: datetime) -> dict[str, object]:
    return {
        "channel": "telegram",
        "bot": "1",
        "update_id": f"old-{number}",
        "kind": "text",
        "conversation": conversation,
        "payload": None,
        "received_at": now,
        "next_at": now,
        "attempts": 0,
        "turn": number,
    }


def _outgoing(conversation: str, number: int, row: int, now: datetime) -> dict[str, object]:
    return {
        "id": row,
        "conversation": conversation,
        "kind": "words",
        "channel": "telegram",
        "bot": "1",
        "chat_sealed": b"",
        "payload": None,
        "has_buttons": False,
        "state": "delivered",
        "created_at": now,
        "next_at": now,
        "delivered_at": now,
        "remote": str(number),
    }


def _message(conversation: str, number: int, author: str, outbox_row: int | None) -> dict[str, object]:
    return {
        "id": f"old-{number}",
        "conversation": conversation,
        "seq": 10_000 * (1 + number // SHORT) + number,
        "turn": number,
        "author": author,
        "sealed": b"sealed words",
        "member": None,
        "read": True,
        "outbox": outbox_row,
    }


@asynccontextmanager
async def counted(house: TestHouse) -> AsyncIterator[list[int]]:
    """Count the steps of the database's machine."""
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    async def watch(handler: object) -> None:
        async with records_of(house)._engine.connect() as connection:
            raw = cast("aiosqlite.Connection", (await connection.get_raw_connection()).driver_connection)
            await raw.set_progress_handler(handler, 1)  # type: ignore[arg-type]

    await watch(step)
    try:
        yield steps
    finally:
        await watch(None)


async def cost_of_a_message(house: TestHouse) -> int:
    """Give the fewest steps that one of three messages takes, from the inbox to the last look of the clock."""
    costs = []
    for number in range(3):
        text = f"they keep my pay {number}"
        house.engine.readings[text] = a_reading("withheld_wages")
        async with counted(house) as steps:
            await house.says(text)
            await house.workers.due.look()
        costs.append(steps[0])
    return min(costs)


async def test_a_message_late_in_a_long_talk_costs_what_an_early_one_costs(house: TestHouse) -> None:
    await grow(house, 0, SHORT)
    early = await cost_of_a_message(house)
    await grow(house, SHORT, LONG)
    late = await cost_of_a_message(house)
    assert early > 0
    assert late <= early * TENTH, f"{early} steps at message {SHORT}, {late} at message {LONG}"
