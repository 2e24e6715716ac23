"""`saphan read`: JSON lines in, what was understood out, in order. Printing a person's words is not its purpose."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final, TextIO

from bot.adapters.engine import HttpEngine
from bot.channels.terminal import read_lines
from bot.commands.run import open_engine
from bot.errors import EngineFailure, SettingError
from bot.services.ports import Reading
from bot.settings import Settings

AT_ONCE: Final = 4
"""Messages that are read side by side; answers keep the order of the lines."""
FAILED: Final = 1


async def run(settings: Settings, file: str) -> int:
    """Read every line; a line that is no message, or that cannot be read, gives an error line and the rest goes on."""
    with _open(file) as stream:
        async with open_engine(settings) as engine:
            return await _stream(engine, read_lines(stream))


def _open(file: str) -> TextIO:
    if file == "-":
        return open(sys.stdin.fileno(), encoding="utf-8", errors="surrogateescape", closefd=False)
    try:
        return Path(file).open(encoding="utf-8", errors="surrogateescape")
    except OSError as exc:
        raise SettingError(f"FILE cannot be read ({exc.strerror})") from None


async def _stream(engine: HttpEngine, lines: AsyncIterator[str]) -> int:
    """Keep a few readings under way and write them in the order in which they were asked for."""
    under_way: asyncio.Queue[asyncio.Task[dict[str, Any]] | None] = asyncio.Queue(AT_ONCE)

    async def ask() -> None:
        async for line in lines:
            if line.strip():
                await under_way.put(asyncio.create_task(_read(engine, line)))
        await under_way.put(None)

    asking = asyncio.create_task(ask())
    while (task := await under_way.get()) is not None:
        sys.stdout.write(json.dumps(await task, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    await asking
    return 0


async def _read(engine: HttpEngine, line: str) -> dict[str, Any]:
    try:
        message = json.loads(line)
        name, text = message["id"], message["text"]
    except (ValueError, KeyError, TypeError):
        return {"id": None, "error": 'the line is not an object {"id", "text"}'}
    if not isinstance(text, str):
        return {"id": None, "error": "text is not a string"}
    try:
        return _shape(name, await engine.read(text, {"languages": {}, "zawgyi": 0.0, "asked": None}))
    except EngineFailure as exc:
        return {"id": name, "error": str(exc)}


def _shape(name: Any, reading: Reading) -> dict[str, Any]:
    return {
        "id": name,
        "language": reading.language,
        "script": reading.script,
        "intent": reading.intent,
        "intent_confidence": round(reading.intent_confidence, 4),
        "indicators": [
            {"code": i.code, "confidence": round(i.confidence, 4), "evidence": [i.start, i.end]}
            for i in reading.indicators
        ],
        "urgency": reading.urgency,
        "urgency_maybe": reading.urgency_maybe,
    }
