"""How a member of staff is called outside the desk: a mail address, and a chat with the bot of the staff.

A chat is linked by a one-time code that the member sees at the desk and sends to that bot; nobody else is answered.
A mail address counts once its owner has typed, at the desk, a code that was sent there.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from bot.domain.codes import MemberId
from bot.errors import ChannelFailure
from bot.services.ports import Clock, Notifier, Reach, Records, Vault
from bot.services.records import AuditEntry
from bot.services.sign_in import Session
from bot.services.staff import Refused

CODE_LASTS: Final = timedelta(minutes=15)
LONGEST_ADDRESS: Final = 254
LINKED: Final = "alerts.linked"
MAIL: Final = "mail"
MAIL_CODE: Final = "alerts.mail-code"
_NO_CODE: Final = {"mail_pending": None, "mail_code": None, "mail_code_until": None}
Say = Callable[[str, str], str]
"""Says a key of the desk's words in a language."""


@dataclass(frozen=True)
class ReachView:
    """What a member sees of how they are called."""

    ways: Collection[str]
    """Which ways are set up here."""
    has_telegram: bool
    mail: str
    mail_waits: str
    """An address that waits for its code."""


@dataclass(frozen=True)
class Reaches:
    """Lets members choose how they are called."""

    records: Records
    vault: Vault
    clock: Clock
    say: Say
    ways: Collection[str]
    _notifiers: dict[str, Notifier] = field(default_factory=dict)

    def by(self, notifiers: Mapping[str, Notifier]) -> None:
        """Use these ways of calling, where they run, to send codes."""
        self._notifiers.update(notifiers)

    async def look(self, session: Session) -> ReachView:
        """Give how this member is called."""
        async with self.records.look() as tx:
            mine = (await tx.calls.reaches()).get(session.member.id)
        if mine is None:
            return ReachView(self.ways, has_telegram=False, mail="", mail_waits="")
        mail, waits = (self._open(mine.member, sealed) for sealed in (mine.mail_sealed, mine.mail_pending))
        return ReachView(self.ways, mine.telegram_sealed is not None, mail, waits)

    async def new_code(self, session: Session, language: str) -> str:
        """Give a one-time code for the bot of the staff, shown once; an older one ends."""
        code = secrets.token_hex(8)
        until = self.clock.now() + CODE_LASTS
        await self._change(
            session, "call_code_made", language=language, code_hash=self.vault.hash_token(code), code_until=until
        )
        return code

    async def set_mail(self, session: Session, address: str, language: str) -> None:
        """Send a code to an address at which to be called by mail; empty: be called so no more.

        Until the code is typed the address before stays. Raises Refused: `mail`, `mail_not_sent`.
        """
        address = address.strip()
        if not address:
            await self._change(session, "call_mail", mail_sealed=None, **_NO_CODE)
            return
        if not _is_address(address):
            raise Refused("mail")
        code = secrets.token_hex(4)
        await self._change(
            session,
            "call_mail_asked",
            language=language,
            mail_pending=self.vault.seal(_purpose(session.member.id), address.encode()),
            mail_code=self._hash_of(session, code),
            mail_code_until=self.clock.now() + CODE_LASTS,
        )
        notifier = self._notifiers.get(MAIL)
        try:
            if notifier is None:
                raise Refused("mail_not_sent")
            await notifier.send(address, f"{self.say(MAIL_CODE, language)} {code}")
        except ChannelFailure:
            raise Refused("mail_not_sent") from None

    async def confirm_mail(self, session: Session, code: str) -> None:
        """Be called at the address to which this code was sent. Raises Refused: `mail_code`."""
        async with self.records.look() as tx:
            mine = (await tx.calls.reaches()).get(session.member.id)
        is_late = mine is None or mine.mail_code_until is None or mine.mail_code_until <= self.clock.now()
        if mine is None or is_late or mine.mail_code != self._hash_of(session, code):
            raise Refused("mail_code")
        await self._change(session, "call_mail", mail_sealed=mine.mail_pending, **_NO_CODE)

    async def unlink(self, session: Session) -> None:
        """Be called by the bot of the staff no more."""
        await self._change(session, "call_unlinked", telegram_sealed=None, code_hash=None, code_until=None)

    async def link(self, code: str, chat: str) -> str | None:
        """Link the chat from which a one-time code came, and give what it is answered; None: nothing is answered."""
        now = self.clock.now()
        async with self.records.begin() as tx:
            found = await tx.calls.by_code(self.vault.hash_token(code.strip()))
            if found is None or found.code_until is None or found.code_until <= now:
                return None
            sealed = self.vault.seal(_purpose(found.member), chat.encode())
            await tx.calls.set_reach(replace(found, telegram_sealed=sealed, code_hash=None, code_until=None))
            await tx.casework.add_audit(AuditEntry(now, found.member, "call_linked"))
        return self.say(LINKED, found.language)

    async def _change(self, session: Session, act: str, **fields: object) -> None:
        me = session.member.id
        async with self.records.begin() as tx:
            mine = (await tx.calls.reaches()).get(me, Reach(me, "en"))
            await tx.calls.set_reach(replace(mine, **fields))  # type: ignore[arg-type]
            await tx.casework.add_audit(AuditEntry(self.clock.now(), me, act))

    def _hash_of(self, session: Session, code: str) -> bytes:
        return self.vault.hash_token(f"mail:{session.member.id}:{code.strip().lower()}")

    def _open(self, member: MemberId, sealed: bytes | None) -> str:
        return "" if sealed is None else self.vault.open(_purpose(member), sealed).decode()


def _is_address(text: str) -> bool:
    """Tell whether this can be a mail address: one `@`, no blanks, nothing that could be another header."""
    return len(text) <= LONGEST_ADDRESS and re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", text) is not None


def _purpose(member: MemberId) -> str:
    return f"reach:{member}"
