"""What the services need of the database as a whole.

A `Records` transaction is all or nothing; two transactions on one conversation never both succeed on the same
`version` (compare-and-set), which is what keeps one owner, one turn at a time.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import SaphanError
from bot.services.ports.access_rows import AccessRows, LeadRows
from bot.services.ports.casework_rows import CaseworkRows, LeftAloneRows, NoteRows, PromiseRows
from bot.services.ports.content_rows import ContentRows
from bot.services.ports.figure_rows import FigureRows
from bot.services.ports.handover import HandoverRows
from bot.services.ports.referral_rows import ReferralRows
from bot.services.ports.review_rows import ReviewRows
from bot.services.ports.staff_rows import CallRows, RosterRows, StaffRows
from bot.services.ports.talk_rows import ConversationRows, InboxRows, MessageRows, OutboxRows, ScreenRows


class Stale(SaphanError):
    """Somebody else changed the row since it was read: nothing was written, read again and decide anew."""


class Transaction(Protocol):
    """One transaction over all that is kept."""

    @property
    def conversations(self) -> ConversationRows:
        """Conversations and their keys."""

    @property
    def inbox(self) -> InboxRows:
        """What came in."""

    @property
    def messages(self) -> MessageRows:
        """What was said and heard."""

    @property
    def outbox(self) -> OutboxRows:
        """What goes out."""

    @property
    def staff(self) -> StaffRows:
        """Who works here."""

    @property
    def casework(self) -> CaseworkRows:
        """Consents, alerts, audit, facts."""

    @property
    def promises(self) -> PromiseRows:
        """By when somebody aims to write."""

    @property
    def screen(self) -> ScreenRows:
        """What stands in the messengers' chats."""

    @property
    def left_alone(self) -> LeftAloneRows:
        """Who was closed as abusive."""

    @property
    def notes(self) -> NoteRows:
        """What counsellors note."""

    @property
    def referrals(self) -> ReferralRows:
        """What is passed on, and to whom it can be."""

    @property
    def figures(self) -> FigureRows:
        """What is counted."""

    @property
    def content(self) -> ContentRows:
        """What the desk changed of contacts and words."""

    @property
    def reviews(self) -> ReviewRows:
        """Which cases are listed, and what readers said of them."""

    @property
    def handovers(self) -> HandoverRows:
        """Notes between shifts."""

    @property
    def roster(self) -> RosterRows:
        """Who works when."""

    @property
    def calls(self) -> CallRows:
        """Who is called for an alert."""

    @property
    def accesses(self) -> AccessRows:
        """Readings without a yes."""

    @property
    def leads(self) -> LeadRows:
        """Who is named as duty lead."""


class Duty(Protocol):
    """Who of the vetted is on duty, now and later. Says nothing about persons; asked within an open transaction."""

    async def languages_now(self, tx: Transaction) -> frozenset[str]:
        """Give the languages in which somebody vetted is on duty now."""

    async def next_shift(self, tx: Transaction, language: str, after: datetime) -> datetime | None:
        """Give when the next shift of somebody vetted who speaks the language begins; None when none is planned."""


class Records(Protocol):
    """The database."""

    def begin(self, *, lasts: bool = True) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; leaving the block commits, an exception rolls everything back.

        With `lasts=False` a power cut may undo it, never half of it: for what is worth no more than its process.
        """

    def look(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction for what is only looked at: it sees one moment, and cannot write.

        What is decided by what was seen is looked at anew where it is written, in `begin`.
        """

    async def scrub(self) -> None:
        """After an erasure: leave no trace of deleted rows in the database's own files."""


LEASE: timedelta = timedelta(seconds=30)
