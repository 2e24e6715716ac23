"""Opens of a handed-over conversation what the person agreed to be read, for whoever comes through a door."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.codes import ConversationId
from bot.services.door import Door, Enter, NoSuchConversation, allowed_by
from bot.services.sign_in import Session
from bot.services.transcript import MessageView, read_part, show


async def read_agreed(
    door: Door, session: Session, conversation: ConversationId, after: int | None, enter: Enter
) -> Sequence[MessageView]:
    """Open messages after a place, oldest first; without a place the last ones. Raises NoSuchConversation."""
    key = session.organisation_key
    async with door.records.look() as tx:
        await enter(tx, session, conversation)
        if key is None:
            raise NoSuchConversation
        wrapped = await tx.conversations.wrapped_key(conversation, session.member.organisation)
        part = await read_part(tx, conversation, after)
        allowed = allowed_by(session.member, await tx.casework.consents(conversation))
    rows = [row for row in part.rows if row[0].author == "counsellor" or row[0].turn > allowed.after_turn]
    around = part.around(door.vault, conversation, session.member.id)
    return await show(door.vault, key, wrapped or b"", rows, around)
