"""Who is on duty, as far as signing in tells it; a roster with shifts and holidays takes this place at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.services.ports import Clock, Duty, Records, Transaction
from bot.services.records import Conversation


@dataclass(frozen=True)
class SignedInDuty:
    """Body of `Duty` without a roster: on duty is who is signed in, and no later shift is known."""

    clock: Clock

    async def languages_now(self, tx: Transaction) -> frozenset[str]:
        """Give the languages of counsellors who have the key and are present."""
        return await tx.staff.languages_on_duty(self.clock.now())

    async def next_shift(self, tx: Transaction, language: str, after: datetime) -> datetime | None:
        """Know of none: so no aim is ever said that nothing covers."""
        return None


def spoken_with(conversation: Conversation) -> str:
    """Give the language that a counsellor for this conversation has to write."""
    return conversation.wish_language or conversation.language


async def standing(duty: Duty, records: Records, conversation: Conversation, now: datetime) -> dict[str, Any]:
    """Give what a case says of duty: somebody now, which other languages now, and else the next shift."""
    language = spoken_with(conversation)
    async with records.begin() as tx:
        spoken = await duty.languages_now(tx)
        shift = None if language in spoken else await duty.next_shift(tx, language, now)
    return {"on_duty": language in spoken, "duty": tuple(sorted(spoken - {language})), "next_shift": shift}
