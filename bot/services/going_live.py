"""From practice to live: what is missing, what was signed instead, and the press of two supervisors.

A point closes by the thing itself or, where design/handoff.md allows it, by a statement that a supervisor signs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from bot.domain.child import TOLD as CHILD_DUTY
from bot.domain.codes import LANGUAGES, Language, MemberId
from bot.domain.contacts import verified
from bot.domain.roles import may
from bot.domain.vetting import LIVE_NEEDS
from bot.services.access.leads import is_any_named
from bot.services.home import only_home
from bot.services.lines import rows_now
from bot.services.ports import Clock, Records, Signals, Transaction
from bot.services.practice import LIVE
from bot.services.records import AuditEntry, Statement
from bot.services.sign_in import Session
from bot.services.staff import RECOVERY_WRITTEN, Refused

PRESS: Final = "press"
SECOND_WITHIN: Final = timedelta(days=7)
"""A press counts for so long; then the list has to be looked at anew."""
SIGNED: Final = ("contacts", "counsellors", "roster", "lead", "words", "profile", "children")
"""Points that a signature can close."""
POINTS: Final = (*SIGNED, "recovery")


@dataclass(frozen=True)
class Item:
    """One thing of a point: of a country, of a language, or of the installation."""

    about: str
    done: bool
    """It is there; no signature is needed."""
    signed: Statement | None = None

    @property
    def closed(self) -> bool:
        """It keeps nobody from going live."""
        return self.done or self.signed is not None


@dataclass(frozen=True)
class Point:
    """One point of the list."""

    name: str
    items: Sequence[Item]

    @property
    def closed(self) -> bool:
        """Nothing of it is missing."""
        return all(item.closed for item in self.items)

    def of(self, about: str) -> Sequence[Item]:
        """Give what is about one thing."""
        return [item for item in self.items if item.about == about]

    @property
    def open_items(self) -> Sequence[str]:
        """What can be signed now: country, language, or empty."""
        return [item.about for item in self.items if not item.closed] if self.name in SIGNED else []


@dataclass(frozen=True)
class Checklist:
    """The list, and how far going live is."""

    points: Sequence[Point]
    live_since: datetime | None
    pressed: Statement | None
    """The first of two presses, while it counts."""

    @property
    def complete(self) -> bool:
        """Two supervisors may press."""
        return all(point.closed for point in self.points)


@dataclass(frozen=True)
class Served:
    """What the installation offers to whom."""

    contacts: Sequence[Mapping[str, Any]]
    """Rows of `flows/contacts.yml`."""
    has_words: Callable[[str], bool]
    country: str | None
    on_telegram: bool

    def countries(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[str]:
        """Give the country that was set, else every country of which a line is known."""
        return [self.country] if self.country else sorted({str(row["country"]) for row in rows})


class Reads(Protocol):
    """Knows how far each language is."""

    @property
    def off(self) -> Collection[str]:
        """Languages that are switched off: they need neither words nor counsellors."""

    async def reviewed_languages(self, tx: Transaction) -> frozenset[Language]:
        """Give the languages of which no sentence is a draft."""


class GoingLive:
    """Keeps the list of what has to be there before people may count on a person here."""

    def __init__(self, records: Records, clock: Clock, signals: Signals, served: Served, words: Reads) -> None:
        """Everything comes from `bootstrap`."""
        self._words = words
        self._records = records
        self._clock = clock
        self._signals = signals
        self._served = served

    async def look(self) -> Checklist:
        """Give the list as it stands now."""
        async with self._records.look() as tx:
            return await self._look(tx)

    async def sign(self, session: Session, point: str, about: Collection[str]) -> None:
        """Sign that something is not there, or is good enough as it is. Raises Refused: `role`, `nothing_open`."""
        now = self._clock.now()
        async with self._records.begin() as tx:
            me = await _who_signs(tx, session)
            known = {it.name: it for it in (await self._look(tx)).points}
            open_items = known[point].open_items if point in known else []
            if not about or not set(about) <= set(open_items):
                raise Refused("nothing_open")
            for one in sorted(set(about)):
                await tx.casework.sign(Statement(point, one, me, now))
                await tx.casework.add_audit(AuditEntry(now, me, "signed", detail={"point": point, "about": one}))

    async def withdraw(self, session: Session, point: str, about: str) -> None:
        """Take a signature back; whoever pressed before pressed for another list, so their press counts no more.

        Raises Refused: `role`, `live`, `nothing_signed`.
        """
        now = self._clock.now()
        async with self._records.begin() as tx:
            me = await _who_signs(tx, session)
            detail = {"point": point, "about": about}
            await tx.casework.add_audit(AuditEntry(now, me, "signature_withdrawn", detail=detail))
            checklist = await self._look(tx)
            if checklist.live_since is not None:
                raise Refused("live")
            if not any(it.signed for each in checklist.points if each.name == point for it in each.of(about)):
                raise Refused("nothing_signed")
            await tx.casework.unsign(point, about)
            await tx.casework.unsign(PRESS, "")

    async def press(self, session: Session) -> bool:
        """Press *Go live*: the second supervisor's press within a week does it, and tells so.

        Raises Refused: `role`, `not_complete`, `live`, `second_person`.
        """
        now = self._clock.now()
        async with self._records.begin() as tx:
            me = await _who_signs(tx, session)
            # The audit's head is locked by the append: of two presses at once one sees the other.
            await tx.casework.add_audit(AuditEntry(now, me, "go_live_pressed"))
            checklist = await self._look(tx)
            if checklist.live_since is not None:
                raise Refused("live")
            if not checklist.complete:
                raise Refused("not_complete")
            if checklist.pressed is not None and checklist.pressed.member == me:
                raise Refused("second_person")
            await tx.casework.sign(Statement(PRESS, "", me, now))
            if checklist.pressed is None:
                return False
            await tx.casework.set_fact(LIVE, now.isoformat())
            await tx.casework.add_audit(AuditEntry(now, me, "went_live"))
        self._signals.publish("queue")
        return True

    async def _look(self, tx: Transaction) -> Checklist:
        live = await tx.casework.fact(LIVE)
        signed = await tx.casework.signed()
        points = [Point(name, await self._items(tx, name, signed)) for name in POINTS]
        presses = [it for it in signed if it.point == PRESS and self._clock.now() - it.at < SECOND_WITHIN]
        return Checklist(points, datetime.fromisoformat(live) if live else None, presses[-1] if presses else None)

    async def _items(self, tx: Transaction, point: str, signed: Sequence[Statement]) -> Sequence[Item]:
        by_about = {it.about: it for it in signed if it.point == point}
        return [Item(about, done, by_about.get(about)) for about, done in (await self._there(tx, point)).items()]

    async def _there(self, tx: Transaction, point: str) -> Mapping[str, bool]:
        """Give what a point is about, and whether each of it is there."""
        now, served = self._clock.now(), self._served
        match point:
            case "contacts":
                rows = await rows_now(tx, served.contacts)
                lines = verified(rows, await tx.casework.contact_reviews(), now)
                urgent = {it.country for it in lines if not it.serves or "danger" in it.serves}
                return {country: country in urgent for country in served.countries(rows)}
            case "counsellors":
                spoken = await _spoken(tx, now)
                return {language: language in spoken for language in self._languages()}
            case "words":
                reviewed = await self._words.reviewed_languages(tx)
                return {language: language in reviewed for language in self._languages()}
            case "children":
                countries = served.countries(await rows_now(tx, served.contacts))
                return {it: served.has_words(f"{CHILD_DUTY}-{it.lower()}") for it in countries}
            case "roster":
                there = await _keeps_roster(tx)
            case "lead":
                home = await tx.staff.home()
                there = home is not None and await is_any_named(tx, home.id, now)
            case "profile":
                there = not served.on_telegram
            case _:
                there = bool(await tx.casework.fact(RECOVERY_WRITTEN))
        return {"": there}

    def _languages(self) -> Sequence[Language]:
        return [language for language in LANGUAGES if language not in self._words.off]


async def _spoken(tx: Transaction, now: datetime) -> frozenset[str]:
    """Give the languages of counsellors who can claim once the installation is live."""
    ready = [
        it
        for it in await tx.staff.all()
        if it.active and it.has_key and may(it.roles, "conversation.claim")
        if it.vetting.standing(now, LIVE_NEEDS) == "vetted"
    ]
    return frozenset(language for member in ready for language in member.languages)


async def _keeps_roster(tx: Transaction) -> bool:
    home = await tx.staff.home()
    if home is None:
        return False
    roster = await tx.roster.of(home.id)
    return any(roster.of(member.id).is_kept for member in await tx.staff.all() if member.active)


async def _who_signs(tx: Transaction, session: Session) -> MemberId:
    """Give the supervisor of the home organisation who signs."""
    await only_home(tx, session, "installation.sign")
    if session.organisation_key is None:
        raise Refused("role")
    return session.member.id
