"""Complaints about counsellors: for supervisors, and never for the one complained of (design/handoff.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.codes import CaseCode, MemberId
from bot.services.alert_sight import COMPLAINT, seen_by
from bot.services.ports import Records
from bot.services.sign_in import Session

LOOKED_AT: Final = 1000
"""So many of the newest alerts are looked through."""


@dataclass(frozen=True)
class Concerned:
    """A member who wrote with the person, and so may be the one complained of."""

    member: MemberId
    name: str
    is_kept_away: bool
    """They must not be given this conversation again."""


@dataclass(frozen=True)
class Complaint:
    """That a person complained, without a word: what they wish to say they tell a supervisor."""

    code: CaseCode
    at: datetime
    alert: int
    answered_by: str
    concerned: Sequence[Concerned]
    is_kept: bool
    """The conversation is still there."""


@dataclass(frozen=True)
class Complaints:
    """Shows complaints."""

    records: Records

    async def look(self, session: Session) -> Sequence[Complaint]:
        """Give what this member may hear of, unanswered ones first, then the newest."""
        async with self.records.look() as tx:
            found = [it for it in await tx.casework.alerts(LOOKED_AT) if it.kind == COMPLAINT and it.code is not None]
            found = await seen_by(tx, session.member, found)
            names = await tx.staff.names() if found else {}
            complaints = []
            for it in found:
                wrote = blocked = frozenset[MemberId]()
                if it.conversation is not None:
                    wrote = await tx.staff.counselled(it.conversation)
                    blocked = await tx.staff.blocked(it.conversation)
                concerned = [Concerned(each, names.get(each, "–"), each in blocked) for each in sorted(wrote)]
                answered = names.get(it.seen_by, "–") if it.seen_by is not None else ""
                complaints.append(
                    Complaint(it.code or CaseCode(""), it.at, it.id, answered, concerned, it.conversation is not None)
                )
        return complaints
