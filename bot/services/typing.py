"""Lets a person and the one who counsels them see that the other is writing: in memory only, and gone after a moment.

Towards the person it passes the same gate as every message: only while the talk is live, never while they paused or
changed the screen (design/conversation.md, *Safe contact*). From the person it is shown to the holder alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import ConversationId
from bot.domain.ownership import HUMAN_OWNS
from bot.domain.safe_contact import Kind, OnItsWay, Verdict, may_send
from bot.errors import ChannelFailure
from bot.logs import get_logger
from bot.services.door import Door
from bot.services.ports import ShowsTyping
from bot.services.records import Address
from bot.services.sign_in import Session

logger = get_logger(__name__)

SHOWN_FOR: Final = timedelta(seconds=6)
"""A messenger shows it for about so long; whoever goes on writing says so again."""


@dataclass
class Typing:
    """Passes signs of writing on. `reach` tells it by which messengers it can show them."""

    door: Door
    _messengers: dict[tuple[str, str], ShowsTyping] = field(default_factory=dict)
    _until: dict[ConversationId, datetime] = field(default_factory=dict, repr=False)

    def reach(self, messengers: Mapping[tuple[str, str], object]) -> None:
        """Use the messengers that can show it."""
        self._messengers = {name: each for name, each in messengers.items() if isinstance(each, ShowsTyping)}

    async def person_writes(self, address: Address) -> bool:
        """Let the holder see it; False where nobody holds the talk, or the screen is changed."""
        async with self.door.records.look() as tx:
            found = await tx.conversations.find(self.door.vault.hash_chat(address))
        if found is None or found.flags.covered or found.own.state not in HUMAN_OWNS:
            return False
        now = self.door.clock.now()
        self._until = {it: until for it, until in self._until.items() if until > now}
        self._until[found.id] = now + SHOWN_FOR
        self.door.signals.publish(f"conversation:{found.id}")
        return True

    def is_writing(self, conversation: ConversationId) -> bool:
        """Tell whether the person was writing a moment ago."""
        until = self._until.get(conversation)
        return until is not None and self.door.clock.now() < until

    async def counsellor_writes(self, session: Session, conversation: ConversationId) -> None:
        """Let the person see it where a message could leave at this moment. Raises NoSuchConversation."""
        now = self.door.clock.now()
        async with self.door.records.look() as tx:
            found = await self.door.enter_held(tx, session, conversation)
        verdict = may_send(now, found.flags, found.plan, found.last_inbound, OnItsWay(Kind.WORDS, now))
        messenger = self._messengers.get((found.channel, found.bot))
        if messenger is None or verdict is not Verdict.SEND:
            return
        try:
            await messenger.show_typing(self.door.vault.open(f"chat:{found.id}", found.chat_sealed).decode())
        except ChannelFailure as exc:
            logger.info("typing_not_shown", conversation=found.id, error=exc)
