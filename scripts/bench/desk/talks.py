"""Ten thousand invented conversations of half a year: who wrote how much, who took over, what was promised.

Most are short and with the program; one in three was handed over once; some wait, some are held, one is very long.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.adapters.db.conversations import values_of
from bot.adapters.vault import SodiumVault
from bot.domain.codes import LANGUAGES, LEVELS, CaseCode, ConversationId, Level, MemberId
from bot.domain.ownership import Ownership, State
from bot.domain.safe_contact import Flags
from bot.services.receive import CODE_LETTERS, Home
from bot.services.records import Address, Conversation
from bot.services.talk import Talk, seal_talk
from scripts.bench.desk.rows import Rows
from scripts.bench.desk.work import UNSEEN, Work
from tests.support.bot_api import TOKEN

BOT: Final = TOKEN.partition(":")[0]
HELD_BY_LEAD: Final = 2000
"""Messages of the longest conversation."""
LONG: Final = (40, 120, 400)
USUAL: Final = (2, 4, 5, 6, 8, 9, 12, 16, 25)
PAIRS: Final = 200
TEXTS: Final = 30
"""Texts that each key pair seals."""
HALF_A_YEAR: Final = timedelta(days=180)
STATES: Final[Mapping[State, int]] = {State.QUEUED: 40, State.TRANSFERRING: 4, State.OFFERED: 20, State.PROMISED: 60}
"""How many of the newest conversations stand so; each counsellor holds one or two, and the others are settled."""
OFTEN: Final = (0, 1, 4, 6, 9)
"""How often each level is seen."""


@dataclass(frozen=True)
class _Pair:
    public: bytes
    wrapped: bytes
    texts: Sequence[bytes]


@dataclass
class Talks:
    """Makes them."""

    chance: Random
    vault: SodiumVault
    home: Home
    lead: str
    counsellors: Sequence[str]
    now: datetime
    texts: Sequence[str]
    held_by: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By member: case code and chat of the first conversation that they hold."""
    waiting: str = ""
    _pairs: list[_Pair] = field(default_factory=list)
    _work: Work = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self._work = Work(self.chance, self.vault, self.home.id)

    def make(self, conversations: int) -> Rows:
        """Make so many."""
        self._pairs = [self._pair() for _ in range(PAIRS)]
        states = [state for state, many in STATES.items() for _ in range(many)]
        holders = [self.lead, *self.counsellors, *self.counsellors[::2]]
        for number in range(conversations):
            if number < len(holders):
                self._talk(number, State.HELD, holders[number], HELD_BY_LEAD if number == 0 else 60)
            elif number < len(holders) + len(states):
                self._talk(number, states[number - len(holders)], self.counsellors[number % len(self.counsellors)], 20)
            else:
                self._talk(number, State.BOT, "", self.chance.choice(LONG if number % 50 == 0 else USUAL))
        return self._work.rows

    def _pair(self) -> _Pair:
        public, private = self.vault.new_key_pair()
        texts = self.chance.sample(self.texts, TEXTS)
        return _Pair(
            public,
            self.vault.seal_to(self.home.public_key, private),
            [self.vault.seal_to(public, text.encode()) for text in texts],
        )

    def _talk(self, number: int, state: State, holder: str, messages: int) -> None:
        """Make one conversation with everything that hangs on it."""
        chance, pair = self.chance, self.chance.choice(self._pairs)
        is_settled = state is State.BOT
        quiet = timedelta(seconds=chance.uniform(3600, HALF_A_YEAR.total_seconds())) if is_settled else timedelta()
        last = self.now - quiet - timedelta(seconds=chance.uniform(60, 900))
        was_handed_over = not is_settled or number % 3 == 0
        if is_settled and was_handed_over:
            state = chance.choice((State.CLOSED, State.BOT))
        it = self._conversation(number, state, holder, pair, last, messages)
        chat = self.vault.hash_chat(Address("telegram", BOT, str(number)))
        rows = self._work.rows
        rows.conversations.append({**values_of(it), "chat_hash": chat, "last_seq": messages})
        rows.keys.append({"conversation": it.id, "organisation": self.home.id, "wrapped": pair.wrapped})
        self._work.talked(it, pair.texts, messages)
        member = holder or chance.choice(self.counsellors)
        if was_handed_over:
            self._work.handed_over(it, member, last)
        if number % 4 == 0:
            self._work.called(it, member, last, seen=number >= 4 * UNSEEN)
        if it.own.due is not None or number % 10 == 0:
            self._work.promised(it, last, it.own.due)

    def _conversation(
        self, number: int, state: State, holder: str, pair: _Pair, last: datetime, messages: int
    ) -> Conversation:
        name = ConversationId(secrets.token_hex(16))
        letters = "".join(self.chance.choices(CODE_LETTERS, k=7))
        code = CaseCode(f"{letters[:3]}-{letters[3:]}")
        own = Ownership(state, last)
        level: Level = self.chance.choices(LEVELS, OFTEN)[0]
        if state in (State.HELD, State.TRANSFERRING):
            receiver = MemberId(self.lead) if state is State.TRANSFERRING else None
            own = replace(own, counsellor=MemberId(holder), receiver=receiver)
            self.held_by.setdefault(holder, (code, number))
        if state is State.PROMISED:
            own = replace(own, due=self.now + timedelta(hours=self.chance.uniform(3, 40)))
        if state is State.QUEUED:
            self.waiting = code
        return Conversation(
            id=name,
            code=code,
            channel="telegram",
            bot=BOT,
            chat_sealed=self.vault.seal(f"chat:{name}", str(number).encode()),
            language=self.chance.choice(LANGUAGES),
            language_chosen=True,
            public_key=pair.public,
            own=own,
            flags=Flags(),
            level=level,
            turn=messages // 2,
            version=messages,
            created_at=last - timedelta(minutes=4 * messages),
            last_inbound=last,
            opened_at=last - timedelta(minutes=4 * messages),
            offered_at=None,
            safety_declined_at=None,
            trouble_said_at=None,
            keep_until=self.now + timedelta(days=90),
            state_sealed=seal_talk(self.vault, name, Talk(told=messages // 2, wrote=True, age="adult")),
        )
