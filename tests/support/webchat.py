"""The web chat with everything behind it faked: what was stored is a list, what is said is said by the test."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from litestar import Litestar

from bot.channels.webchat.app import create_app
from bot.channels.webchat.limits import Limits
from bot.channels.webchat.messenger import WebchatMessenger
from bot.channels.webchat.pages import Pages
from bot.channels.webchat.parts import Webchat
from bot.errors import RecordsError
from bot.services.records import Address, Incoming
from bot.words import Words

WORDS = Words.load(Path(__file__).parents[2] / "flows" / "words")
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
    messenger: WebchatMessenger
    woken: list[Address]


def a_chat(leave_to: str = "/notes") -> Chat:
    """Make a web chat for one test."""
    receive, pages, woken = FakeReceive(), Pages(), list[Address]()

    async def wake(address: Address) -> None:
        woken.append(address)

    web = Webchat(
        store=receive.store,
        wake=wake,
        way_back=FakeWayBack(receive),
        words=WORDS,
        hash_token=lambda token: hashlib.blake2b(token.encode(), key=b"test").digest(),
        is_way_out=lambda text: text.strip().casefold() in {"stop", "danger"},
        pages=pages,
        limits=Limits(),
        leave_to=leave_to,
    )
    return Chat(create_app(web), web, receive, WebchatMessenger(pages), woken)
