"""What the clock works with: one conversation at a time, in a transaction of its own, so that none holds up another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import handoff
from bot.domain.codes import ConversationId
from bot.domain.ownership import Deed, NotPossible, step
from bot.domain.reply import Say
from bot.logs import get_logger
from bot.services.ports import Clock, Records, Signals, Stale, Transaction, Vault
from bot.services.records import AuditEntry, Conversation
from bot.services.speak import Speaker
from bot.services.talk import open_talk, seal_talk

logger = get_logger(__name__)

Act = Callable[[Transaction, Conversation], Awaitable[Conversation | None]]
"""Gives the conversation as it is afterwards, or None when there is nothing to do after all."""


@dataclass(frozen=True)
class Hands:
    """Changes conversations when something is due."""

    records: Records
    vault: Vault
    clock: Clock
    signals: Signals
    speaker: Speaker

    async def each(self, conversations: Sequence[ConversationId], act: Act) -> None:
        """Do one thing to each, as it is by then; who was changed by somebody else meanwhile is left to the next look.

        One that cannot be worked on never keeps the others from what is due to them.
        """
        for conversation in conversations:
            try:
                await self._one(conversation, act)
            except (Stale, NotPossible):
                logger.info("clock_overtaken", conversation=conversation)
            except Exception as exc:  # edge: one conversation's fault must not keep what is due from the others
                logger.error("clock_failed", conversation=conversation, error=exc)

    async def _one(self, conversation: ConversationId, act: Act) -> None:
        async with self.records.begin() as tx:
            current = await tx.conversations.get(conversation)
            if current is None:
                return
            after = await act(tx, current)
            if after is None:
                return
            await tx.conversations.save(after)
        for topic in ("queue", "outbox", f"conversation:{conversation}"):
            self.signals.publish(topic)

    async def say(self, tx: Transaction, conversation: Conversation, says: Sequence[Say]) -> Conversation:
        """Put sentences on their way; whether and when they leave is for `may_send`."""
        talk = open_talk(self.vault, conversation.id, conversation.state_sealed)
        talk = await self.speaker.announce(tx, conversation, talk, says, self.clock.now())
        return replace(conversation, state_sealed=seal_talk(self.vault, conversation.id, talk))

    async def say_beside(self, tx: Transaction, conversation: Conversation, say: Say) -> Conversation:
        """Put a sentence on its way that takes no answer away from an open question."""
        talk = open_talk(self.vault, conversation.id, conversation.state_sealed)
        talk = await self.speaker.say_beside(tx, conversation, talk, say, self.clock.now())
        return replace(conversation, state_sealed=seal_talk(self.vault, conversation.id, talk))

    async def move(self, tx: Transaction, conversation: Conversation, deed: Deed, **detail: str) -> Conversation:
        """Change the owner and tell the person; raises NotPossible. `detail` goes into the audit, in codes."""
        now = self.clock.now()
        before = conversation.own.state
        after = step(conversation.own, deed, now)
        conversation = replace(conversation, own=after)
        say = handoff.announce(before, deed.does)
        if say is not None:
            conversation = await self.say(tx, conversation, (say,))
        await self.note(tx, conversation, deed.does.value, now, state=after.state.value, **detail)
        return conversation

    async def note(self, tx: Transaction, conversation: Conversation, act: str, now: datetime, **detail: str) -> None:
        """Write into the audit what the clock did."""
        await tx.casework.add_audit(AuditEntry(now, "program", act, conversation.id, dict(detail)))
