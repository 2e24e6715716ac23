"""How people write to a bot: one after another, and twenty at once. The same for ours and for the stock bot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from scripts.bench.figures import ANSWER, Results

AT_ONCE: Final = 20
SHORT: Final = 80
"""Characters of a short message; the time of a reading grows with the text."""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    starts: int = 3
    chats: int = 100
    messages: int = 200
    rounds: int = 15
    long: int = 2000
    """Messages of the one long conversation."""
    stock_long: int = 300
    conversations: int = 10_000
    """In the database of the desk."""
    pages: int = 100
    """Times that each page of the desk is asked for."""
    live: int = 400
    """Messages that are followed to an open desk."""
    near: int = 50
    """Messages measured up to message 50 and up to the last."""

    @classmethod
    def quick(cls) -> Plan:
        """Give the smallest plan that still runs everything, to try a change of the bench itself."""
        return cls(
            starts=1,
            chats=20,
            messages=20,
            rounds=1,
            long=120,
            stock_long=60,
            conversations=300,
            pages=5,
            live=40,
            near=10,
        )


class Bot(Protocol):
    """A bot that answers in many chats."""

    async def rest(self, chats: Sequence[int]) -> None:
        """Wait until nothing that was said before in these chats can hold the next answer."""

    async def ask(self, chat: int, text: str) -> float:
        """Write in a chat, and give the milliseconds until its first answer."""


async def let_people_write(name: str, bot: Bot, texts: Sequence[str], plan: Plan, results: Results) -> None:
    """Measure both, and say what short messages of one person take."""
    one = await one_after_another(bot, texts, plan)
    results.add(ANSWER, f"{name}, one person", "ms", [took for _, took in one])
    short = [took for length, took in one if length <= SHORT]
    results.add(ANSWER, f"{name}, of these up to {SHORT} characters", "ms", short)
    results.add(ANSWER, f"{name}, 20 people at once", "ms", await twenty_at_once(bot, texts, plan))


async def one_after_another(bot: Bot, texts: Sequence[str], plan: Plan) -> list[tuple[int, float]]:
    """Let one message be on its way at a time, in chats by turns; give length and milliseconds of each."""
    took = []
    for number in range(plan.messages):
        chat, text = number % plan.chats, texts[number % len(texts)]
        await bot.rest([chat])
        took.append((len(text), await bot.ask(chat, text)))
    return took


async def twenty_at_once(bot: Bot, texts: Sequence[str], plan: Plan) -> list[float]:
    """Let twenty people write at the same moment, and the next twenty when all of them were answered."""
    took: list[float] = []
    for number in range(plan.rounds):
        chats = [(number * AT_ONCE + place) % plan.chats for place in range(AT_ONCE)]
        await bot.rest(chats)
        took += await asyncio.gather(*(bot.ask(chat, texts[(number + chat) % len(texts)]) for chat in chats))
    return took
