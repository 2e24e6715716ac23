"""Lowers how urgent a conversation is, by whoever reads it: the program only ever raises it (design/handoff.md).

The published rules of review go by the level too: they are looked at anew in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.codes import LEVELS, ConversationId, Level
from bot.services.door import TRIES, Door, NoSuchConversation, NotAllowed
from bot.services.ports import Stale, Transaction
from bot.services.records import Conversation
from bot.services.review.flagging import Flagging
from bot.services.sign_in import Session


def lower_than(level: Level) -> Sequence[Level]:
    """Give what is less urgent, the nearest first."""
    return LEVELS[LEVELS.index(level) + 1 :]


class Marks:
    """Lets the holder of a conversation say that it is less urgent than the program heard."""

    def __init__(self, door: Door, flagging: Flagging) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._flagging = flagging

    async def lower(self, session: Session, conversation: ConversationId, level: str) -> None:
        """Lower it, as the holder. Raises NoSuchConversation, or NotAllowed: `choice`, for what is no lower."""
        for _ in range(TRIES):
            try:
                async with self._door.records.begin() as tx:
                    found = await self._door.enter_held(tx, session, conversation)
                    to = next((each for each in lower_than(found.level) if each == level), None)
                    if to is None:
                        raise NotAllowed("choice")
                    await self.write(tx, session, found, to)
            except Stale:
                continue
            self._door.tell(conversation)
            return
        raise NoSuchConversation

    async def write(self, tx: Transaction, session: Session, found: Conversation, to: Level) -> None:
        """Write a lower level down, within whoever's transaction; raises Stale."""
        await self._door.audit(tx, session, found, "mark_lowered", before=found.level, after=to)
        lowered = await tx.conversations.save(replace(found, level=to))
        await self._flagging.look_again(tx, lowered, self._door.clock.now())
