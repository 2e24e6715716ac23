"""A conversation's keys, one after the other: who reads it now, and who from which key on (architecture.md, *Keys*, 4).

A new key begins whenever an organisation may read "only from now on", and whenever one may read no longer. What was
written before stays sealed to the keys before. Whoever reads all has a ring of them; a ring opens like a key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.domain.codes import OrganisationId
from bot.services.ports import Transaction, Vault
from bot.services.records import Conversation

RING: Final = b"\x02"
"""How a bundle of seals begins; a single seal begins with the version of how it was made."""
_SIZE: Final = 2


def bundle(seals: Sequence[bytes]) -> bytes | None:
    """Put the wrapped keys of one reader together, oldest first; one stays as it is, none gives None."""
    if len(seals) < _SIZE:
        return seals[0] if seals else None
    return RING + b"".join(len(one).to_bytes(_SIZE, "big") + one for one in seals)


def unbundle(bundled: bytes) -> list[bytes]:
    """Take a bundle apart; a single seal gives itself."""
    if bundled[:1] != RING:
        return [bundled]
    seals, at = [], 1
    while at < len(bundled):
        size = int.from_bytes(bundled[at : at + _SIZE], "big")
        seals.append(bundled[at + _SIZE : at + _SIZE + size])
        at += _SIZE + size
    return seals


async def begin_anew(tx: Transaction, vault: Vault, conversation: Conversation) -> tuple[Conversation, int]:
    """Make the next key for everybody who reads it now; give the conversation, to be saved, and the key's place.

    Needs nobody's key: the private half is wrapped for each reader's public key and forgotten.
    """
    public, private = vault.new_key_pair()
    epoch = await tx.conversations.newest_key(conversation.id) + 1
    for reader in await tx.conversations.readers(conversation.id):
        organisation = await tx.staff.organisation(reader)
        if organisation is not None and organisation.public_key:
            wrapped = vault.seal_to(organisation.public_key, private)
            await tx.conversations.add_key(conversation.id, reader, epoch, wrapped)
    return replace(conversation, public_key=public), epoch


async def let_read(
    tx: Transaction,
    vault: Vault,
    conversation: Conversation,
    own: tuple[OrganisationId, bytes],
    receiver: OrganisationId,
    epoch: int,
) -> None:
    """Wrap the keys from a place on for another organisation; `own` is who shares, with their opened private key."""
    organisation = await tx.staff.organisation(receiver)
    wrapped = await tx.conversations.wrapped_keys(conversation.id, own[0])
    if organisation is None or not organisation.public_key:
        raise ValueError("the receiver has no key")
    for place, seal in wrapped:
        if place >= epoch:
            opened = vault.open_with(own[1], seal)
            await tx.conversations.add_key(
                conversation.id, receiver, place, vault.seal_to(organisation.public_key, opened)
            )


async def let_read_no_more(
    tx: Transaction, vault: Vault, conversation: Conversation, reader: OrganisationId
) -> Conversation:
    """Take an organisation's keys away, and begin a new one that they never had; the conversation is to be saved."""
    await tx.conversations.remove_keys(conversation.id, reader)
    changed, _ = await begin_anew(tx, vault, conversation)
    return changed
