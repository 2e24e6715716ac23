"""Contacts at the desk: rows above the file, test calls, and who says until when that a row may be told to a person.

Everything that is done is done to exactly the row that was on the page: whoever acts on a row that was changed
meanwhile is refused. A failed call takes a line away at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from bot.domain.codes import LANGUAGES
from bot.domain.contact_rows import (
    ANSWERED,
    COUNTS_FOR,
    OUTCOMES,
    PLACES,
    Overlay,
    TrialCall,
    may_be_verified,
    merged,
    name_of,
    not_tried_from,
    said_alike,
    standing_review,
)
from bot.domain.contacts import Review, is_called, row_hash
from bot.services.checks.contacts import check_contacts
from bot.services.checks.material import Listing, Node, Source, Table, Text
from bot.services.home import only_home
from bot.services.ports import Clock, Records, Signals, Transaction
from bot.services.records import AuditEntry
from bot.services.sign_in import Session
from bot.services.staff import Refused

Standing = Literal["verified", "expired", "untried", "never_said"]
"""`never_said`: not a number to call, so no rule ever says it."""
Origin = Literal["file", "changed", "added"]
LONGEST_FIELD: Final = 500
FILE: Final = "flows/contacts.yml"


@dataclass(frozen=True)
class Line:
    """One row as the page shows it."""

    name: str
    row: Mapping[str, Any]
    hash: str
    origin: Origin
    standing: Standing
    review: Review | None
    """What counts now, or the newest that counted."""
    calls: Sequence[TrialCall]
    """Test calls of exactly this row, newest first."""
    to_try_from: tuple[str, ...]
    can_verify: bool


@dataclass(frozen=True)
class ContactBook:
    """All rows, and what was withdrawn."""

    lines: Sequence[Line]
    withdrawn: Sequence[Overlay]


class Contacts:
    """Shows rows of contacts and lets the desk change and try them."""

    def __init__(
        self,
        records: Records,
        clock: Clock,
        signals: Signals,
        shipped: Sequence[Mapping[str, Any]],
        named: Callable[[str], bool],
    ) -> None:
        """`shipped` are the rows of the file; `named` tells whether a country has a name in the words."""
        self._records = records
        self._clock = clock
        self._signals = signals
        self._shipped = tuple(shipped)
        self._named = named

    async def _needs(self, session: Session, action: str) -> None:
        async with self._records.look() as tx:
            await only_home(tx, session, action)

    async def look(self) -> ContactBook:
        """Give every row with how it stands."""
        now = self._clock.now()
        async with self._records.look() as tx:
            overlays = await tx.content.contacts()
            calls = await tx.content.calls()
            reviews = await tx.casework.contact_reviews()
        shipped = {name_of(row) for row in self._shipped}
        changed = {it.name for it in overlays if it.row is not None}
        lines = [
            _line(row, _origin(name_of(row), shipped, changed), calls, reviews, now)
            for row in merged(self._shipped, overlays)
        ]
        return ContactBook(lines, [it for it in overlays if it.row is None])

    async def change(self, session: Session, name: str, row: Mapping[str, Any]) -> list[str]:
        """Let a row stand in the place of the one of this name, or as a new one where the name is empty.

        Gives what the check of the content files finds wrong; then nothing is changed. Raises Refused: `role`,
        `contact_same`, `contact_there`, `contact_changed`.
        """
        await self._needs(session, "lines.edit")
        found = self._wrong(row)
        if found:
            return found
        async with self._records.begin() as tx:
            known = {name_of(it): it for it in merged(self._shipped, await tx.content.contacts())}
            before, becomes = known.get(name), name_of(row)
            if name and before is None:
                raise Refused("contact_changed")
            if before is not None and said_alike(before, row):
                raise Refused("contact_same")
            if becomes != name and becomes in known:
                raise Refused("contact_there")
            if name and becomes != name:
                await self._take_out(tx, session, name)
            now = self._clock.now()
            await tx.content.set_contact(Overlay(becomes, row, session.member.id, now))
            entry = AuditEntry(now, session.member.id, "contact_changed", detail={"contact": becomes})
            await tx.casework.add_audit(entry)
        self._signals.publish("outbox")
        return []

    async def withdraw(self, session: Session, name: str, seen: str) -> None:
        """Let a row never be said, and leave it off the list. Raises Refused: `role`, `contact_changed`."""
        await self._needs(session, "lines.edit")
        async with self._records.begin() as tx:
            await self._row(tx, name, seen)
            await self._take_out(tx, session, name)
            entry = AuditEntry(self._clock.now(), session.member.id, "contact_withdrawn", detail={"contact": name})
            await tx.casework.add_audit(entry)
        self._signals.publish("outbox")

    async def restore(self, session: Session, name: str) -> None:
        """Let the file's row count again, as it is there. Raises Refused: `role`, `contact_changed`."""
        await self._needs(session, "lines.edit")
        async with self._records.begin() as tx:
            if name not in {it.name for it in await tx.content.contacts()}:
                raise Refused("contact_changed")
            await tx.content.drop_contact(name)
            entry = AuditEntry(self._clock.now(), session.member.id, "contact_restored", detail={"contact": name})
            await tx.casework.add_audit(entry)
        self._signals.publish("outbox")

    async def log_call(self, session: Session, name: str, call: Mapping[str, Any]) -> None:
        """Write down a test call: `seen`, `place`, `answered`, `languages`, `outcome`. One that failed ends the trust.

        Raises Refused: `role`, `call`, `contact_changed`.
        """
        await self._needs(session, "lines.try")
        languages = tuple(code for code in LANGUAGES if code in call["languages"])
        place, answered, outcome = call["place"], call["answered"], call["outcome"]
        known = place in PLACES and answered in ANSWERED and outcome in OUTCOMES
        # Nobody who is not there can have spoken, and nothing works that nobody answers.
        if not known or (answered in ("nobody", "machine") and (outcome == "works" or languages)):
            raise Refused("call")
        now = self._clock.now()
        async with self._records.begin() as tx:
            row = await self._row(tx, name, call["seen"])
            it = TrialCall(row_hash(row), session.member.id, now, place, answered, languages, outcome)
            await tx.content.add_call(it)
            detail = {"contact": name, "outcome": outcome}
            await tx.casework.add_audit(AuditEntry(now, session.member.id, "contact_called", detail=detail))
            reviews = await tx.casework.contact_reviews()
            if outcome == "fails" and standing_review(reviews, it.row, now) is not None:
                await self._end_trust(tx, session, name, it.row)
        self._signals.publish("outbox")

    async def verify(self, session: Session, name: str, seen: str, until: datetime | None) -> None:
        """Say that a row may be told to a person until a day. Raises Refused: `role`, `untried`, `contact_until`."""
        await self._needs(session, "lines.verify")
        now = self._clock.now()
        if until is None or not now < until <= now + COUNTS_FOR:
            raise Refused("contact_until")
        async with self._records.begin() as tx:
            row = await self._row(tx, name, seen)
            if not is_called(row) or not may_be_verified(await tx.content.calls(), row_hash(row), now):
                raise Refused("untried")
            await tx.casework.add_contact_review(Review(row_hash(row), session.member.id, now, until))
            detail = {"contact": name, "until": until.date().isoformat()}
            await tx.casework.add_audit(AuditEntry(now, session.member.id, "contact_verified", detail=detail))

    async def doubt(self, session: Session, name: str, seen: str) -> None:
        """Let a row not be said any more until somebody verifies it again. Raises Refused: `role`."""
        await self._needs(session, "lines.verify")
        async with self._records.begin() as tx:
            await self._end_trust(tx, session, name, row_hash(await self._row(tx, name, seen)))
        self._signals.publish("outbox")

    async def _end_trust(self, tx: Transaction, session: Session, name: str, row: str) -> None:
        now = self._clock.now()
        await tx.casework.add_contact_review(Review(row, session.member.id, now, now))
        await tx.casework.add_audit(AuditEntry(now, session.member.id, "contact_doubted", detail={"contact": name}))

    async def _row(self, tx: Transaction, name: str, seen: str) -> Mapping[str, Any]:
        """Give the row of a name, if it is still the one that was on the page."""
        rows = merged(self._shipped, await tx.content.contacts())
        row = next((it for it in rows if name_of(it) == name), None)
        if row is None or row_hash(row) != seen:
            raise Refused("contact_changed")
        return row

    async def _take_out(self, tx: Transaction, session: Session, name: str) -> None:
        """Withdraw what the file holds; what only the desk added goes."""
        if name in {name_of(row) for row in self._shipped}:
            await tx.content.set_contact(Overlay(name, None, session.member.id, self._clock.now()))
        else:
            await tx.content.drop_contact(name)

    def _wrong(self, row: Mapping[str, Any]) -> list[str]:
        if any(len(str(value)) > LONGEST_FIELD for value in row.values()):
            return [f"a field is longer than {LONGEST_FIELD} characters; shorten it"]
        country = str(row.get("country", "")).lower()
        named = [country] if self._named(f"countries.{country}") else []
        return [line.partition(": ")[2] for line in check_contacts(source_of(row), named)]


def source_of(*rows: Mapping[str, Any]) -> Source:
    """Give rows as the check reads them from the file."""
    listing = Listing(1, tuple(_node(row) for row in rows))
    return Source(FILE, Table(1, ((Text(1, "contacts"), listing),)))


def _node(value: Any) -> Node:
    if isinstance(value, Mapping):
        return Table(1, tuple((Text(1, str(name)), _node(one)) for name, one in value.items()))
    if isinstance(value, (list, tuple)):
        return Listing(1, tuple(_node(one) for one in value))
    return Text(1, {True: "yes", False: "no"}[value], is_text=False) if isinstance(value, bool) else Text(1, str(value))


def _origin(name: str, shipped: set[str], changed: set[str]) -> Origin:
    if name not in shipped:
        return "added"
    return "changed" if name in changed else "file"


def _line(
    row: Mapping[str, Any], origin: Origin, calls: Sequence[TrialCall], reviews: Sequence[Review], now: datetime
) -> Line:
    name = row_hash(row)
    counts = standing_review(reviews, name, now)
    newest = next((it for it in reversed(reviews) if it.row == name), None)
    standing: Standing = "untried" if newest is None else "expired"
    if counts is not None:
        standing = "verified"
    return Line(
        name=name_of(row),
        row=row,
        hash=name,
        origin=origin,
        standing=standing if is_called(row) else "never_said",
        review=counts or newest,
        calls=[it for it in reversed(calls) if it.row == name],
        to_try_from=not_tried_from(calls, name),
        can_verify=is_called(row) and may_be_verified(calls, name, now),
    )
