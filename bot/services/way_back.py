"""The way back into a web chat by six words: made only on request, shown once, kept as a keyed hash.

Trying is throttled per session and over all, and the wait grows. A session costs nothing to make, so the limit over
all is the one that holds: at 60 wrong tries an hour, six of 2,048 words (66 bits) stand for longer than anyone lives.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.errors import SettingError
from bot.services.ports import Clock, Records, Vault
from bot.services.records import Address, AuditEntry

WORDS: Final = 6
FEWEST_IN_LIST: Final = 2048
LONGEST: Final = 200
"""Characters that are looked at; no six words are longer."""

TRIES_OF_ONE: Final = 5
WINDOW_OF_ONE: Final = timedelta(minutes=10)
TRIES_OF_ALL: Final = 60
WINDOW_OF_ALL: Final = timedelta(hours=1)
LONGEST_WAIT: Final = timedelta(hours=8)
SWEEP_AT: Final = 1000
"""Sessions with wrong tries after which those that are over are forgotten."""


@dataclass
class Tries:
    """Wrong tries within a window; each full window doubles the wait that follows it."""

    most: int
    window: timedelta
    since: datetime
    wrong: int = 0
    rounds: int = 0
    closed_until: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Tell whether another try is allowed now."""
        return self.closed_until is None or now >= self.closed_until

    def add_wrong(self, now: datetime) -> None:
        """Count a wrong try."""
        if now - self.since >= self.window:
            if self.is_over(now):
                self.rounds = 0
            self.since, self.wrong = now, 0
        self.wrong += 1
        if self.wrong >= self.most:
            self.closed_until = now + min(self.window * 2**self.rounds, LONGEST_WAIT)
            self.rounds += 1
            self.since, self.wrong = self.closed_until, 0

    def is_over(self, now: datetime) -> bool:
        """Tell whether it was quiet for so long that nothing needs to be remembered."""
        return now - max(self.since, self.closed_until or self.since) >= LONGEST_WAIT


class WayBack:
    """Gives six words for a conversation, and opens the conversation for whoever brings them."""

    def __init__(
        self,
        records: Records,
        vault: Vault,
        clock: Clock,
        wordlist: Sequence[str],
        choose: Callable[[Sequence[str]], str] = secrets.choice,
    ) -> None:
        """A list of fewer than 2,048 different words raises SettingError."""
        if len(set(wordlist)) < FEWEST_IN_LIST:
            raise SettingError(f"the word list of the way back should hold {FEWEST_IN_LIST} different words or more")
        self._records = records
        self._vault = vault
        self._clock = clock
        self._wordlist = wordlist
        self._choose = choose
        self._all = Tries(TRIES_OF_ALL, WINDOW_OF_ALL, clock.now())
        self._sessions: dict[str, Tries] = {}

    async def knows(self, address: Address) -> bool:
        """Tell whether this chat has a conversation."""
        async with self._records.look() as tx:
            return await tx.conversations.find(self._vault.hash_chat(address)) is not None

    async def make(self, address: Address) -> str | None:
        """Give new words that replace earlier ones; None when the chat has no conversation."""
        now = self._clock.now()
        words = " ".join(self._choose(self._wordlist) for _ in range(WORDS))
        async with self._records.begin() as tx:
            conversation = await tx.conversations.find(self._vault.hash_chat(address))
            if conversation is None:
                return None
            await tx.casework.add_way_back(self._hash(words), conversation.id, now)
            await tx.casework.add_audit(AuditEntry(now, "person", "way_back_made", conversation.id))
        return words

    async def come_back(self, address: Address, words: str, tried_by: str) -> bool:
        """Let this chat be the way to the conversation of the words.

        `address` has no conversation yet; `tried_by` names the session for the throttle. False when the words open
        nothing or when too many were tried: the two look the same.
        """
        now = self._clock.now()
        if not (self._all.is_open(now) and self._tries_of(tried_by, now).is_open(now)):
            return False
        if await self._move(address, words, now):
            return True
        self._all.add_wrong(now)
        self._tries_of(tried_by, now).add_wrong(now)
        return False

    async def _move(self, address: Address, words: str, now: datetime) -> bool:
        async with self._records.begin() as tx:
            name = await tx.casework.way_back(self._hash(words))
            conversation = None if name is None else await tx.conversations.get(name)
            if conversation is None or conversation.channel != address.channel:
                return False
            sealed = self._vault.seal(f"chat:{conversation.id}", address.chat.encode())
            await tx.conversations.move(conversation.id, self._vault.hash_chat(address), sealed)
            await tx.casework.add_audit(AuditEntry(now, "person", "way_back_used", conversation.id))
        return True

    def _hash(self, words: str) -> bytes:
        return self._vault.hash_token(f"way-back:{fold(words)}")

    def _tries_of(self, session: str, now: datetime) -> Tries:
        found = self._sessions.get(session)
        if found is None:
            if len(self._sessions) >= SWEEP_AT:
                self._sessions = {key: tries for key, tries in self._sessions.items() if not tries.is_over(now)}
            found = self._sessions[session] = Tries(TRIES_OF_ONE, WINDOW_OF_ONE, now)
        return found


def fold(words: str) -> str:
    """Make two writings of the same six words equal: case, width, commas, numbering and spaces do not matter."""
    plain = unicodedata.normalize("NFKC", words[:LONGEST]).casefold()
    return " ".join(re.findall(r"[a-z]+", plain))
