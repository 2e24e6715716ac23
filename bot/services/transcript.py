"""What staff see of a conversation: messages opened with the organisation's key, in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.domain.codes import ConversationId, MemberId, MessageId
from bot.errors import CannotOpen
from bot.services.in_sight import HEAVY
from bot.services.observe import opened
from bot.services.ports import Transaction, Vault
from bot.services.records import Author, Message, Observation, OutboxState

PAGE: Final = 60
"""Messages opened at once; each has a seal of its own."""

ENDED: Final = (None, "delivered", "failed", "expired")

Row = tuple[Message, OutboxState | None, str]


@dataclass(frozen=True)
class MessageView:
    """One message as the holder of the conversation reads it."""

    seq: int
    author: Author
    name: str
    """The counsellor's name; empty when it is the reader, the bot or the person."""
    text: str = field(repr=False)
    at: datetime
    delivery: str
    """Where an outgoing message is, as a code; empty for the person's own."""
    is_final: bool
    """It will not change any more: its delivery is settled, or, of the person's own, the engine has read it."""
    unread: bool
    """The engine did not read it for danger."""
    covered: bool = False
    """Written while the screen was changed: maybe by somebody else."""
    damaged: bool = False
    """It cannot be opened; its text is empty."""
    heavy: bool = False
    """It tells of violence or sexual harm, as far as the program read it: folded until opened."""


@dataclass(frozen=True)
class Around:
    """What is known of messages beside themselves."""

    names: Mapping[MemberId, str]
    me: MemberId
    """Who reads."""
    heavy: Collection[MessageId]
    """Messages that tell of violence or sexual harm."""


@dataclass(frozen=True)
class Part:
    """A part of a conversation as it is stored, oldest first, and what is known beside it."""

    rows: Sequence[Row]
    names: Mapping[MemberId, str]
    heard: Sequence[Observation]
    """Of these messages."""

    def around(self, vault: Vault, conversation: ConversationId, me: MemberId) -> Around:
        """Give what whoever reads is shown beside the messages; raises CannotOpen."""
        told = opened(vault, conversation, self.heard)
        return Around(self.names, me, {message for message, each in told if each.code in HEAVY})


async def read_part(tx: Transaction, conversation: ConversationId, after: int | None) -> Part:
    """Read a page of messages after a place; without a place the last ones."""
    rows = (
        await tx.messages.latest(conversation, PAGE)
        if after is None
        else await tx.messages.after(conversation, after, PAGE)
    )
    heard = await tx.messages.observations(conversation, [message.id for message, _, _ in rows])
    return Part(rows, await tx.staff.names(), heard)


def place_before(views: Sequence[MessageView]) -> int | None:
    """Give the place after which the page before these messages begins; None where they are the first."""
    first = views[0].seq if views else 0
    return max(first - PAGE - 1, 0) if first > 1 else None


async def show(
    vault: Vault, organisation_key: bytes, wrapped: bytes, rows: Sequence[Row], around: Around
) -> list[MessageView]:
    """Open messages for the holder; raises CannotOpen when the key is not the conversation's."""
    return await asyncio.to_thread(_show, vault, organisation_key, wrapped, rows, around)


def _show(
    vault: Vault, organisation_key: bytes, wrapped: bytes, rows: Sequence[Row], around: Around
) -> list[MessageView]:
    opens = vault.opener(vault.open_with(organisation_key, wrapped))
    views = []
    for message, state, held in rows:
        name = "" if message.member in (None, around.me) else around.names.get(message.member, "")
        text = _open(opens, message)
        views.append(
            MessageView(
                seq=message.seq,
                author=message.author,
                name=name,
                text=text or "",
                at=message.at,
                delivery=delivery_code(message.author, state, held),
                is_final=message.read if message.author == "person" else state in ENDED,
                unread=message.author == "person" and not message.read,
                covered=message.covered,
                damaged=text is None,
                heavy=message.id in around.heavy,
            )
        )
    return views


def _open(opens: Callable[[bytes], bytes], message: Message) -> str | None:
    """One damaged message must not hide the others; None tells that it is."""
    try:
        return opens(message.sealed).decode()
    except (CannotOpen, UnicodeDecodeError):
        return None


def delivery_code(author: Author, state: OutboxState | None, held: str) -> str:
    """Tell where an outgoing message is. No messenger tells more than that it accepted a message."""
    if author == "person":
        return ""
    if state == "waiting":
        # What is kept of a held message is its reason in words, such as `held: until they write`.
        return held.replace(": ", "-").replace(" ", "-") or "waiting"
    return state if state in ("sending", "failed", "expired") else "accepted"
