"""The stage of rehearsals: a whole installation on loopback, whose time moves when a story says so.

Everything is as it runs for people: Telegram's channel over HTTP, inbox, turn, engine, outbox, database. Only three
things are the stage's own: the Bot API answers from this machine, the clock is moved by hand, and the workers are led
step by step, so that a story ends the same way each time.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pyotp

from bot.bootstrap import House, Workers, build_workers, open_house
from bot.channels.telegram.api import BotApi as BotSide
from bot.channels.telegram.messenger import TelegramMessenger
from bot.channels.telegram.poll import UpdateLoop
from bot.channels.telegram.updates import CHANNEL
from bot.domain.codes import LANGUAGES
from bot.domain.roster import MOST_AT_ONCE, Terms
from bot.domain.vetting import LONGEST
from bot.errors import EngineFailure
from bot.rehearsal.bot_api import TOKEN, BotApi
from bot.rehearsal.person import Person
from bot.services.duty import RosterDuty
from bot.services.notes import TurnNote
from bot.services.ports import Engine, Reading, Transaction, TurnAnswer
from bot.services.records import Address, Alert, Consent, Conversation, Member
from bot.services.sign_in import Session
from bot.services.talk import WAY_PREFIX, Talk, open_talk
from bot.settings import Settings

BEGINS: Final = datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
ALLOWANCE: Final = timedelta(seconds=8)
"""Time in which a messenger lets the messages of one turn through."""
FINE: Final = timedelta(days=2)
"""A gap up to this long is gone through hour by hour, so that nothing that has its hours is missed; a longer one by
half days."""
FINE_STEP: Final = timedelta(hours=1)
COARSE_STEP: Final = timedelta(hours=12)
ROWS_AT_ONCE: Final = 32
ORGANISATION: Final = "Bridge House"


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = BEGINS) -> None:
        """Begin at a time."""
        self._now = now

    def now(self) -> datetime:
        """Give the time."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by


@dataclass
class PlannedDuty:
    """On duty is whoever the roster says, as everywhere; the shifts to come are what a story planned."""

    roster: RosterDuty
    shifts: list[datetime] = field(default_factory=list)

    async def languages_now(self, tx: Transaction) -> frozenset[str]:
        """Give the languages of who is here."""
        return await self.roster.languages_now(tx)

    async def next_shift(self, tx: Transaction, language: str, after: datetime) -> datetime | None:
        """Give the next planned shift, of somebody who speaks every language."""
        return min((begins for begins in self.shifts if begins > after), default=None)


class BreakableEngine:
    """The real engine, which a story may stop."""

    def __init__(self, engine: Engine) -> None:
        """Pass everything on."""
        self._engine = engine
        self.is_down = False

    async def read(self, text: str, hints: Mapping[str, Any]) -> Reading:
        """Read one message, unless stopped."""
        self._check()
        return await self._engine.read(text, hints)

    async def turn(self, turn: str, intent: str, case: Mapping[str, Any], dialogue: Mapping[str, Any]) -> TurnAnswer:
        """Answer one turn, unless stopped."""
        self._check()
        return await self._engine.turn(turn, intent, case, dialogue)

    async def is_well(self) -> bool:
        """Tell whether it answers."""
        return not self.is_down and await self._engine.is_well()

    def _check(self) -> None:
        if self.is_down:
            raise EngineFailure("stopped by the story")


@dataclass
class Notes:
    """Collects what each turn understood and decided."""

    taken: list[TurnNote] = field(default_factory=list)

    def watch(self, note: TurnNote) -> None:
        """See one turn."""
        self.taken.append(note)

    def take(self) -> tuple[TurnNote, ...]:
        """Give what came since the last call."""
        taken, self.taken = tuple(self.taken), []
        return taken


@dataclass(frozen=True)
class Kept:
    """What the installation holds of one person at one moment."""

    conversation: Conversation | None
    talk: Talk
    consents: tuple[Consent, ...] = ()
    alerts: tuple[Alert, ...] = ()


@dataclass
class Stage:
    """One installation in rehearsal."""

    house: House
    workers: Workers
    api: BotApi
    engine: BreakableEngine
    clock: MovableClock
    notes: Notes
    duty: PlannedDuty
    bot: str
    _counsellor: tuple[Member, bytes] | None = None
    _session: Session | None = None

    async def settle(self) -> None:
        """Take every turn that waits and send everything that may leave; a moment passes for the messenger's limits."""
        await self._work()
        self.clock.move(ALLOWANCE)
        await self._work()
        await self.workers.clear.look()

    async def wait(self, gap: timedelta) -> None:
        """Let time pass, looking at the clock and the outbox on the way as the workers do."""
        left, longest = gap, FINE_STEP if gap <= FINE else COARSE_STEP
        while left > timedelta():
            step = min(left, longest)
            self.clock.move(step)
            left -= step
            await self.workers.due.look()
            await self._work()
            await self.workers.clear.look()

    async def arrived(self, update: int) -> None:
        """Wait until the channel has stored an update and confirmed it."""
        await self.api.until(lambda: self.api.confirmed >= update, "a stored update")

    async def kept(self, person: Person) -> Kept:
        """Read what is held of a person."""
        address = Address(CHANNEL, self.bot, str(person.chat))
        async with self.house.records.begin() as tx:
            found = await tx.conversations.find(self.house.vault.hash_chat(address))
            if found is None:
                return Kept(None, Talk())
            consents = tuple(await tx.casework.consents(found.id))
            alerts = tuple(a for a in await tx.casework.alerts(500) if a.conversation == found.id)
        return Kept(found, open_talk(self.house.vault, found.id, found.state_sealed), consents, alerts)

    async def data_of(self, person: Person, act: str) -> tuple[str, int] | None:
        """Give data and message of the button on the person's screen that does an act; None when none does."""
        talk = (await self.kept(person)).talk
        for shown in reversed(person.screen):
            for button in (one for row in shown.rows for one in row):
                data = str(button["callback_data"])
                if data == f"{WAY_PREFIX}{act}" or talk.buttons.get(data) == act:
                    return data, shown.id
        return None

    async def counsellor(self, does: str, person: Person) -> None:
        """Let a counsellor come, go, or act on the person's conversation, as at the desk."""
        if does == "leaves":
            await self.leave()
            return
        session = await self._present()
        found = (await self.kept(person)).conversation
        if does == "comes" or found is None:
            return
        counsel = self.house.counsel
        await counsel.queue(session)
        if does == "claims":
            await counsel.claim(session, found.id)
        elif does == "returns":
            await counsel.give_back(session, found.id, "done_for_now")
        else:
            await counsel.close(session, found.id, "informed")

    async def counsellor_writes(self, text: str, person: Person) -> None:
        """Let the counsellor who holds the conversation write."""
        found = (await self.kept(person)).conversation
        if found is not None:
            await self.house.counsel.write(await self._present(), found.id, text)

    def plan_shift(self, gap: timedelta) -> None:
        """Plan a shift that begins after a time."""
        self.duty.shifts.append(self.clock.now() + gap)

    async def leave(self) -> None:
        """Let the counsellor sign out; a story begins without anybody on duty."""
        if self._session is not None:
            await self.house.sessions.end(self._session)
            self._session = None

    async def _present(self) -> Session:
        if self._counsellor is None:
            self._counsellor = await self._set_up_counsellor()
        if self._session is None or not await self.house.sessions.touch(self._session):
            _, self._session = await self.house.sessions.start(*self._counsellor)
        return self._session

    async def _set_up_counsellor(self) -> tuple[Member, bytes]:
        """Add a supervisor and a counsellor, through the same set-up and vetting as at the desk."""
        lead = await self._set_up("Lead", "supervisor")
        counsellor, private = await self._set_up("Rehearsal", "counsellor")
        _, session = await self.house.sessions.start(*lead)
        now = self.clock.now()
        await self.house.vettings.record(session, counsellor.id, ["identity"], now, now + LONGEST)
        # People of earlier stories may wait still, and are asked for too.
        await self.house.rosters.set_terms(session, counsellor.id, Terms(capacity=MOST_AT_ONCE))
        await self.house.sessions.end(session)
        async with self.house.records.begin() as tx:
            vetted = await tx.staff.get(counsellor.id)
        return vetted or counsellor, private

    async def _set_up(self, name: str, role: str) -> tuple[Member, bytes]:
        token = await self.house.staff.add_member(name, (role,), "", LANGUAGES)
        secret = pyotp.random_base32()
        code = pyotp.TOTP(secret).at(int(self.clock.now().timestamp()))
        done = await self.house.staff.set_up(token, secrets.token_urlsafe(24), secret, code)
        return done.member, done.private

    async def _work(self) -> None:
        while await self.workers.converse.take_one():
            pass
        sent: set[tuple[int, int]] = set()
        while True:
            async with self.house.records.begin() as tx:
                due = await tx.outbox.due(self.clock.now(), ROWS_AT_ONCE)
            due = [row for row in due if (row.id, row.attempts) not in sent]
            if not due:
                return
            for row in due:
                sent.add((row.id, row.attempts))
                await self.workers.deliver.deliver_one(row)


@asynccontextmanager
async def open_stage(home: Path, engine: Engine) -> AsyncIterator[Stage]:
    """Open a fresh installation below a folder, which the caller removes."""
    clock = MovableClock()
    breakable, notes = BreakableEngine(engine), Notes()
    async with BotApi(TOKEN, lambda: clock.now().timestamp()) as api:
        settings = Settings.load(
            {"SAPHAN_HOME": str(home), "SAPHAN_ORGANISATION": ORGANISATION, "SAPHAN_TELEGRAM_API": api.url}, None
        )
        async with open_house(settings, clock=clock) as house, BotSide(TOKEN, api.url) as bot_side:
            messenger = TelegramMessenger(bot_side)
            duty = PlannedDuty(RosterDuty(clock))
            workers = await build_workers(house, breakable, [messenger], notes, duty)
            polling = asyncio.create_task(UpdateLoop(bot_side, house.receive, long_poll=1).run())
            try:
                yield Stage(house, workers, api, breakable, clock, notes, duty, messenger.bot)
            finally:
                polling.cancel()
                await asyncio.gather(polling, return_exceptions=True)
