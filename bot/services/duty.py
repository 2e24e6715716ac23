"""Who is on duty: whoever is vetted, signed in, and in a shift where a roster is kept for them (design/handoff.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.codes import OrganisationId
from bot.domain.roles import may
from bot.domain.roster import Roster, is_here, next_shift
from bot.domain.waits import LEEWAY
from bot.services.ports import Clock, Duty, Records, Transaction
from bot.services.practice import needed_now
from bot.services.records import Conversation, Member


@dataclass(frozen=True)
class RosterDuty:
    """Body of `Duty` by the roster."""

    clock: Clock

    async def languages_now(self, tx: Transaction) -> frozenset[str]:
        """Give the languages in which somebody vetted is on duty now."""
        return frozenset(language for member in await here(tx, self.clock.now()) for language in member.languages)

    async def next_shift(self, tx: Transaction, language: str, after: datetime) -> datetime | None:
        """Give when the next shift of somebody vetted who speaks the language begins, long enough for an aim."""
        speaking = [it for it in await counsellors(tx, self.clock.now()) if language in it.languages]
        rosters = await rosters_of(tx, speaking)
        begins = [next_shift(rosters[it.organisation].of(it.id), after, LEEWAY) for it in speaking]
        return min((each for each in begins if each is not None), default=None)


async def counsellors(tx: Transaction, now: datetime) -> Sequence[Member]:
    """Give everybody of the home organisation who may be given conversations: with the key, vetted and in date."""
    return await _ready(tx, await tx.staff.all(), now)


async def _ready(tx: Transaction, members: Sequence[Member], now: datetime) -> Sequence[Member]:
    if not members:
        return ()
    needed, home = await needed_now(tx), await tx.staff.home()
    return [
        it
        for it in members
        if it.active
        and it.has_key
        and home is not None
        and it.organisation == home.id
        and may(it.roles, "conversation.claim")
        and it.vetting.standing(now, needed) == "vetted"
    ]


async def here(tx: Transaction, now: datetime) -> Sequence[Member]:
    """Give the counsellors who are on duty."""
    return await on_duty(tx, await tx.staff.present(now), now)


async def on_duty(tx: Transaction, present: Sequence[Member], now: datetime) -> Sequence[Member]:
    """Give those of who is present who may be given conversations and are in a shift."""
    ready = await _ready(tx, present, now)
    rosters = await rosters_of(tx, ready)
    return [it for it in ready if is_here(rosters[it.organisation].of(it.id), now, present=True)]


def is_present(member: Member, now: datetime) -> bool:
    """Tell whether a member is signed in and was seen lately."""
    return member.present_until is not None and member.present_until > now


async def rosters_of(tx: Transaction, members: Sequence[Member]) -> dict[OrganisationId, Roster]:
    """Give the rosters of the organisations that members work for."""
    return {where: await tx.roster.of(where) for where in sorted({it.organisation for it in members})}


def spoken_with(conversation: Conversation) -> str:
    """Give the language that a counsellor for this conversation has to write."""
    return conversation.wish_language or conversation.language


async def standing(duty: Duty, records: Records, conversation: Conversation, now: datetime) -> dict[str, Any]:
    """Give what a case says of duty: somebody now, which other languages now, and else the next shift."""
    language = spoken_with(conversation)
    async with records.look() as tx:
        spoken = await duty.languages_now(tx)
        shift = None if language in spoken else await duty.next_shift(tx, language, now)
    return {"on_duty": language in spoken, "duty": tuple(sorted(spoken - {language})), "next_shift": shift}
