"""What concerns one member's work: their sessions, the end of their work here, and whom they must not be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.codes import CaseCode, MemberId
from bot.domain.rest import SHIFT, Shift, shift_of
from bot.errors import SaphanError
from bot.services.door import NoSuchConversation
from bot.services.ports import Clock, Records, Signals, Transaction
from bot.services.records import AuditEntry, Conversation
from bot.services.sign_in import Session, Sessions
from bot.services.staff import Refused
from bot.services.vetting import found_here

TAKEN_SHOWN: Final = 50


class NoSuchSession(SaphanError):
    """There is none for this member: it has ended, or it is of somebody whose sessions they may not end."""


@dataclass(frozen=True)
class Blocked:
    """A conversation that a member must not be given."""

    code: CaseCode
    since: datetime


class WorkingHere:
    """Lets members see and end sessions, supervisors end the work of others and keep people from each other."""

    def __init__(self, records: Records, clock: Clock, signals: Signals, sessions: Sessions) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._clock = clock
        self._signals = signals
        self._sessions = sessions

    async def speak(self, session: Session, language: str) -> None:
        """Keep in which language the desk speaks to this member, at whichever browser they come in."""
        async with self._records.begin() as tx:
            member = await tx.staff.get(session.member.id)
            if member is not None and member.desk_language != language:
                session.member = await tx.staff.save(replace(member, desk_language=language))

    async def sessions_of(self, session: Session, member: MemberId) -> Sequence[Session]:
        """Give the living sessions of a member, the oldest first; of others only to who may end them."""
        if member != session.member.id and not session.may("session.end"):
            return ()
        async with self._records.look() as tx:
            await found_here(tx, session, member)
        return self._sessions.living_of(member)

    async def end_session(self, session: Session, handle: str) -> None:
        """End one session, one's own or that of a member whom one leads. Raises NoSuchSession."""
        found = self._sessions.by_handle(handle)
        if found is None or found.member.organisation != session.member.organisation:
            raise NoSuchSession
        if found.member.id != session.member.id and not session.may("session.end"):
            raise NoSuchSession
        await self._sessions.end(found)
        detail = {"member": found.member.id}
        async with self._records.begin() as tx:
            await tx.casework.add_audit(
                AuditEntry(self._clock.now(), session.member.id, "session_ended", detail=detail)
            )

    async def end_work(self, session: Session, member: MemberId) -> None:
        """End a member's work here: they cannot sign in, and their copy of the organisation's key is gone.

        Raises NoSuchMember, or Refused: `role`, `member`, `last_key`.
        """
        if not session.may("people.end"):
            raise Refused("role")
        now = self._clock.now()
        async with self._records.begin() as tx:
            found = await found_here(tx, session, member)
            if found.id == session.member.id or not found.active:
                raise Refused("member")
            left = [it for it in await tx.staff.all() if it.organisation == found.organisation and it.id != found.id]
            if found.has_key and not any(it.active and it.has_key for it in left):
                raise Refused("last_key")
            ended = replace(found, active=False, key_wrapped=None, present_until=None, approved_by=())
            await tx.staff.save(replace(ended, setup_hash=None, setup_until=None))
            await tx.casework.add_audit(AuditEntry(now, session.member.id, "member_ended", detail={"member": member}))
        self._sessions.end_all_of(member)
        # Nothing of their copy of the key may be left in the database's files.
        await self._records.scrub()
        self._signals.publish("queue")

    async def taken(self, session: Session) -> Sequence[tuple[Conversation, datetime]]:
        """Give the conversations that this member took over and that are still kept, the latest first; no text."""
        async with self._records.look() as tx:
            return await tx.conversations.taken_by(session.member.id, TAKEN_SHOWN)

    async def shift(self, session: Session) -> Shift:
        """Tell what this member took over in the last hours, each conversation once, at its level of then."""
        since = self._clock.now() - SHIFT
        async with self._records.look() as tx:
            rows = await tx.casework.audited(TAKEN_SHOWN, actor=session.member.id, act="claimed")
        rows = [row for row in rows if row[1].at > since and "training" not in row[1].detail]
        levels = {it.conversation: str(it.detail.get("level", "")) for _, it in rows}
        return shift_of(list(levels.values()))

    async def blocks_of(self, session: Session, member: MemberId) -> Sequence[Blocked]:
        """Give the conversations that a member must not be given, to who may change that."""
        if not session.may("people.block"):
            return ()
        async with self._records.look() as tx:
            await found_here(tx, session, member)
            return [Blocked(code, since) for code, since in await tx.staff.blocks(member)]

    async def block(self, session: Session, member: MemberId, code: str, *, lift: bool = False) -> None:
        """Keep a member from a conversation, or let them have it again; who holds it keeps it until they give it back.

        Raises NoSuchMember, NoSuchConversation, or Refused: `role`.
        """
        if not session.may("people.block"):
            raise Refused("role")
        me, now = session.member.id, self._clock.now()
        async with self._records.begin() as tx:
            await found_here(tx, session, member)
            found = await _of_ours(tx, session, code)
            if lift:
                await tx.staff.unblock(member, found.id)
            else:
                await tx.staff.block(member, found.id, me, now)
            act = "block_lifted" if lift else "blocked"
            await tx.casework.add_audit(AuditEntry(now, me, act, found.id, {"member": member}))
        self._signals.publish("queue")


async def _of_ours(tx: Transaction, session: Session, code: str) -> Conversation:
    found = await tx.conversations.by_code(CaseCode(code.strip().upper()))
    if found is None or await tx.conversations.wrapped_key(found.id, session.member.organisation) is None:
        raise NoSuchConversation
    return found
