"""A supervisor reads what a colleague holds: only with a reason, which stands beside the conversation from then on.

The reason is kept as a note, so that whoever holds the conversation reads it too, and who read stands in the audit and
in what the person is told on request (design/handoff.md, *Who works at the desk*). It counts for one session.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.access import LONGEST_REASON, SHORTEST_REASON, Barred
from bot.domain.codes import ConversationId
from bot.services.counsel import clean
from bot.services.door import Door, NoSuchConversation
from bot.services.ports import Note, Transaction
from bot.services.reading import read_behind
from bot.services.records import Conversation
from bot.services.sign_in import Session
from bot.services.taking_back import TakingBack
from bot.services.transcript import MessageView


class Supervising:
    """Lets supervisors read what is held in their organisation."""

    def __init__(self, door: Door, taking_back: TakingBack) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._taking_back = taking_back

    async def begin(self, session: Session, conversation: ConversationId, reason: str) -> None:
        """Write the reason down, so that this session may read. Raises NoSuchConversation, Barred: `reason`."""
        reason = clean(reason)
        if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
            raise Barred("reason")
        async with self._door.records.begin() as tx:
            found = await self._taking_back.enter(tx, session, conversation)
            sealed = self._door.vault.seal_to(found.public_key, reason.encode())
            await tx.notes.add(Note(conversation, session.member.id, sealed, self._door.clock.now()))
            await self._door.audit(tx, session, found, "supervised")
        session.reasons.add(conversation)
        self._door.tell(conversation, queue=False)

    async def read(
        self, session: Session, conversation: ConversationId, after: int | None = None
    ) -> Sequence[MessageView]:
        """Open messages after a place, oldest first; without a place the last ones. Raises NoSuchConversation."""
        return await read_behind(self._door, session, conversation, after, self._enter)

    async def _enter(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        found = await self._taking_back.enter(tx, session, conversation)
        if conversation not in session.reasons:
            raise NoSuchConversation
        return found
