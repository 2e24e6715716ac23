"""`saphan engine`: the engine alone, for several machines, behind the operator's TLS."""

from __future__ import annotations

import asyncio
import signal
import sys

from bot.adapters.processes import EngineProcesses, train
from bot.errors import SettingError
from bot.settings import Address, Settings


async def run(settings: Settings, listen: str) -> None:
    """Train if the data changed, serve until asked to stop. Callers show the token of SAPHAN_ENGINE_TOKEN."""
    if settings.engine_token is None:
        raise SettingError("SAPHAN_ENGINE_TOKEN should be the token, 16 or more characters, that the apps will show")
    try:
        address = Address.parse(listen)
    except ValueError:
        raise SettingError("--listen should be host:port, such as 127.0.0.1:5005") from None
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await train(settings.home)
    async with EngineProcesses(settings.home, listen=address, token=settings.engine_token):
        sys.stdout.write(f"engine    {address}\n")
        sys.stdout.flush()
        await stopping.wait()
