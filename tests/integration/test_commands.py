"""The commands that operators script against (design/contract.md), as processes of their own."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from pathlib import Path

from tests.support.engine_server import TOKEN, serve_fake_engine
from tests.support.fakes import FakeEngine, a_reading
from tests.support.house import content
from tests.support.program import CHECKOUT


async def saphan(
    home: Path, *command: str, stdin: str = "", engine: str = "http://127.0.0.1:9"
) -> tuple[int, str, str]:
    """Run one command; give exit status, output and what it said besides."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAPHAN_")}
    settings = {"SAPHAN_HOME": str(home), "SAPHAN_ENGINE_URL": engine, "SAPHAN_ENGINE_TOKEN": TOKEN}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.cli",
        *command,
        cwd=CHECKOUT,
        env={**environment, **settings},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(process.communicate(stdin.encode()), 60)
    return process.returncode or 0, output.decode(), errors.decode()


async def test_read_gives_a_line_each_in_order_and_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    engine = FakeEngine(readings={"they hit us": a_reading("violence")}, fails_on={"poison"})
    lines = [
        '{"id": 1, "text": "they hit us"}',
        "nonsense",
        '{"id": "b"}',
        '{"id": 3, "text": ""}',
        '{"id": 4, "text": 5}',
    ]
    async with serve_fake_engine(engine) as url:
        status, output, _ = await saphan(tmp_path, "read", stdin="\n".join(lines), engine=url)
    answers = [json.loads(line) for line in output.splitlines()]
    assert status == 0
    assert [answer["id"] for answer in answers] == [1, None, None, 3, None]
    assert answers[0]["indicators"] == [{"code": "violence", "confidence": 0.9, "evidence": [0, 1]}]
    assert set(answers[0]) == {
        "id",
        "language",
        "script",
        "intent",
        "intent_confidence",
        "indicators",
        "urgency",
        "urgency_maybe",
    }
    assert [("error" in answer) for answer in answers] == [False, True, True, False, True]


async def test_chat_goes_through_the_same_inbox_turn_and_outbox(tmp_path: Path) -> None:
    async with serve_fake_engine(FakeEngine()) as url:
        status, output, _ = await saphan(tmp_path, "chat", "--lang", "th", stdin="hello\n", engine=url)
    assert status == 0
    assert content().words.say("opening.practice", "th") in output
    assert content().words.say("listening.heard-1", "en") in output
    with sqlite3.connect(tmp_path / "saphan.db") as database:
        assert database.execute("SELECT count(*) FROM inbox WHERE payload IS NOT NULL").fetchone() == (0,)


async def test_staff_add_prints_a_one_time_link_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    add = ("staff", "add", "--name", "Ann", "--role", "counsellor")
    status, output, _ = await saphan(tmp_path, *add, "--languages", "th,lo")
    assert status == 0
    assert output.startswith("http://localhost:8081/setup/")
    assert (await saphan(tmp_path, *add, "--languages", "th"))[0] == 2
    assert (await saphan(tmp_path, "staff", "add", "--name", "Bo", "--role", "counsellor"))[0] == 2
    assert (await saphan(tmp_path, "staff", "add", "--name", "Bo", "--role", "king"))[0] == 2


async def test_erase_erases_by_case_code_and_says_so(tmp_path: Path) -> None:
    async with serve_fake_engine(FakeEngine()) as url:
        await saphan(tmp_path, "chat", stdin="hello\n", engine=url)
    with sqlite3.connect(tmp_path / "saphan.db") as database:
        (code,) = database.execute("SELECT code FROM conversations").fetchone()
    status, output, _ = await saphan(tmp_path, "erase", code.lower())
    assert (status, output) == (0, "erased\n")
    with sqlite3.connect(tmp_path / "saphan.db") as database:
        for table in ("conversations", "messages", "inbox", "outbox", "conversation_keys", "observations"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - our own names
    status, _, errors = await saphan(tmp_path, "erase", code)
    assert (status, errors) == (1, "saphan: no conversation has this case code\n")
    assert (await saphan(tmp_path, "audit", "verify"))[:2] == (0, "the chain holds\n")


async def test_a_changed_audit_row_is_named_and_ends_with_status_1(tmp_path: Path) -> None:
    await saphan(tmp_path, "staff", "add", "--name", "Ann", "--role", "administrator")
    with sqlite3.connect(tmp_path / "saphan.db") as database:
        database.execute("UPDATE audit SET act = 'nothing' WHERE number = (SELECT max(number) FROM audit)")
    status, output, _ = await saphan(tmp_path, "audit", "verify")
    assert status == 1
    assert output.startswith("row ")
