"""The whole app over a real database, with a fake engine and a fake messenger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.adapters.db.records import open_records
from bot.adapters.recordings import RecordingFiles
from bot.bootstrap import Content, House, Workers, build_house, build_workers, read_content
from bot.domain.codes import ConversationId, MemberId
from bot.services.records import Address, Conversation, InboxKind, Incoming, Member
from bot.services.talk import Talk, open_talk
from bot.settings import Settings
from tests.support.databases import bring_up
from tests.support.fakes import FakeDuty, FakeEngine, FakeMessenger, MovableClock
from tests.support.vault import quick_vault

CONTENT: list[Content] = []


def content() -> Content:
    """Read the words files once for all tests."""
    if not CONTENT:
        CONTENT.append(read_content())
    return CONTENT[0]


@dataclass
class TestHouse:
    """One installation under test; `person` is one chat."""

    __test__ = False

    house: House
    workers: Workers
    engine: FakeEngine
    messenger: FakeMessenger
    clock: MovableClock
    _updates: int = field(default=0)

    async def writes(
        self, text: str, chat: str = "7", kind: InboxKind = "text", hint: str = "en", sent: str = ""
    ) -> None:
        """Let a person write; nothing is answered yet. `sent` names what comes beside text."""
        self._updates += 1
        address = Address("telegram", "1", chat)
        remote = "" if kind in ("press", "blocked") else f"p{self._updates}"
        incoming = Incoming(address, str(self._updates), kind, text, hint, sent=sent, remote=remote)
        await self.house.receive.store(incoming)

    async def settle(self) -> None:
        """Take every turn that waits and deliver everything that may leave."""
        while await self.workers.converse.take_one():
            pass
        await self.deliver()
        await self.workers.clear.look()

    async def deliver(self) -> None:
        """Deliver everything whose time has come; the clock stands still meanwhile."""
        while True:
            async with self.house.records.begin() as tx:
                due = await tx.outbox.due(self.clock.now(), 32)
            if not due:
                return
            for row in due:
                await self.workers.deliver.deliver_one(row)

    async def says(
        self, text: str, chat: str = "7", kind: InboxKind = "text", hint: str = "en", sent: str = ""
    ) -> list[str]:
        """Let a person write and give what they are answered; a moment passes for the messenger's limits."""
        before = len(self.messenger.texts(chat))
        await self.writes(text, chat, kind, hint, sent)
        await self.settle()
        self.clock.pass_(seconds=5)
        await self.settle()
        return self.messenger.texts(chat)[before:]

    async def presses(self, label: str, chat: str = "7") -> list[str]:
        """Press the newest button whose label holds a text."""
        return await self.says(self.data_of(label, chat), chat, "press")

    def data_of(self, label: str, chat: str = "7") -> str:
        """Give the data of the newest button with this label."""
        for to, message in reversed(self.messenger.sent):
            for row in message.rows if to == chat else ():
                for text, data in row:
                    if label in text:
                        return data
        raise AssertionError(f"no button {label!r}")

    def labels(self, chat: str = "7") -> list[str]:
        """Give the labels of the newest message that has buttons."""
        rows = next(m.rows for to, m in reversed(self.messenger.sent) if to == chat and m.rows)
        return [text for row in rows for text, _ in row]

    async def conversation(self, chat: str = "7") -> Conversation:
        """Read the person's conversation."""
        async with self.house.records.begin() as tx:
            found = await tx.conversations.find(self.house.vault.hash_chat(Address("telegram", "1", chat)))
        assert found is not None
        return found

    async def talk(self, chat: str = "7") -> Talk:
        """Read what the app remembers of the talk."""
        conversation = await self.conversation(chat)
        return open_talk(self.house.vault, conversation.id, conversation.state_sealed)

    async def alerts(self) -> list[tuple[str, str]]:
        """Give kind and level of all alerts."""
        async with self.house.records.begin() as tx:
            return [(alert.kind, alert.level) for alert in await tx.casework.alerts(100)]

    async def conversations(self, ids: list[ConversationId]) -> list[Conversation | None]:
        """Read several conversations."""
        async with self.house.records.begin() as tx:
            return [await tx.conversations.get(one) for one in ids]

    async def add_present_counsellor(self, languages: tuple[str, ...] = ("en",)) -> Member:
        """Add a counsellor who has the key and is signed in, without the ceremony."""
        now = self.clock.now()
        public, _ = self.house.vault.new_key_pair()
        member = Member(
            id=MemberId("counsellor-1"),
            organisation=self.house.home.id,
            name="Ann",
            roles=("counsellor",),
            languages=languages,
            active=True,
            created_at=now,
            public_key=public,
            key_wrapped=b"granted",
            present_until=now.replace(year=now.year + 1),
            vetted_until=now.replace(year=now.year + 1),
            approved_by=("supervisor-1",),
        )
        async with self.house.records.begin() as tx:
            await tx.staff.add(member)
        return member


@asynccontextmanager
async def open_test_house(
    database_url: str,
    home: Path,
    clock: MovableClock | None = None,
    duty: FakeDuty | None = None,
    recordings: RecordingFiles | None = None,
) -> AsyncIterator[TestHouse]:
    """Open a fresh installation on a database; without a roster, on duty is who signed in."""
    clock = clock or MovableClock()
    settings = Settings.load(
        {"SAPHAN_HOME": str(home), "SAPHAN_DATABASE_URL": database_url, "SAPHAN_ORGANISATION": "Bridge House"}, None
    )
    await bring_up(database_url)
    records = open_records(database_url, clock)
    try:
        heard = replace(content(), recordings=recordings or RecordingFiles({}))
        house = await build_house(settings, heard, records, quick_vault(), clock)
        engine, messenger = FakeEngine(), FakeMessenger()
        workers = await build_workers(house, engine, [messenger], duty=duty)
        yield TestHouse(house, workers, engine, messenger, clock)
    finally:
        await records.close()
