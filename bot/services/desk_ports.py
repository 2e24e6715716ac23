"""What the services need from outside of the roster and of calls to staff; see `bot.services.ports`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.codes import ConversationId, MemberId, OrganisationId
from bot.domain.roster import Hours, Roster, Terms


@dataclass(frozen=True)
class Note:
    """What a counsellor noted of a conversation, sealed to the conversation's public key."""

    conversation: ConversationId
    member: MemberId
    sealed: bytes
    at: datetime


class NoteRows(Protocol):
    """What counsellors note."""

    async def add(self, note: Note) -> None:
        """Store a note."""

    async def of(self, conversation: ConversationId) -> Sequence[Note]:
        """Give every note of a conversation, oldest first."""


class RosterRows(Protocol):
    """Who works when."""

    async def of(self, organisation: OrganisationId) -> Roster:
        """Give everything that an organisation wrote down."""

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
