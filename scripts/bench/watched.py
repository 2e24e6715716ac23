"""The app's own parts with a clock on each step: bodies of the ports that note how long the real ones take."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Final, cast

from bot.services.ports import Engine, Messenger, Outgoing, Reading, Records, Transaction, TurnAnswer
from bot.services.receive import Receive
from bot.services.records import Incoming

TRANSACTIONS: Final = (
    ("inbox.add", "store the message (a transaction on disk)"),
    ("inbox.lease_next", "look for a conversation that waits, and lease it"),
    ("staff.on_duty", "ask who is on duty"),
    ("inbox.commit", "commit the turn (a transaction on disk)"),
    ("inbox.release", "give the lease back (a transaction on disk)"),
    ("outbox.due", "look what may leave"),
    ("outbox.delivered", "write down that it was delivered (a transaction on disk)"),
    ("outbox.start", "write down that it is being sent (a transaction on disk)"),
    ("outbox.with_buttons", "look for older buttons"),
    ("outbox.retired", "write down that older buttons are gone (a transaction on disk)"),
    ("outbox.wait", "let it wait"),
    ("conversations.get", "ask whether it may be sent"),
)
"""What a transaction calls, and what it is for; the first that fits names it."""


@dataclass(frozen=True)
class Span:
    """One step, by the clock of `time.perf_counter`."""

    what: str
    start: float
    end: float


@dataclass
class Watch:
    """What happened since the start."""

    spans: list[Span] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    """Calls within transactions that were committed."""
    running: int = 0

    @contextmanager
    def span(self, what: str) -> Iterator[None]:
        """Note one step."""
        started = time.perf_counter()
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
            self.spans.append(Span(what, started, time.perf_counter()))

    def settled(self, turns: int) -> bool:
        """Tell whether so many turns are done with, and everything said in them was delivered."""
        is_said = self.done["outbox.add"] == self.done["outbox.delivered"]
        return is_said and self.done["inbox.commit"] == self.done["inbox.release"] == turns and not self.running


class WatchedRecords:
    """The records, with a note of every transaction."""

    def __init__(self, records: Records, watch: Watch) -> None:
        """Use open records."""
        self._records = records
        self._watch = watch

    def begin(self, *, lasts: bool = True) -> AbstractAsyncContextManager[Transaction]:
        """Note how long it takes from asking for a transaction to its end."""
        return self._noted(self._records.begin(lasts=lasts))

    def look(self) -> AbstractAsyncContextManager[Transaction]:
        """Note the same of one that only looks."""
        return self._noted(self._records.look())

    @asynccontextmanager
    async def _noted(self, opened: AbstractAsyncContextManager[Transaction]) -> AsyncIterator[Transaction]:
        called: list[str] = []
        started = time.perf_counter()
        self._watch.running += 1
        try:
            async with opened as tx:
                yield cast("Transaction", _NotedTransaction(tx, called))
            self._watch.done.update(called)
        finally:
            self._watch.running -= 1
            what = next((words for call, words in TRANSACTIONS if call in called), "other transactions")
            self._watch.spans.append(Span(what, started, time.perf_counter()))

    async def scrub(self) -> None:
        """Pass on."""
        await self._records.scrub()


@dataclass(frozen=True)
class _NotedTransaction:
    tx: Transaction
    called: list[str]

    def __getattr__(self, rows: str) -> Any:
        return _NotedRows(getattr(self.tx, rows), rows, self.called)


@dataclass(frozen=True)
class _NotedRows:
    rows: Any
    name: str
    called: list[str]

    def __getattr__(self, call: str) -> Any:
        self.called.append(f"{self.name}.{call}")
        return getattr(self.rows, call)


class WatchedEngine:
    """The engine; while `remembers`, a text that was read before is not read again."""

    def __init__(self, engine: Engine, watch: Watch) -> None:
        """Use a running engine."""
        self._engine = engine
        self._watch = watch
        self._known: dict[str, Reading] = {}
        self.remembers = False

    async def read(self, text: str, hints: Mapping[str, Any]) -> Reading:
        """Read one message."""
        if not self.remembers or text not in self._known:
            with self._watch.span("engine reads (HTTP)"):
                self._known[text] = await self._engine.read(text, hints)
        return self._known[text]

    async def turn(self, turn: str, intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        """Choose the answer."""
        with self._watch.span("engine chooses the answer (HTTP)"):
            return await self._engine.turn(turn, intent, case, dialogue)

    async def is_well(self) -> bool:
        """Pass on."""
        return await self._engine.is_well()


class WatchedMessenger:
    """A messenger, with a note of every call to its API."""

    def __init__(self, messenger: Messenger, watch: Watch) -> None:
        """Use a messenger that is connected."""
        self._messenger = messenger
        self._watch = watch
        self.channel, self.bot = messenger.channel, messenger.bot

    async def send(self, chat: str, message: Outgoing) -> str:
        """Send."""
        with self._watch.span("send to the Bot API (HTTP)"):
            return await self._messenger.send(chat, message)

    async def retire_buttons(self, chat: str, remote: str) -> None:
        """Take older buttons off."""
        with self._watch.span("take older buttons off (HTTP)"):
            await self._messenger.retire_buttons(chat, remote)


class WatchedInbox:
    """Where updates go; notes when one arrived."""

    def __init__(self, receive: Receive) -> None:
        """Pass everything on to the service."""
        self._receive = receive
        self.arrived = 0.0

    async def store(self, incoming: Incoming) -> bool:
        """Note the moment, and store."""
        self.arrived = time.perf_counter()
        return await self._receive.store(incoming)


class JumpingClock:
    """The time, which can be moved on: the messengers' limits on one chat are not what is measured."""

    def __init__(self) -> None:
        """Begin now."""
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Give the aware time in UTC."""
        return datetime.now(timezone.utc) + self._ahead

    def jump(self, seconds: float) -> None:
        """Let so many seconds have passed."""
        self._ahead += timedelta(seconds=seconds)


def split(spans: Sequence[Span], start: float, end: float) -> tuple[dict[str, float], Counter[str], float]:
    """Give the milliseconds and the number of each kind of step between two moments, and those of no step at all."""
    inside = sorted((max(s.start, start), min(s.end, end), s.what) for s in spans if s.end > start and s.start < end)
    spent: dict[str, float] = {}
    reached, idle = start, 0.0
    for began, ended, what in inside:
        spent[what] = spent.get(what, 0.0) + (ended - began) * 1000
        idle += max(0.0, began - reached) * 1000
        reached = max(reached, ended)
    return spent, Counter(what for _, _, what in inside), idle + max(0.0, end - reached) * 1000
