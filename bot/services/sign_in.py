"""Signs members of staff in and keeps their sessions: in memory only, so that a restart signs everybody out.

A session holds the member's opened private key and, once it was granted, the organisation's. Neither is ever written
anywhere. Presence (who is on duty) is the only thing that a session leaves in the database.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import unicodedata
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

import pyotp

from bot.domain import presence, roles
from bot.domain.codes import ConversationId, MemberId
from bot.domain.vetting import Standing
from bot.errors import CannotOpen, SaphanError
from bot.logs import get_logger
from bot.services.ports import Clock, Records, Signals, Vault
from bot.services.practice import needed_now
from bot.services.records import AuditEntry, Member

logger = get_logger(__name__)

LASTS: Final = timedelta(hours=8)
"""A night shift; then everybody proves again who they are."""
IDLE: Final = timedelta(minutes=60)
"""Without a request; the browser of an open live page makes one every few seconds (see `bot.desk.live`)."""
FREE_TRIES: Final = 5
LOCKS: Final = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
"""After each failure beyond the free tries, longer and longer, for one name."""
OVERALL_TRIES: Final = 30
OVERALL_LOCK: Final = timedelta(minutes=1)
"""All names together: short, so that a stranger who guesses cannot keep the night shift out for an hour."""
AT_ONCE: Final = 2
"""Argon2id takes much memory: more sign-ins than this at once wait for each other."""
STEP_SECONDS: Final = 30


class SignInRefused(SaphanError):
    """Name, passphrase or code is wrong, the code was used, or there were too many tries; which one is never said."""


@dataclass(eq=False)
class Session:
    """One signed-in member at one browser. It changes as they work, so it is not frozen."""

    member: Member
    private: bytes = field(repr=False)
    organisation_key: bytes | None = field(repr=False)
    csrf: str = field(repr=False)
    created_at: datetime
    last_seen: datetime
    handle: str = field(default_factory=lambda: secrets.token_hex(8))
    """By what the session is named on a page; it opens nothing."""
    standing: Standing = "unrecorded"
    """How the member's vetting stands."""
    ended: bool = False
    offered: set[ConversationId] = field(default_factory=set, repr=False)
    """Conversations that this session saw waiting: only of these it may learn who claimed them first."""
    opened: set[ConversationId] = field(default_factory=set, repr=False)
    """Conversations whose opening by this session stands in the audit."""
    reasons: set[ConversationId] = field(default_factory=set, repr=False)
    """Conversations of colleagues that this session gave a reason to read."""
    forms: deque[str] = field(default_factory=lambda: deque(maxlen=200), repr=False)
    """One-time numbers of forms that were sent."""

    def has_role(self, *roles: str) -> bool:
        """Tell whether the member has one of the roles."""
        return not set(self.member.roles).isdisjoint(roles)

    def may(self, action: str) -> bool:
        """Tell whether one of the member's roles may do this."""
        return roles.may(self.member.roles, action)

    @contextmanager
    def once(self, form: str) -> Iterator[bool]:
        """Tell whether this form was not sent before: a double click acts once, a form that failed may come again."""
        first = not form or form not in self.forms
        done = False
        if first:
            self.forms.append(form)
        try:
            yield first
            done = True
        finally:
            if first and not done and form in self.forms:
                self.forms.remove(form)


class Sessions:
    """Everybody who is signed in, by the hash of their cookie."""

    def __init__(self, records: Records, vault: Vault, clock: Clock, signals: Signals) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._vault = vault
        self._clock = clock
        self._signals = signals
        self._by_hash: dict[bytes, Session] = {}

    async def start(self, member: Member, private: bytes) -> tuple[str, Session]:
        """Begin a session; give the cookie's value, which is kept nowhere else."""
        now = self._clock.now()
        self._drop_ended(now)
        token = secrets.token_urlsafe(32)
        session = Session(member, private, None, secrets.token_urlsafe(32), now, now)
        self._by_hash[self._vault.hash_token(token)] = session
        await self._refresh(session, is_seen=True)
        self._signals.publish("queue")
        return token, session

    async def resume(self, token: str) -> Session | None:
        """Give the living session of a cookie, with the member as they are now; it counts as seen."""
        session = self._by_hash.get(self._vault.hash_token(token)) if token else None
        if session is None or not await self.touch(session):
            return None
        return session

    async def touch(self, session: Session) -> bool:
        """Count the session as seen and the member as present; False when it has ended."""
        if not self._goes_on(session):
            return False
        session.last_seen = self._clock.now()
        return await self._refresh(session, is_seen=True)

    async def lives(self, session: Session) -> bool:
        """Tell whether the session goes on, without counting it as seen: a line stays open when its laptop has died."""
        return self._goes_on(session) and await self._refresh(session, is_seen=False)

    def _goes_on(self, session: Session) -> bool:
        now = self._clock.now()
        session.ended = session.ended or now - session.created_at >= LASTS or now - session.last_seen >= IDLE
        return not session.ended

    async def end(self, session: Session) -> None:
        """Sign out: keys are let go, and nobody is present any more by this session."""
        self._let_go(session)
        if not any(other.member.id == session.member.id for other in self._by_hash.values()):
            async with self._records.begin() as tx:
                member = await tx.staff.get(session.member.id)
                if member is not None:
                    await tx.staff.save(replace(member, present_until=None))
        self._signals.publish("queue")

    def living_of(self, member: MemberId) -> list[Session]:
        """Give the sessions of a member that have not ended, the oldest first."""
        self._drop_ended(self._clock.now())
        return sorted((it for it in self._by_hash.values() if it.member.id == member), key=lambda it: it.created_at)

    def by_handle(self, handle: str) -> Session | None:
        """Find a session that has not ended."""
        self._drop_ended(self._clock.now())
        return next((it for it in self._by_hash.values() if it.handle == handle), None)

    def end_all_of(self, member: MemberId) -> None:
        """End every session of a member whose keys were made anew."""
        for session in [each for each in self._by_hash.values() if each.member.id == member]:
            self._let_go(session)

    async def _refresh(self, session: Session, *, is_seen: bool) -> bool:
        now = self._clock.now()
        async with self._records.look() as tx:
            member = _goes_on_for(session, await tx.staff.get(session.member.id))
            needed = await needed_now(tx)
        if is_seen and member is not None and presence.seen(member.present_until, now) is not None:
            member = await self._see(session, now)
        if member is None:
            self._let_go(session)
            return False
        session.member = member
        session.standing = member.vetting.standing(now, needed)
        if member.key_wrapped is None:
            session.organisation_key = None
        elif session.organisation_key is None:
            session.organisation_key = self._vault.open_with(session.private, member.key_wrapped)
        return True

    async def _see(self, session: Session, now: datetime) -> Member | None:
        """Write down that a member is there. A restart signs everybody out: it need not last longer than we do."""
        async with self._records.begin(lasts=False) as tx:
            member = _goes_on_for(session, await tx.staff.get(session.member.id))
            until = None if member is None else presence.seen(member.present_until, now)
            if member is None or until is None:
                return member
            return await tx.staff.save(replace(member, present_until=until))

    def _let_go(self, session: Session) -> None:
        session.ended = True
        # Its open pages look again, find that it ended, and say so.
        for conversation in session.opened:
            self._signals.publish(f"conversation:{conversation}")
        session.private = b""
        session.organisation_key = None
        self._by_hash = {key: each for key, each in self._by_hash.items() if each is not session}

    def _drop_ended(self, now: datetime) -> None:
        for session in list(self._by_hash.values()):
            if session.ended or now - session.created_at >= LASTS or now - session.last_seen >= IDLE:
                self._let_go(session)


def _goes_on_for(session: Session, member: Member | None) -> Member | None:
    """Give the member as they are now; None when they ended their work here, or their keys were made anew."""
    ended = member is None or not member.active or member.public_key != session.member.public_key
    return None if ended else member


class SignIn:
    """Lets a member in by name, passphrase and one-time code, with the same work and answer whatever is wrong."""

    def __init__(self, records: Records, vault: Vault, clock: Clock, sessions: Sessions) -> None:
        """Everything comes from `bootstrap`."""
        self._records = records
        self._vault = vault
        self._clock = clock
        self._sessions = sessions
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._decoy: bytes | None = None
        self._failures: deque[datetime] = deque()

    async def sign_in(self, name: str, passphrase: str, code: str) -> tuple[str, Session]:
        """Give cookie and session; raises SignInRefused."""
        async with self._at_once:
            if self._decoy is None:
                self._decoy = await asyncio.to_thread(self._make_decoy)
            member = None if self._is_locked_overall() else await self._count_try(plain_name(name))
            private = await asyncio.to_thread(self._unlock, member, passphrase)
            step = self._step(member, code)
            if member is None or private is None or step is None:
                self._failures.append(self._clock.now())
                raise SignInRefused
            accepted = await self._accept(member, step)
        return await self._sessions.start(accepted, private)

    async def _count_try(self, name: str) -> Member | None:
        """Count a failure before anything is compared, so that tries made at once cannot outrun the lock."""
        now = self._clock.now()
        async with self._records.begin() as tx:
            member = await tx.staff.by_name(name)
            member = None if member is None else await tx.staff.get(member.id)
            if member is None or not member.active or not member.is_set_up:
                return None
            if member.locked_until is not None and now < member.locked_until:
                return None
            failed = member.failed + 1
            return await tx.staff.save(replace(member, failed=failed, locked_until=locked_until(failed, now)))

    async def _accept(self, member: Member, step: int) -> Member:
        """Clear the count and use the code up; raises SignInRefused when another sign-in used it meanwhile."""
        async with self._records.begin() as tx:
            stored = await tx.staff.get(member.id)
            if stored is None or stored.totp_last >= step or stored.public_key != member.public_key:
                raise SignInRefused
            accepted = replace(stored, failed=0, locked_until=None, totp_last=step)
            accepted = await tx.staff.save(accepted)
            await tx.casework.add_audit(AuditEntry(self._clock.now(), str(member.id), "signed_in"))
        return accepted

    def _unlock(self, member: Member | None, passphrase: str) -> bytes | None:
        sealed = member.private_sealed if member is not None else None
        try:
            private = self._vault.unlock_with_passphrase(plain_passphrase(passphrase), sealed or self._decoy or b"")
        except CannotOpen:
            return None
        return private if sealed is not None else None

    def _step(self, member: Member | None, code: str) -> int | None:
        if member is None or member.totp_sealed is None:
            return None
        secret = self._vault.open(f"totp:{member.id}", member.totp_sealed).decode()
        return step_of_code(secret, code, self._clock.now(), member.totp_last)

    def _make_decoy(self) -> bytes:
        return self._vault.lock_with_passphrase(secrets.token_urlsafe(16), secrets.token_bytes(32))

    def _is_locked_overall(self) -> bool:
        now = self._clock.now()
        while self._failures and now - self._failures[0] >= OVERALL_LOCK:
            self._failures.popleft()
        if len(self._failures) < OVERALL_TRIES:
            return False
        logger.warning("sign_in_locked", count=len(self._failures))
        return True


def locked_until(failed: int, now: datetime) -> datetime | None:
    """Give until when a name is locked after so many failures in a row."""
    if failed < FREE_TRIES:
        return None
    return now + LOCKS[min(failed - FREE_TRIES, len(LOCKS) - 1)]


def step_of_code(secret: str, code: str, now: datetime, after: int) -> int | None:
    """Give the time step of a right one-time code (RFC 6238, one step early or late), None for a wrong or used one."""
    digits = "".join(code.split())
    if not digits.isascii():
        return None
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    steps = [
        step for step in (current - 1, current, current + 1) if hmac.compare_digest(totp.generate_otp(step), digits)
    ]
    return next((step for step in steps if step > after), None)


def plain_name(name: str) -> str:
    """Give a name as it is stored: composed, without blanks around or doubled."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def plain_passphrase(passphrase: str) -> str:
    """Give a passphrase as it is locked with: the same on every keyboard (RFC 8265 composes too)."""
    return unicodedata.normalize("NFC", passphrase)
