"""What is kept of staff: who works here, when, and how they are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.codes import CaseCode, ConversationId, MemberId, OrganisationId
from bot.domain.roster import Hours, Roster, Terms
from bot.services.records import Alert, Member, Organisation


class StaffRows(Protocol):
    """Organisations and members of staff."""

    async def home(self) -> Organisation | None:
        """Give the home organisation, or None before the first start."""

    async def add_organisation(self, organisation: Organisation) -> None:
        """Store an organisation."""

    async def save_organisation(self, organisation: Organisation) -> None:
        """Write name and keys."""

    async def organisation(self, organisation: OrganisationId) -> Organisation | None:
        """Find by id."""

    async def organisation_named(self, name: str) -> Organisation | None:
        """Find by name."""

    async def add(self, member: Member) -> None:
        """Store a new member."""

    async def get(self, member: MemberId) -> Member | None:
        """Read one, locked until the transaction ends."""

    async def by_setup(self, setup_hash: bytes) -> Member | None:
        """Find by the hash of the one-time link."""

    async def by_name(self, name: str) -> Member | None:
        """Find by the name they sign in with."""

    async def all(self) -> Sequence[Member]:
        """Give everybody, by name."""

    async def present(self, now: datetime) -> Sequence[Member]:
        """Give who counts as there, by name."""

    async def names(self) -> dict[MemberId, str]:
        """Give everybody's name."""

    async def save(self, member: Member) -> Member:
        """Write if the version is the one read; raises Stale."""

    async def block(self, member: MemberId, conversation: ConversationId, by: MemberId, at: datetime) -> None:
        """Store that the member must not be given this conversation; what stands already stays."""

    async def unblock(self, member: MemberId, conversation: ConversationId) -> None:
        """Take that back."""

    async def blocked(self, conversation: ConversationId) -> frozenset[MemberId]:
        """Give who must not be given this conversation."""

    async def kept_from(self, member: MemberId) -> frozenset[ConversationId]:
        """Give the conversations that a member must not be given."""

    async def blocks(self, member: MemberId) -> Sequence[tuple[CaseCode, datetime]]:
        """Give the conversations that a member must not be given, and since when."""

    async def counselled(self, conversation: ConversationId) -> frozenset[MemberId]:
        """Give who holds or ever wrote in this conversation."""


class RosterRows(Protocol):
    """Who works when."""

    async def of(self, organisation: OrganisationId) -> Roster:
        """Give everything that an organisation wrote down."""

    async def zone(self, organisation: OrganisationId) -> str:
        """Give by which clock an organisation works."""

    async def terms(self, organisation: OrganisationId) -> Mapping[str, Terms]:
        """Give how its members work, of whom it is written down; whoever else works as `Terms()` says."""

    async def add_shift(self, member: MemberId, weekday: int, hours: Hours) -> None:
        """Store hours of every week; of two that begin at the same time the newer counts."""

    async def remove_shift(self, member: MemberId, weekday: int, begins: int) -> None:
        """Take hours of every week away."""

    async def set_day(self, member: MemberId, day: date, hours: Hours | None) -> None:
        """Let one day differ; None: they do not work."""

    async def clear_day(self, member: MemberId, day: date) -> None:
        """Let the day be like every week again."""

    async def set_holiday(self, organisation: OrganisationId, day: date, *, closed: bool) -> None:
        """Close or open an organisation on a day."""

    async def set_terms(self, member: MemberId, how: Terms) -> None:
        """Write down how a member works."""

    async def set_zone(self, organisation: OrganisationId, zone: str) -> None:
        """Write down by which clock an organisation works."""


@dataclass(frozen=True)
class Reach:
    """How a member of staff is called outside the desk. Addresses are sealed for purpose `reach:<member>`."""

    member: MemberId
    language: str
    telegram_sealed: bytes | None = None
    mail_sealed: bytes | None = None
    code_hash: bytes | None = None
    code_until: datetime | None = None
    mail_pending: bytes | None = None
    """A mail address that nobody has confirmed yet; nothing but its code is sent there."""
    mail_code: bytes | None = None
    mail_code_until: datetime | None = None


@dataclass(frozen=True)
class Notice:
    """One call of one member for one alert, by one way."""

    id: int
    alert: int
    member: MemberId
    way: str
    """`desk`, `telegram` or `mail`."""
    called_at: datetime
    attempts: int
    state: str
    """`waiting`, `sending`, `sent` or `failed`."""


class CallRows(Protocol):
    """Who is called for an alert, by which way, and how it went."""

    async def reaches(self) -> Mapping[MemberId, Reach]:
        """Give how members are called outside the desk."""

    async def set_reach(self, reach: Reach) -> None:
        """Write down how a member is called."""

    async def by_code(self, code_hash: bytes) -> Reach | None:
        """Find whose one-time code this is."""

    async def unanswered(self) -> Sequence[Alert]:
        """Give alerts that nobody answered and that are not missed yet, the most urgent first."""

    async def called(self, alerts: Collection[int]) -> Sequence[Notice]:
        """Give who was called for some alerts, oldest first."""

    async def call(self, alert: int, member: MemberId, way: str, at: datetime, state: str) -> None:
        """Store a call; a member is called once for an alert by one way."""

    async def to_send(self, now: datetime, limit: int) -> Sequence[tuple[Notice, bool]]:
        """Give calls whose time has come, of alerts that nobody answered; True: it is about a person."""

    async def start(self, notice: int) -> bool:
        """Mark as `sending`; False when another did. What is cut in that state is never sent again."""

    async def settle(self, notice: int, state: str, next_at: datetime) -> None:
        """Write down how a delivery went: `sent`, `failed`, or `waiting` until a time."""

    async def miss(self, alert: int, at: datetime) -> None:
        """Nobody answered, and nobody is left to be called."""

    async def missed(self) -> Mapping[int, datetime]:
        """Give which alerts were missed, and when; who answers later does not take it away."""
