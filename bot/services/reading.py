"""Opens a page of a conversation for whoever of the home organisation comes through a door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.codes import ConversationId
from bot.services.door import Door, Enter, NoSuchConversation, allowed_by
from bot.services.ports import Transaction
from bot.services.sign_in import Session
from bot.services.transcript import MessageView, Part, Row, read_part, show


@dataclass(frozen=True)
class Sealed:
    """A page of a conversation as it is stored, and what opens it."""

    conversation: ConversationId
    part: Part
    rows: Sequence[Row]
    """Those of the part that the member may read."""
    key: bytes = field(repr=False)
    """The organisation's, as the session holds it."""
    wrapped: bytes = field(repr=False)

    async def open(self, door: Door, session: Session) -> Sequence[MessageView]:
        """Open the messages in memory, oldest first; raises CannotOpen."""
        around = self.part.around(door.vault, self.conversation, session.member.id)
        return await show(door.vault, self.key, self.wrapped, self.rows, around)


async def read_allowed(
    tx: Transaction,
    session: Session,
    conversation: ConversationId,
    after: int | None,
    *,
    without_yes: bool = False,
) -> Sealed:
    """Read messages after a place, without a place the last ones, for who came through the door.

    They are those that the person agreed to be read; `without_yes` gives all, where a life or a child is in danger.
    Raises NoSuchConversation to a session without the organisation's key.
    """
    if session.organisation_key is None:
        raise NoSuchConversation
    wrapped = await tx.conversations.wrapped_key(conversation, session.member.organisation)
    part = await read_part(tx, conversation, after)
    rows = part.rows
    if not without_yes:
        allowed = allowed_by(session.member, await tx.casework.consents(conversation))
        rows = [row for row in rows if row[0].author == "counsellor" or row[0].turn > allowed.after_turn]
    return Sealed(conversation, part, rows, session.organisation_key, wrapped or b"")


async def read_behind(
    door: Door,
    session: Session,
    conversation: ConversationId,
    after: int | None,
    enter: Enter,
    *,
    without_yes: bool = False,
) -> Sequence[MessageView]:
    """Open messages after a place, as `read_allowed` gives them, behind a door. Raises NoSuchConversation."""
    async with door.records.look() as tx:
        await enter(tx, session, conversation)
        sealed = await read_allowed(tx, session, conversation, after, without_yes=without_yes)
    return await sealed.open(door, session)
