"""How a member of staff is called outside the desk: a mail address, and a chat with the bot of the staff.

A chat is linked by a one-time code that the member sees at the desk and sends to that bot; nobody else is answered.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.domain.codes import MemberId
from bot.services.ports import Clock, Reach, Records, Vault
from bot.services.records import AuditEntry
from bot.services.sign_in import Session
from bot.services.staff import Refused

CODE_LASTS: Final = timedelta(minutes=15)
LONGEST_ADDRESS: Final = 254
LINKED: Final = "alerts.linked"
Say = Callable[[str, str], str]
"""Says a key of the desk's words in a language."""


@dataclass(frozen=True)
class ReachView:
    """What a member sees of how they are called."""

    ways: Collection[str]
    """Which ways are set up here."""
    has_telegram: bool
    mail: str


@dataclass(frozen=True)
class Reaches:
    """Lets members choose how they are called."""

    records: Records
    vault: Vault
    clock: Clock
    say: Say
    ways: Collection[str]

    async def look(self, session: Session) -> ReachView:
        """Give how this member is called."""
        async with self.records.begin() as tx:
            mine = (await tx.calls.reaches()).get(session.member.id)
        if mine is None:
            return ReachView(self.ways, has_telegram=False, mail="")
        return ReachView(self.ways, mine.telegram_sealed is not None, self._open(mine.member, mine.mail_sealed))

    async def new_code(self, session: Session, language: str) -> str:
        """Give a one-time code for the bot of the staff, shown once; an older one ends."""
        code = secrets.token_hex(8)
        until = self.clock.now() + CODE_LASTS
        await self._change(
            session, "call_code_made", language=language, code_hash=self.vault.hash_token(code), code_until=until
        )
        return code

    async def set_mail(self, session: Session, address: str, language: str) -> None:
        """Be called by mail; empty: no more. Raises Refused: `mail`."""
        address = address.strip()
        if address and not _is_address(address):
            raise Refused("mail")
        sealed = self.vault.seal(_purpose(session.member.id), address.encode()) if address else None
        await self._change(session, "call_mail", language=language, mail_sealed=sealed)

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

    def _open(self, member: MemberId, sealed: bytes | None) -> str:
        return "" if sealed is None else self.vault.open(_purpose(member), sealed).decode()


def _is_address(text: str) -> bool:
    """Tell whether this can be a mail address: one `@`, no blanks, nothing that could be another header."""
    return len(text) <= LONGEST_ADDRESS and re.fullmatch(r"[!-?A-~]+@[A-Za-z0-9.-]+", text) is not None


def _purpose(member: MemberId) -> str:
    return f"reach:{member}"
