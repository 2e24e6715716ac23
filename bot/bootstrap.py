"""The composition root: makes every body and hands it to those who need it. The one file that may import everything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.adapters import server_key
from bot.adapters.clock import SystemClock
from bot.adapters.content_files import (
    CHECKOUT,
    FLOWS,
    Content,
    check_everything,
    read_content,
    refuse_wrong_content,
)
from bot.adapters.db.migrate import migrate
from bot.adapters.db.records import open_records
from bot.adapters.documents.pdf import Documents
from bot.adapters.signals import LocalSignals
from bot.adapters.vault import SodiumVault
from bot.desk.services import Services
from bot.desk.speech import load_words
from bot.domain.codes import LANGUAGES
from bot.errors import RecordsError, SettingError
from bot.rehearsal.personas import StoryPersonas
from bot.services.absences import Absences
from bot.services.access.clock import Lapses
from bot.services.access.leads import DutyLeads
from bot.services.access.openings import Accesses
from bot.services.access.pages import AccessPages
from bot.services.alerts import Alerts
from bot.services.attachments import Attachments
from bot.services.audit import Audit
from bot.services.case_notes import CaseNotes
from bot.services.check_ins import CheckIns
from bot.services.clear import Clear
from bot.services.commit import Committer
from bot.services.complaints import Complaints
from bot.services.content.contacts import Contacts
from bot.services.content.words import WordBook
from bot.services.converse import Converse, Tools
from bot.services.counsel import Counsel
from bot.services.cover import CoverTurns
from bot.services.deliver import Deliver
from bot.services.door import Door
from bot.services.due import Due
from bot.services.duty import RosterDuty
from bot.services.figures import Figures
from bot.services.forget import Forget
from bot.services.going_live import GoingLive, Served
from bot.services.handover import Handovers
from bot.services.hands import Hands
from bot.services.hearing import Hearing
from bot.services.holding import Holding
from bot.services.interpreters import Interpreters
from bot.services.learning.sentences import Learn
from bot.services.left_alone import LeftAlones
from bot.services.lines import Lines
from bot.services.local import Local
from bot.services.marks import Marks
from bot.services.matching import Matching
from bot.services.notes import Watcher
from bot.services.observe import OpenedLately
from bot.services.phrases import Phrases
from bot.services.ports import ClearsChat, Clock, Duty, Engine, Fetches, Messenger, Records, Vault
from bot.services.practice import PracticeEnds, is_live
from bot.services.promise_book import PromiseBook
from bot.services.promises import Promises
from bot.services.reach import Reaches
from bot.services.receive import Home, Receive
from bot.services.records import Address
from bot.services.referral.drafts import Referrals
from bot.services.referral.export import Exports
from bot.services.referral.inbox import Inbox
from bot.services.referral.partners import Partners
from bot.services.review.flagging import Flagging
from bot.services.review.page import ReviewPages
from bot.services.review.readers import Reviews
from bot.services.review.weights import Weights
from bot.services.roster import Rosters
from bot.services.screen import Screen
from bot.services.sign_in import Sessions, SignIn
from bot.services.speak import Speaker
from bot.services.staff import Refused, Staff
from bot.services.supervising import Supervising
from bot.services.taking_back import TakingBack
from bot.services.training import Training
from bot.services.transfer import Transfers
from bot.services.typing import Typing
from bot.services.vetting import Vettings
from bot.services.waits import Waits
from bot.services.working_here import WorkingHere
from bot.settings import Settings

__all__ = ["CHECKOUT", "FLOWS", "Content", "check_everything", "read_content", "refuse_wrong_content"]
# What is read from files is given on to those who start the program here.

WHY_REFUSED: Final = {
    "name": "--name should be a printable name",
    "name_taken": "somebody has that name already",
    "roles": "--role should be one of counsellor, supervisor, reviewer, interpreter, administrator, partner",
    "languages": "--languages should be codes such as th,lo; a counsellor needs at least one",
    "organisation": "no organisation has that name",
}


@dataclass(frozen=True)
class House(Services):
    """Everything that works on what is kept; no engine, no listener. The desk is given its use cases."""

    settings: Settings
    content: Content
    records: Records
    home: Home
    speaker: Speaker
    receive: Receive
    forget: Forget

    async def add_member(
        self, name: str, roles: Sequence[str], organisation: str | None, languages: Sequence[str]
    ) -> str:
        """Add a member of staff and give their one-time link; SettingError says what to write otherwise."""
        try:
            token = await self.staff.add_member(name, roles, organisation or "", languages)
        except Refused as exc:
            raise SettingError(WHY_REFUSED.get(exc.reason, exc.reason)) from None
        return f"{self.settings.desk_url}/setup/{token}"

    async def first_link(self) -> str | None:
        """At the very first start give the link that makes the first member of staff; None when there is one."""
        if await self.staff.people():
            return None
        return await self.add_member("lead", ("administrator", "supervisor"), None, LANGUAGES)

    async def is_covered(self, address: Address) -> bool:
        """Tell whether the screen of a chat is changed."""
        async with self.records.look() as tx:
            conversation = await tx.conversations.find(self.vault.hash_chat(address))
        return conversation is not None and conversation.flags.covered

    async def wake(self, address: Address) -> None:
        """A page of the person opened: what waits for it is tried again at once."""
        async with self.records.begin() as tx:
            conversation = await tx.conversations.find(self.vault.hash_chat(address))
            if conversation is not None:
                await tx.outbox.wake(conversation.id, self.clock.now())
        self.signals.publish("outbox")


@dataclass(frozen=True)
class Workers:
    """What runs beside the listeners."""

    converse: Converse
    deliver: Deliver
    due: Due
    clear: Clear

    async def run(self) -> None:
        """Work until cancelled; if one of them ends, all end."""
        async with asyncio.TaskGroup() as group:
            for work in (self.converse.run(), self.deliver.run(), self.due.run(), self.clear.run()):
                group.create_task(work)


@asynccontextmanager
async def open_house(
    settings: Settings, content: Content | None = None, clock: Clock | None = None
) -> AsyncIterator[House]:
    """Open what is kept: make or read the server key, bring the database up to date, find the home organisation.

    Raises SettingError for a key or database that is not as it should be; nothing is changed then.
    """
    content = content or read_content()
    clock = clock or SystemClock()
    key = _server_key(settings)
    try:
        await migrate(settings.database_url)
    except RecordsError as exc:
        raise SettingError(str(exc)) from None
    records = open_records(settings.database_url, clock)
    try:
        yield await build_house(settings, content, records, SodiumVault(key), clock)
    finally:
        await records.close()


def _server_key(settings: Settings) -> bytes:
    """Make the key only where there is no database yet: a new key would open nothing of an old one."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        raise SettingError(f"SAPHAN_HOME should be a folder that can be written ({type(exc).__name__})") from None
    if _has_database(settings):
        return server_key.load(settings.secret_key_file)
    return server_key.load_or_make(settings.secret_key_file)


def _has_database(settings: Settings) -> bool:
    _, _, path = settings.database_url.partition("sqlite+aiosqlite:///")
    return bool(path) and Path(path).exists()


async def build_house(settings: Settings, content: Content, records: Records, vault: Vault, clock: Clock) -> House:
    """Put the services together on given bodies; tests bring their own."""
    # Wordings of the desk stand above the files of this installation only.
    content = replace(content, words=content.words.own())
    signals = LocalSignals()
    sessions = Sessions(records, vault, clock, signals)
    staff = Staff(records, vault, clock, signals, sessions)
    organisation = await staff.ensure_home(settings.organisation)
    home = Home(organisation.id, organisation.public_key)
    word_book = WordBook(records, clock, content.words, content.files, content.off)
    await word_book.look()
    speaker = Speaker(vault, content.words, settings.organisation, content.recordings, word_book.off)
    receive = Receive(records, vault, clock, signals, home)
    door = Door(records, vault, clock, signals, speaker, OpenedLately(vault))
    return House(
        settings=settings,
        content=content,
        records=records,
        vault=vault,
        clock=clock,
        signals=signals,
        home=home,
        speaker=speaker,
        receive=receive,
        forget=Forget(records, clock, signals, receive.keep_cover),
        sessions=sessions,
        sign_in=SignIn(records, vault, clock, sessions),
        staff=staff,
        working_here=WorkingHere(records, clock, signals, sessions),
        partners=Partners(records, clock, staff),
        training=Training(records, vault, clock, signals, receive, _personas(content)),
        going_live=GoingLive(records, clock, signals, _served(settings, content), word_book),
        contacts=Contacts(records, clock, signals, content.contacts, content.words.has),
        word_book=word_book,
        phrases=Phrases(content.phrases),
        **_of_the_house(settings, records, vault, clock, signals),
        **_behind_the_door(door, content, Flagging(vault, content.flags, home.id)),
    )


def _of_the_house(
    settings: Settings, records: Records, vault: Vault, clock: Clock, signals: LocalSignals
) -> dict[str, Any]:
    """Give the use cases that are about staff and the installation."""
    return {
        "rosters": Rosters(records, clock, signals),
        "duty_leads": DutyLeads(records, clock, signals),
        "promise_book": PromiseBook(records, clock),
        "alerts": Alerts(records, clock, signals, _ways(settings)),
        "reaches": Reaches(records, vault, clock, load_words().say, _ways(settings)),
        "vettings": Vettings(records, vault, clock, signals),
        "audit": Audit(records, clock),
        "figures": Figures(records, clock),
        "complaints": Complaints(records),
        "handovers": Handovers(records, vault, clock),
        "left_alone": LeftAlones(records, vault, clock, signals),
    }


def _behind_the_door(door: Door, content: Content, flagging: Flagging) -> dict[str, Any]:
    """Give the use cases that reach conversations."""
    weights = Weights(door.records, door.clock, content.catalogue)
    reviews = Reviews(door, content.catalogue, flagging)
    marks, taking_back, inbox = Marks(door, flagging), TakingBack(door), Inbox(door)
    counsel, case_notes = Counsel(door, content.catalogue), CaseNotes(door)
    transfers, interpreters = Transfers(door), Interpreters(door)
    return {
        "accesses": Accesses(door, marks),
        "marks": marks,
        "access_pages": AccessPages(door, content.catalogue),
        "counsel": counsel,
        "holding": Holding(door, counsel, transfers, interpreters, case_notes),
        "transfers": transfers,
        "taking_back": taking_back,
        "supervising": Supervising(door, taking_back),
        "interpreters": interpreters,
        "referrals": Referrals(door),
        "referral_inbox": inbox,
        "exports": Exports(door, inbox, Documents()),
        "case_notes": case_notes,
        "reviews": reviews,
        "review_pages": ReviewPages(door, content.catalogue, reviews, weights),
        "weights": weights,
        "learn": Learn(door, content.school),
        "typing": Typing(door),
    }


def _personas(content: Content) -> StoryPersonas:
    return StoryPersonas(FLOWS / "rehearsal", content.escape_words, content.phrases)


def _ways(settings: Settings) -> frozenset[str]:
    """Give by which ways staff can be called outside the desk."""
    given = {"telegram": settings.staff_telegram_token, "mail": settings.smtp_url}
    return frozenset(way for way, setting in given.items() if setting is not None)


def _served(settings: Settings, content: Content) -> Served:
    on_telegram = settings.telegram_token is not None
    return Served(content.contacts, content.words.has, settings.country, on_telegram)


def _flagging(house: House) -> Flagging:
    return Flagging(house.vault, house.content.flags, house.home.id)


async def _build_committer(house: House, screen: Screen) -> Committer:
    """Make what writes turns; it says practice until the installation is live."""
    committer = Committer(
        house.records,
        house.vault,
        house.clock,
        house.signals,
        house.speaker,
        house.home.id,
        house.speaker.label,
        house.content.catalogue,
        screen,
        _flagging(house),
    )
    async with house.records.look() as tx:
        committer.practice = not await is_live(tx)
    return committer


async def build_workers(
    house: House,
    engine: Engine,
    messengers: Iterable[Messenger],
    watcher: Watcher | None = None,
    duty: Duty | None = None,
) -> Workers:
    """Put the workers together; a `watcher` sees every turn in codes, `duty` takes the roster's place."""
    duty = duty or RosterDuty(house.clock)
    screen = Screen(house.vault, house.speaker, house.content.themes)
    committer = await _build_committer(house, screen)
    everywhere: list[Messenger] = [*messengers, house.training]
    by_bot: Mapping[tuple[str, str], Messenger] = {(m.channel, m.bot): m for m in everywhere}
    house.typing.reach(by_bot)
    content, country = house.content, house.settings.country
    lines = Lines(content.contacts, content.words.has, house.clock)
    local = Local(lines, country, content.words.has, house.records)
    beside = Attachments({name: m for name, m in by_bot.items() if isinstance(m, Fetches)})
    tools = Tools(
        house.records,
        house.vault,
        engine,
        house.clock,
        house.signals,
        local,
        beside,
        duty,
        content.catalogue,
        content.recordings,
        watcher,
    )
    hearing = Hearing(house.vault, engine, house.content.escape_words, house.content.common)
    clearing = {name: messenger for name, messenger in by_bot.items() if isinstance(messenger, ClearsChat)}
    cover = CoverTurns(
        house.records, house.vault, engine, house.clock, house.signals, hearing, committer, screen, frozenset(clearing)
    )
    return Workers(
        converse=Converse(tools, hearing, committer, cover),
        deliver=Deliver(
            house.records, house.vault, house.clock, house.signals, house.speaker, by_bot, content.recordings, lines
        ),
        clear=Clear(house.records, house.vault, house.clock, house.signals, clearing),
        due=_build_due(house, duty, committer),
    )


def _build_due(house: House, duty: Duty, committer: Committer) -> Due:
    """Make the works of the clock, in the order in which they are done."""
    hands = Hands(house.records, house.vault, house.clock, house.signals, house.speaker)
    return Due(
        (
            Absences(hands),
            Waits(hands, duty),
            Matching(hands),
            Promises(hands, duty),
            CheckIns(hands),
            Lapses(hands),
            house.alerts,
            house.forget,
            house.training,
            house.handovers,
            house.word_book,
            PracticeEnds(house.records, committer),
        )
    )
