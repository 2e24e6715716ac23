"""What hangs on an invented conversation: its messages on their ways, what was heard, agreed, promised, noted, done."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from bot.adapters.vault import SodiumVault
from bot.domain.codes import INDICATOR_CODES, MessageId, OrganisationId
from bot.domain.observations import Observed
from bot.services.effects import CONSENT_TO_READ
from bot.services.observe import seal
from bot.services.records import AuditEntry, Conversation
from scripts.bench.desk.rows import Rows

UNSEEN: Final = 6
"""Alerts that nobody answered yet."""
A_TURN: Final = timedelta(minutes=2)


@dataclass
class Work:
    """Fills in the rows."""

    chance: Random
    vault: SodiumVault
    home: OrganisationId
    rows: Rows = field(default_factory=Rows)

    def talked(self, it: Conversation, texts: Sequence[bytes], messages: int) -> None:
        """Let the person, the bot and who holds it write by turns; one message in six tells of something."""
        last = it.last_inbound or it.created_at
        for seq in range(1, messages + 1):
            at = last - A_TURN * (messages - seq)
            person = seq % 2 == 1
            author = "person" if person else "counsellor" if it.own.counsellor and seq % 4 == 0 else "bot"
            name = MessageId(secrets.token_hex(16))
            row = {
                "id": name,
                "conversation": it.id,
                "seq": seq,
                "turn": seq // 2,
                "author": author,
                "sealed": self.chance.choice(texts),
                "at": at,
                "member": it.own.counsellor if author == "counsellor" else None,
                "read": True,
                "outbox": None if person else self._left(it, at),
            }
            self.rows.messages.append(row)
            if person and self.chance.random() < 1 / 3:
                self._heard(it, name, at)

    def _left(self, it: Conversation, at: datetime) -> int:
        number = len(self.rows.outbox) + 1
        row = {"id": number, "conversation": it.id, "kind": "words", "channel": it.channel, "bot": it.bot}
        row |= {"chat_sealed": it.chat_sealed, "payload": None, "has_buttons": False, "state": "delivered"}
        row |= {"created_at": at, "next_at": at, "remote": str(number), "delivered_at": at}
        self.rows.outbox.append(row)
        return number

    def _heard(self, it: Conversation, message: MessageId, at: datetime) -> None:
        observed = Observed(self.chance.choice(INDICATOR_CODES), "heard", evidence=(0, 12), confidence=0.8)
        self.rows.observations += [vars(one) for one in seal(self.vault, it.id, message, [observed], at)]

    def handed_over(self, it: Conversation, member: str, at: datetime) -> None:
        """Let the person agree, and one counsellor take over, look again and again, write and note."""
        consent = {"conversation": it.id, "scope": CONSENT_TO_READ, "organisation": self.home}
        self.rows.consents.append({**consent, "act": "handoff_yes", "turn": 0, "at": it.created_at})
        acts = ["claimed", *["conversation_opened", "counsellor_wrote"] * self.chance.randint(1, 6)]
        for place, act in enumerate(acts):
            detail = {"level": it.level} if act == "claimed" else {}
            self.rows.audit.append(AuditEntry(at - A_TURN * (len(acts) - place), member, act, it.id, detail))
        sealed = self.vault.seal_to(it.public_key, b"Likes to be asked in the evening.")
        self.rows.notes.append({"conversation": it.id, "member": member, "sealed": sealed, "at": at})

    def called(self, it: Conversation, member: str, at: datetime, *, seen: bool) -> None:
        """Let staff be called once."""
        number = len(self.rows.alerts) + 1
        answered = {"seen_at": at, "seen_by": member} if seen else {"seen_at": None, "seen_by": None}
        alert = {"id": number, "conversation": it.id, "code": it.code, "kind": "danger_read", "level": it.level}
        self.rows.alerts.append({**alert, "at": at, **answered})
        call = {"alert": number, "member": member, "way": "desk", "called_at": at, "next_at": at, "attempts": 1}
        self.rows.notices.append({**call, "state": "sent"})

    def promised(self, it: Conversation, at: datetime, due: datetime | None) -> None:
        """Let something be promised; without a due time it was kept."""
        settled = {"outcome": "", "settled_at": None} if due else {"outcome": "kept", "settled_at": at}
        row = {"conversation": it.id, "made_at": at, "due": due or at, "breaks": 0, "escalated": False}
        self.rows.promises.append({**row, **settled})
