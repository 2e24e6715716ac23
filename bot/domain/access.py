"""Reading a conversation without a yes, in danger to a life or a child (design/handoff.md, *Danger without consent*).

A duty lead writes a reason; a second member of staff says yes before, or within a day. Reading hangs on the mark of
danger: where it is gone, or a counsellor holds the conversation, nothing is read any more. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.domain.codes import ConversationId, Level, MemberId
from bot.domain.ownership import HUMAN_OWNS, State
from bot.domain.triage import ALERTING
from bot.errors import SaysWhy

Ground = Literal["danger_now", "self_harm", "medical", "child"]
GROUNDS: Final[tuple[Ground, ...]] = ("danger_now", "self_harm", "medical", "child")
"""Danger to a life, or a child at serious risk; for nothing else a conversation is opened without a yes."""

ANSWER_WITHIN: Final = timedelta(hours=24)
"""So long after the asking, or the opening, a second member of staff has to say yes."""
READS_FOR: Final = timedelta(hours=24)
"""So long after that yes it is read; who has to read on gives a reason anew."""
SHORTEST_REASON: Final = 20
"""A word is no reason."""
LONGEST_REASON: Final = 2000

Standing = Literal["asked", "open", "confirmed", "ended", "refused", "lapsed"]
"""`open`: read, and not confirmed yet; `ended`: it was confirmed, and is not read any more."""
AGAINST: Final = frozenset({"refused", "lapsed"})
"""How it can end without a second yes."""


class Barred(SaysWhy):
    """It is not possible (`errors.barred-<reason>`)."""


@dataclass(frozen=True)
class Access:
    """One reading without a yes: by whom, on which ground, and what a second member of staff said."""

    id: str
    conversation: ConversationId
    lead: MemberId
    ground: Ground
    reason: bytes = field(repr=False)
    """The written reason, sealed to the conversation's public key."""
    asked_at: datetime
    opened_at: datetime | None = None
    """When it was first read; None: not yet."""
    answer: str = ""
    """`confirmed`, `refused`, `lapsed`, or nothing yet."""
    answered_by: MemberId | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    """When the duty lead said that they read no more."""
    told_at: datetime | None = None
    """When the person was told."""

    @property
    def due(self) -> datetime:
        """Until when a second member of staff has to say yes."""
        return (self.opened_at or self.asked_at) + ANSWER_WITHIN

    def standing(self, now: datetime) -> Standing:
        """Tell how it stands; what nobody confirmed in time has lapsed, whether somebody wrote that down or not."""
        if self.answer == "refused":
            return "refused"
        if self.answer != "confirmed":
            if self.answer or now >= self.due:
                return "lapsed"
            return "asked" if self.opened_at is None else "open"
        answered = self.answered_at or self.asked_at
        return "ended" if self.ended_at is not None or now >= answered + READS_FOR else "confirmed"

    def waits(self, now: datetime) -> bool:
        """Tell whether a second member of staff may still answer."""
        return self.standing(now) in ("asked", "open")

    def is_read_by(self, member: MemberId, now: datetime) -> bool:
        """Tell whether this lets the member read now; that they are the duty lead is for the caller to know."""
        is_open = self.opened_at is not None and self.ended_at is None
        return is_open and self.lead == member and self.standing(now) in ("open", "confirmed")

    @property
    def is_to_tell(self) -> bool:
        """The person does not know yet: it was read, and how it went with the second yes is decided."""
        return self.told_at is None and self.opened_at is not None and self.answer != ""


def is_grounded(level: Level, state: State) -> bool:
    """Tell whether a conversation may be opened so at all: marked as danger, and held by no counsellor."""
    return level in ALERTING and state not in HUMAN_OWNS


def is_reason(text: str) -> bool:
    """Tell whether a written reason is long enough to be one, and short enough to be read."""
    return SHORTEST_REASON <= len(text) <= LONGEST_REASON


def begin(access: Access, before: Iterable[Access], now: datetime, *, at_once: bool) -> Access:
    """Begin: ask a second member of staff first, or read `at_once`.

    Raises Barred: `begun` while one of the same duty lead runs, `second_first` where another was refused or lapsed
    within a day or still waits, so that nobody reads on alone by beginning again.
    """
    for other in before:
        mine = other.lead == access.lead
        if mine and other.ended_at is None and other.standing(now) in ("asked", "open", "confirmed"):
            raise Barred("begun")
        if at_once and (_was_lately_against(other, now) or (mine and other.waits(now))):
            raise Barred("second_first")
    return open_it(access, access.lead, now) if at_once else access


def _was_lately_against(other: Access, now: datetime) -> bool:
    return other.standing(now) in AGAINST and now < (other.answered_at or other.due) + ANSWER_WITHIN


def open_it(access: Access, by: MemberId, now: datetime) -> Access:
    """Read from now on: after the second yes, or before it. Raises Barred: `over`."""
    if access.lead != by or access.standing(now) not in ("asked", "confirmed"):
        raise Barred("over")
    return access if access.opened_at is not None else replace(access, opened_at=now)


def answer(access: Access, by: MemberId, now: datetime, *, yes: bool) -> Access:
    """Say yes or no as the second member of staff. Raises Barred: `same_person`, `over`."""
    if by == access.lead:
        raise Barred("same_person")
    if not access.waits(now):
        raise Barred("over")
    return replace(access, answer="confirmed" if yes else "refused", answered_by=by, answered_at=now)


def lapse(access: Access, now: datetime) -> Access:
    """Write down that nobody said yes in time. Raises Barred: `over` while there is time, or it was answered."""
    if access.answer or now < access.due:
        raise Barred("over")
    return replace(access, answer="lapsed", answered_at=now)


def end(access: Access, by: MemberId, now: datetime) -> Access:
    """Read no more; a second yes is owed all the same. Raises Barred: `over`."""
    if not access.is_read_by(by, now):
        raise Barred("over")
    return replace(access, ended_at=now)
