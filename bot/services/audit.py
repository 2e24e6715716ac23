"""The audit as supervisors read it: who did what, when and why, overall and for one conversation; never a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.codes import CaseCode, ConversationId
from bot.services.door import NoSuchConversation
from bot.services.home import only_home
from bot.services.ports import Clock, Records, Transaction
from bot.services.records import AuditEntry
from bot.services.sign_in import Session

PAGE: Final = 100
NO_MEMBER: Final = frozenset({"person", "program", "operator"})
"""Actors that are no member of staff."""


@dataclass(frozen=True)
class Row:
    """One act."""

    number: int
    at: datetime
    actor: str
    """Name of a member, or a code of `NO_MEMBER`."""
    is_member: bool
    act: str
    code: CaseCode | None
    """The conversation's; None: it is of none, or of one that was erased."""
    is_erased: bool
    about: str
    """Name of the member whom the act is about; empty: nobody."""
    detail: Mapping[str, str]
    """Why, and what else stands there, in codes."""


@dataclass(frozen=True)
class AuditPage:
    """A page of it, newest first."""

    rows: Sequence[Row]
    code: str
    """Of one conversation only; empty: of all."""
    earlier: int | None
    """The number before which there is more."""


class Audit:
    """Shows the audit of the installation to supervisors of the home organisation."""

    def __init__(self, records: Records, clock: Clock) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._clock = clock

    async def look(self, session: Session, code: str = "", before: int | None = None) -> AuditPage:
        """Give a page, of one conversation where a code is given, which is itself an act.

        Raises Refused: `role`, or NoSuchConversation.
        """
        async with self._records.begin() as tx:
            await only_home(tx, session, "audit.read")
            conversation = await self._found(tx, session, code) if code else ConversationId("")
            found = await tx.casework.audited(PAGE + 1, before, conversation)
            names = {str(member): name for member, name in (await tx.staff.names()).items()}
            codes = await tx.conversations.codes({ConversationId(entry.conversation) for _, entry in found})
        rows = [_row(number, entry, names, codes) for number, entry in found[:PAGE]]
        return AuditPage(rows, code, rows[-1].number if len(found) > PAGE else None)

    async def _found(self, tx: Transaction, session: Session, code: str) -> ConversationId:
        found = await tx.conversations.by_code(CaseCode(code.strip().upper()))
        if found is None or await tx.conversations.wrapped_key(found.id, session.member.organisation) is None:
            raise NoSuchConversation
        me, now = session.member.id, self._clock.now()
        await tx.casework.add_audit(AuditEntry(now, me, "audit_read", found.id))
        return found.id

    async def first_broken(self, session: Session) -> int | None:
        """Go through the whole chain; give the first row that does not fit, None when it holds."""
        async with self._records.look() as tx:
            await only_home(tx, session, "audit.read")
            return await tx.casework.verify_audit()


def _row(number: int, entry: AuditEntry, names: Mapping[str, str], codes: Mapping[str, CaseCode]) -> Row:
    detail = {name: _plain(value) for name, value in entry.detail.items() if name != "member"}
    return Row(
        number=number,
        at=entry.at,
        actor=entry.actor if entry.actor in NO_MEMBER else names.get(entry.actor, "–"),
        is_member=entry.actor not in NO_MEMBER,
        act=entry.act,
        code=codes.get(entry.conversation),
        is_erased=bool(entry.conversation) and entry.conversation not in codes,
        about=names.get(str(entry.detail.get("member", "")), ""),
        detail=detail,
    )


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
