"""Opens a page of a conversation for whoever of the home organisation comes through a door."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.codes import ConversationId
from bot.services.door import Door, Enter, NoSuchConversation, allowed_by
from bot.services.sign_in import Session
from bot.services.transcript import MessageView, read_part, show


async def read_behind(
    door: Door,
    session: Session,
    conversation: ConversationId,
    after: int | None,
    enter: Enter,
    *,
    without_yes: bool = False,
) -> Sequence[MessageView]:
    """Open messages after a place, oldest first; without a place the last ones. Raises NoSuchConversation.

    They are those that the person agreed to be read; `without_yes` opens all, where a life or a child is in danger.
    """
    key = session.organisation_key
    async with door.records.look() as tx:
        await enter(tx, session, conversation)
        if key is None:
            raise NoSuchConversation
        wrapped = await tx.conversations.wrapped_key(conversation, session.member.organisation)
        part = await read_part(tx, conversation, after)
        rows = part.rows
        if not without_yes:
            allowed = allowed_by(session.member, await tx.casework.consents(conversation))
            rows = [row for row in rows if row[0].author == "counsellor" or row[0].turn > allowed.after_turn]
    around = part.around(door.vault, conversation, session.member.id)
    return await show(door.vault, key, wrapped or b"", rows, around)
