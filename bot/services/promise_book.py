"""What was promised, as the desk shows it: due, near, kept, broken; codes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from bot.domain.codes import CaseCode
from bot.domain.waits import WARN_BEFORE
from bot.services.ports import Clock, Records
from bot.services.promises import BROKEN, KEPT
from bot.services.records import Promise
from bot.services.sign_in import Session
from bot.services.staff import Refused

SETTLED_SHOWN: Final = 50
Standing = Literal["open", "near", "overdue", "kept", "broken", "cancelled"]


@dataclass(frozen=True)
class PromiseLine:
    """One promise, and whose it is."""

    promise: Promise
    code: CaseCode
    level: str
    language: str
    standing: Standing


@dataclass(frozen=True)
class Book:
    """The promises page."""

    open: Sequence[PromiseLine]
    settled: Sequence[PromiseLine]
    """The newest first."""

    @property
    def kept(self) -> int:
        """How many of the settled ones were kept."""
        return sum(line.standing == KEPT for line in self.settled)

    @property
    def broken(self) -> int:
        """How many of the settled ones were broken."""
        return sum(line.standing == BROKEN for line in self.settled)


@dataclass(frozen=True)
class PromiseBook:
    """Shows what was promised to who counsels or leads."""

    records: Records
    clock: Clock

    async def look(self, session: Session) -> Book:
        """Give what is due, the earliest first, and what became of the newest others. Raises Refused: `role`."""
        if not session.may("conversation.counsel"):
            raise Refused("role")
        now = self.clock.now()
        async with self.records.look() as tx:
            found = await tx.promises.listed(SETTLED_SHOWN)
        lines = [
            PromiseLine(promise, code, level, language, standing(promise, now))
            for promise, code, level, language in found
        ]
        unsettled = [line for line in lines if line.promise.settled_at is None]
        return Book(unsettled, [line for line in lines if line.promise.settled_at is not None])


def standing(promise: Promise, now: datetime) -> Standing:
    """Tell how a promise stands at a moment."""
    if promise.settled_at is not None:
        return KEPT if promise.outcome == KEPT else BROKEN if promise.outcome == BROKEN else "cancelled"
    if now >= promise.due:
        return "overdue"
    return "near" if now >= promise.due - WARN_BEFORE else "open"
