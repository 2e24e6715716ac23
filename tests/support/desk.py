"""A desk over a real database, members of staff who use it like a browser would, and people who wait."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import httpx
import pyotp
from litestar import Litestar
from litestar.datastructures import State
from sqlalchemy import select

from bot.adapters.content import load_catalogue, load_flags
from bot.adapters.db.records import SqlRecords
from bot.adapters.db.tables import audit
from bot.adapters.recordings import RecordingFiles
from bot.bootstrap import Content, build_house
from bot.desk.app import create_app
from bot.desk.services import Services
from bot.domain.codes import ConversationId, Language, Level
from bot.domain.escape import Words as EscapeWords
from bot.domain.ownership import Deed, Does, step
from bot.services.content.words import Files
from bot.services.counsel import Counsel
from bot.services.effects import CONSENT_TO_READ
from bot.services.ports import Signals, Vault
from bot.services.receive import Home, Receive
from bot.services.records import Address, Consent, Conversation, Incoming, Member, Message, Organisation
from bot.services.sign_in import STEP_SECONDS, Session
from bot.services.speak import Speaker, new_message_id
from bot.services.staff import Staff
from bot.services.transfer import Transfers
from bot.settings import Settings
from bot.words import Words, read_drafts
from tests.support.fakes import MovableClock
from tests.support.records import migrated_records
from tests.support.vault import quick_vault

ROOT: Final = Path(__file__).parents[2]
URL: Final = "http://localhost:8081"
PASSPHRASE: Final = "seven quiet rivers of rain"
KNOWN: Final = {
    "answers": "An invented line",
    "run_by": "ngo",
    "languages": ["th", "en"],
    "hours": "unknown",
    "cost": "free",
    "from_abroad": True,
    "recorded": "unknown",
    "police": "no",
    "source": "invented, 2026",
    "status": "read",
}
CONTACTS: Final = (
    {"country": "TH", "number": "000 000 01", **KNOWN},
    {"country": "KH", "number": "000 000 02", **KNOWN},
)
SETTINGS: Final = {
    "SAPHAN_ORGANISATION": "Bridge House",
    "SAPHAN_TELEGRAM_TOKEN": "123:planted-token",
    "SAPHAN_STAFF_TELEGRAM_TOKEN": "124:planted-token",
    "SAPHAN_SMTP_URL": "smtp://localhost:2525",
}
SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@cache
def opening() -> Files:
    """Give the sentences of one topic, with nothing to find fault with."""
    return Files(read_drafts(ROOT, "opening"), lambda _: ())


@cache
def phrases() -> Words:
    """Read the phrases of counsellors once for all tests."""
    return Words.load(ROOT / "flows" / "phrases")


@cache
def plain_content() -> Content:
    """Give what the files of flows hold, read once for all tests; its words are keys."""
    return Content(
        cast("Words", PlainWords()),
        EscapeWords({}),
        load_catalogue(ROOT),
        CONTACTS,
        phrases=phrases(),
        flags=load_flags(ROOT),
        files=opening,
    )


@cache
def _addresses(url: str) -> Litestar:
    return create_app(cast("Services", None), url)


def desk_app(services: Services, url: str = URL) -> Litestar:
    """Give the desk of one installation; its addresses, templates and speech are made once for all tests."""
    app = copy(_addresses(url))
    app.state = State({**app.state.dict(), "services": services})
    return app


class PlainWords:
    """Words files whose every sentence is its key and language."""

    def say(self, key: str, language: str, **args: str) -> str:
        return f"[{key} {language}]"

    def has(self, key: str) -> bool:
        return False

    def own(self) -> PlainWords:
        return PlainWords()

    def reword(self, wordings: Sequence[tuple[str, str, str]]) -> None:
        """Say keys, whatever the desk words anew."""


@dataclass
class TestDesk:
    """One installation whose home organisation exists."""

    __test__ = False

    records: SqlRecords
    vault: Vault
    clock: MovableClock
    signals: Signals
    services: Services
    home: Organisation
    app: Any
    chats: int = field(default=0)

    @property
    def staff(self) -> Staff:
        return self.services.staff

    @property
    def counsel(self) -> Counsel:
        return self.services.counsel

    @property
    def transfers(self) -> Transfers:
        return self.services.transfers

    def code(self, secret: str = SECRET) -> str:
        """Give the one-time code that a phone shows now."""
        return pyotp.TOTP(secret).at(int(self.clock.now().timestamp()))

    def next_code(self, secret: str = SECRET) -> str:
        """Wait for the next one-time code and give it."""
        self.clock.pass_(seconds=STEP_SECONDS)
        return self.code(secret)

    async def member(
        self, name: str, *roles: str, languages: Sequence[str] = ("en", "th"), recovery: str = ""
    ) -> tuple[Session, str | None]:
        """Add a member, let them set up, and sign them in; with the recovery key that they were shown."""
        return await self.member_of("", name, *roles, languages=languages, recovery=recovery)

    async def member_of(
        self, organisation: str, name: str, *roles: str, languages: Sequence[str] = ("en", "th"), recovery: str = ""
    ) -> tuple[Session, str | None]:
        """Do the same for an organisation, the home organisation where its name is empty."""
        token = await self.staff.add_member(name, roles or ("counsellor",), organisation, languages)
        done = await self.staff.set_up(token, PASSPHRASE, SECRET, self.code(), recovery)
        _, session = await self.services.sessions.start(done.member, done.private)
        return session, done.recovery_key

    async def set_up(self, token: str) -> Session:
        """Let whoever has a one-time link set up, and sign them in."""
        done = await self.staff.set_up(token, PASSPHRASE, SECRET, self.code())
        _, session = await self.services.sessions.start(done.member, done.private)
        return session

    async def pair(self) -> tuple[Session, Session]:
        """Give a supervisor who has the key, and a counsellor whom they granted it."""
        supervisor, _ = await self.member("Mali", "administrator", "supervisor")
        return supervisor, await self.counsellor("Noor", supervisor)

    async def counsellor(self, name: str, supervisor: Session) -> Session:
        """Add a counsellor and let the supervisor vet them, which in practice grants the key."""
        counsellor, _ = await self.member(name)
        await self.vets(supervisor, counsellor)
        return counsellor

    async def vets(
        self, supervisor: Session, member: Session, days: int = 365, checked: Sequence[str] = ("identity",)
    ) -> None:
        """Let a supervisor write down that a member was checked, and approve it."""
        now = self.clock.now()
        until = now + timedelta(days=days)
        await self.services.vettings.record(supervisor, member.member.id, checked, now, until)
        assert await self.services.sessions.touch(member)

    async def person_waits(
        self, *texts: str, language: Language = "en", level: Level = "P3", consent: bool = True
    ) -> Conversation:
        """Let a person write, agree to a counsellor, and wait."""
        self.chats += 1
        address = Address("telegram", "1", str(self.chats))
        receive = Receive(self.records, self.vault, self.clock, self.signals, Home(self.home.id, self.home.public_key))
        await receive.store(Incoming(address, "1", "text", "", language))
        now = self.clock.now()
        async with self.records.begin() as tx:
            found = await tx.conversations.find(self.vault.hash_chat(address))
            assert found is not None
            own = step(found.own, Deed(Does.QUEUE), now)
            found = await tx.conversations.save(_changed(found, own=own, level=level, last_inbound=now))
            for text in texts:
                await tx.messages.add(self._told(found, text, now))
            if consent:
                await tx.casework.add_consent(
                    Consent(found.id, CONSENT_TO_READ, self.home.id, "handoff_yes", found.turn, now)
                )
        return found

    async def person_writes(self, conversation: ConversationId, text: str) -> None:
        """Let a person's message be committed, as the worker does, and ring."""
        async with self.records.begin() as tx:
            found = await tx.conversations.get(conversation)
            assert found is not None
            await tx.messages.add(self._told(found, text, self.clock.now()))
        self.signals.publish(f"conversation:{conversation}")

    def _told(self, conversation: Conversation, text: str, now: datetime) -> Message:
        sealed = self.vault.seal_to(conversation.public_key, text.encode())
        return Message(new_message_id(), conversation.id, conversation.turn, "person", sealed, now)

    async def read(self, conversation: ConversationId) -> Conversation:
        """Read the conversation as it is stored."""
        async with self.records.begin() as tx:
            found = await tx.conversations.get(conversation)
        assert found is not None
        return found

    async def stored(self, name: str) -> Member:
        """Read a member as they are stored."""
        async with self.records.begin() as tx:
            found = await tx.staff.by_name(name)
        assert found is not None
        return found

    async def audited(self) -> list[tuple[str, str]]:
        """Give actor and act of every audit row, oldest first."""
        async with self.records.begin() as tx:
            query = select(audit.c.actor, audit.c.act).order_by(audit.c.number)
            rows = await tx._connection.execute(query)
            return [(row.actor, row.act) for row in rows]

    async def outbox(self) -> list[str]:
        """Give the texts that wait to be sent, oldest first per chat."""
        speaker = Speaker(self.vault, PlainWords(), "Bridge House", RecordingFiles({}))
        async with self.records.begin() as tx:
            return [speaker.unpack(row.payload).text for row in await tx.outbox.due(self.clock.now(), 100)]


def _changed(conversation: Conversation, **fields: Any) -> Conversation:
    return Conversation(**{**vars(conversation), **fields})


@asynccontextmanager
async def open_desk(database_url: str, url: str = URL, content: Content | None = None) -> AsyncIterator[TestDesk]:
    """Open a fresh installation with its desk; without other content its words are keys."""
    clock, vault = MovableClock(), quick_vault()
    content = content or plain_content()
    async with migrated_records(database_url, clock) as records:
        house = await build_house(Settings.load(SETTINGS, None), content, records, vault, clock)
        async with records.begin() as tx:
            home = await tx.staff.home()
        assert home is not None
        yield TestDesk(records, vault, clock, house.signals, house, home, desk_app(house, url))


@dataclass
class CounsellorDriver:
    """One browser at the desk, without JavaScript: it follows forms as they stand on the page."""

    desk: TestDesk
    http: httpx.AsyncClient
    page: httpx.Response | None = None

    @property
    def text(self) -> str:
        """Give the page as it stands."""
        assert self.page is not None
        return self.page.text

    async def open(self, path: str) -> httpx.Response:
        """Open a page."""
        self.page = await self.http.get(path, follow_redirects=True)
        return self.page

    async def send(self, path: str, fields: Mapping[str, Any] | None = None, **more: Any) -> httpx.Response:
        """Send a form of the page that is open, with its hidden fields, as a browser does."""
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.text))
        headers = {"origin": "null", "sec-fetch-site": "same-origin", **more.pop("headers", {})}
        data = {**hidden, **(fields or {})}
        self.page = await self.http.post(path, data=data, headers=headers, follow_redirects=True, **more)
        return self.page

    async def set_up(self, token: str, **fields: str) -> httpx.Response:
        """Use a set-up link: passphrase, and the code of the secret that the page shows."""
        await self.open(f"/setup/{token}")
        shown = re.search(r'<p class="secret">(.*?)</p>', self.text, re.DOTALL)
        assert shown is not None
        secret = re.sub(r"<[^>]+>|\s", "", shown[1])
        given = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "code": self.desk.code(secret), **fields}
        return await self.send(f"/setup/{token}", given)

    async def enter(self, session: Session) -> None:
        """Go on as somebody who is signed in already."""
        token, _ = await self.desk.services.sessions.start(session.member, session.private)
        self.http.cookies.set("desk", token)

    async def sign_in(self, name: str, passphrase: str = PASSPHRASE, code: str | None = None) -> httpx.Response:
        """Sign in by the form."""
        await self.open("/sign-in")
        code = self.desk.next_code() if code is None else code
        return await self.send("/sign-in", {"name": name, "passphrase": passphrase, "code": code})


@asynccontextmanager
async def browser(desk: TestDesk, session: Session | None = None) -> AsyncIterator[CounsellorDriver]:
    """Open a browser at the desk, signed in or not."""
    transport = httpx.ASGITransport(app=desk.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=URL) as http:
        driver = CounsellorDriver(desk, http)
        if session is not None:
            await driver.enter(session)
        yield driver
