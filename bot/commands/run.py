"""`saphan run`: engine, actions, app and desk, until Ctrl-C or the death of the parent."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from typing import Any, Final

import uvicorn

from bot.adapters.engine import HttpEngine
from bot.adapters.processes import EngineProcesses, train
from bot.bootstrap import House, Workers, build_workers, open_house, read_content, refuse_wrong_content
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.poll import UpdateLoop
from bot.commands.calls import calls_to_staff
from bot.commands.pages import desk_app, web_chat_app
from bot.errors import SettingError
from bot.services.ports import Messenger
from bot.settings import Address, Settings

STOPS_WITHIN: Final = 3
"""Seconds that open pages have to end when we stop."""


async def run(settings: Settings) -> None:
    """Start everything, say where things are, and work until asked to stop."""
    content = read_content()
    await refuse_wrong_content()
    with (
        _listening(settings.listen, "SAPHAN_LISTEN") as people,
        _listening(settings.desk_listen, "SAPHAN_DESK_LISTEN") as desk,
    ):
        async with AsyncExitStack() as stack:
            house = await stack.enter_async_context(open_house(settings, content))
            engine = await stack.enter_async_context(open_engine(settings))
            await _serve(house, engine, people, desk, stack)


async def _serve(
    house: House, engine: HttpEngine, people: socket.socket, desk: socket.socket, stack: AsyncExitStack
) -> None:
    web_chat, web_messenger, close_pages = web_chat_app(house)
    messengers: list[Messenger] = [web_messenger]
    loops: list[Any] = []
    if house.settings.telegram_token is not None:
        api = BotApi(house.settings.telegram_token.reveal(), house.settings.telegram_api)
        await stack.enter_async_context(api)
        messengers.append(TelegramMessenger(api))
        loops.append(UpdateLoop(api, house.receive).run())
    loops += await stack.enter_async_context(calls_to_staff(house))
    workers = await build_workers(house, engine, messengers)
    servers = [(_server(web_chat), people), (_server(desk_app(house)), desk)]
    await _announce(house, people, desk)
    await _until_stopped(workers, loops, servers, close_pages)


async def _until_stopped(
    workers: Workers,
    loops: list[Any],
    servers: list[tuple[uvicorn.Server, socket.socket]],
    close_pages: Callable[[], None],
) -> None:
    """Work until SIGINT or SIGTERM, then let pages end, turns commit and deliveries be written down."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with asyncio.TaskGroup() as group:
        serving = [group.create_task(server.serve(sockets=[where])) for server, where in servers]
        working = [group.create_task(work) for work in (workers.run(), *loops)]
        await stopping.wait()
        close_pages()
        for server, _ in servers:
            server.should_exit = True
        await asyncio.wait(serving, timeout=STOPS_WITHIN)
        for server, _ in servers:
            server.force_exit = True
        for task in working:
            task.cancel()


@asynccontextmanager
async def open_engine(settings: Settings) -> AsyncIterator[HttpEngine]:
    """Use the operator's engine, or train if the data changed and start our own."""
    if settings.engine_url is not None and settings.engine_token is not None:
        engine = HttpEngine(settings.engine_url, settings.engine_token.reveal())
        try:
            yield engine
        finally:
            await engine.close()
        return
    await train(settings.home)
    async with EngineProcesses(settings.home) as processes:
        engine = HttpEngine(processes.url, processes.token.reveal())
        try:
            yield engine
        finally:
            await engine.close()


async def _announce(house: House, people: socket.socket, desk: socket.socket) -> None:
    lines = [f"web chat  http://{_where(people)}/", f"desk      {house.settings.desk_url}/"]
    if house.settings.telegram_token is not None:
        lines.append("telegram  on")
    link = await house.first_link()
    if link is not None:
        lines.append(f"first member of staff (once, for 72 hours): {link}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _where(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return str(Address(host, port))


@contextmanager
def _listening(address: Address, setting: str) -> Iterator[socket.socket]:
    """Take the port before anything is changed; SettingError when it is busy."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # Named in full: asyncio sends at once only what it knows to be TCP, and a second answer would take 40 ms more.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            listener.set_inheritable(False)
        try:
            listener.bind((address.host, address.port))
            listener.listen(128)
        except OSError as exc:
            raise SettingError(
                f"{setting}: {address} cannot be listened on ({exc.strerror}); choose another port or end what uses it"
            ) from None
        yield listener
    finally:
        listener.close()


class _Server(uvicorn.Server):
    """A server that leaves the signals to us: two servers run in one program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing."""
        yield


def _server(app: Any) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="on",
        proxy_headers=False,
        timeout_graceful_shutdown=STOPS_WITHIN,
    )
    return _Server(config)
