"""What the services need from outside to call staff; see `bot.services.ports`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.codes import MemberId
from bot.services.records import Alert


class Notifier(Protocol):
    """A way to call a member outside the desk. Sends only what it is given, and logs nothing of it.

    Raises Blocked or Refused when it will never work, TryLater or plain ChannelFailure when it may work later.
    """

    way: str

    async def send(self, address: str, text: str) -> None:
        """Send a short text."""


@dataclass(frozen=True)
class Reach:
    """How a member of staff is called outside the desk. Addresses are sealed for purpose `reach:<member>`."""

    member: MemberId
    language: str
    telegram_sealed: bytes | None = None
    mail_sealed: bytes | None = None
    code_hash: bytes | None = None
    code_until: datetime | None = None


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
