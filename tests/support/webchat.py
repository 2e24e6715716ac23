"""The web chat with everything behind it faked: what was stored is a list, what is said is said by the test."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import httpx
from litestar import Litestar

from bot.channels.webchat.app import create_app
from bot.channels.webchat.limits import Limits
from bot.channels.webchat.messenger import WebchatMessenger
from bot.channels.webchat.pages import Pages
from bot.channels.webchat.parts import Webchat
from bot.errors import RecordsError, TryLater
from bot.services.ports import Outgoing
from bot.services.records import Address, Incoming
from bot.words import Words
from tests.support.ogg import silence

WORDS = Words.load(Path(__file__).parents[2] / "flows" / "words")
RECORDING = "en-0123abcd"
SOUND = silence(0.5)
HOME = "http://chat.example"
SIX_WORDS = "tiger lemon boat seven quiet river"


@dataclass
class FakeReceive:
    """Stores each update once, and answers as the test says."""

    stored: list[Incoming] = field(default_factory=list)
    answers: Callable[[Incoming], Awaitable[None]] | None = None
    is_broken: bool = False

    async def store(self, incoming: Incoming) -> bool:
        if self.is_broken:
            raise RecordsError("out of reach")
        if any(known.update == incoming.update for known in self.stored):
            return False
        self.stored.append(incoming)
        if self.answers is not None:
            await self.answers(incoming)
        return True


@dataclass
class FakeOutbox:
    """Keeps what no page took, and tries again when a page opens."""

    messenger: WebchatMessenger
    waiting: dict[str, deque[Outgoing]] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def say(self, token: str, *messages: Outgoing) -> None:
        self.waiting.setdefault(token, deque()).extend(messages)
        self.flush(token)

    def flush(self, token: str) -> None:
        task = asyncio.create_task(self._flush(token))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _flush(self, token: str) -> None:
        waiting = self.waiting.pop(token, deque())
        while waiting:
            try:
                await self.messenger.send(token, waiting[0])
            except TryLater:
                self.waiting.setdefault(token, deque()).extendleft(reversed(waiting))
                return
            waiting.popleft()


@dataclass
class FakeWayBack:
    """Six fixed words for whoever wrote before."""

    receive: FakeReceive
    moved: list[Address] = field(default_factory=list)

    async def knows(self, address: Address) -> bool:
        return address in self.moved or any(known.address == address for known in self.receive.stored)

    async def make(self, address: Address) -> str | None:
        return SIX_WORDS if await self.knows(address) else None

    async def come_back(self, address: Address, words: str, tried_by: str) -> bool:
        if words != SIX_WORDS:
            return False
        self.moved.append(address)
        return True


@dataclass
class Chat:
    """The application and what stands around it."""

    app: Litestar
    web: Webchat
    receive: FakeReceive
    outbox: FakeOutbox
    woken: list[Address]
    covered: set[str]
    """Chats whose screen is changed."""


def a_browser(chat: Chat, home: str = HOME) -> httpx.AsyncClient:
    """Open a browser without scripts."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=cast("Any", chat.app)), base_url=home)


def a_chat(leave_to: str = "/notes") -> Chat:
    """Make a web chat for one test."""
    receive, pages, woken = FakeReceive(), Pages(), list[Address]()
    outbox = FakeOutbox(WebchatMessenger(pages))

    async def wake(address: Address) -> None:
        woken.append(address)
        outbox.flush(address.chat)

    covered: set[str] = set()

    async def is_covered(address: Address) -> bool:
        return address.chat in covered

    async def sound(name: str) -> bytes | None:
        return SOUND if name == RECORDING else None

    web = Webchat(
        store=receive.store,
        wake=wake,
        way_back=FakeWayBack(receive),
        words=WORDS,
        hash_token=lambda token: hashlib.blake2b(token.encode(), key=b"test").digest(),
        is_way_out=lambda text: text.strip().casefold() in {"stop", "danger"},
        pages=pages,
        limits=Limits(),
        sound=sound,
        is_covered=is_covered,
        writes=is_covered,
        leave_to=leave_to,
    )
    return Chat(create_app(web), web, receive, outbox, woken, covered)
