"""Invented conversations for tests."""

from __future__ import annotations

from datetime import datetime

from bot.domain.codes import CaseCode, ConversationId
from bot.domain.ownership import Ownership, State
from bot.domain.safe_contact import Flags
from bot.services.records import Conversation


def a_conversation(now: datetime) -> Conversation:
    """Give a new conversation that nobody wrote in yet."""
    return Conversation(
        id=ConversationId("c" * 32),
        code=CaseCode("ABC-DEFG"),
        channel="telegram",
        bot="1",
        chat_sealed=b"",
        language="en",
        language_chosen=False,
        public_key=b"",
        own=Ownership(State.BOT, now),
        flags=Flags(),
        level="P4",
        turn=0,
        version=0,
        created_at=now,
        last_inbound=None,
        opened_at=None,
        offered_at=None,
        safety_declined_at=None,
        trouble_said_at=None,
        keep_until=None,
        state_sealed=b"",
    )
