"""Counsellors who are gone while they hold a conversation: staff are told, then the person waits before all others.

Nothing here asks a browser: who counts as there is written down by `bot.services.sign_in` (rule H6; handoff.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain import presence
from bot.domain.codes import CaseCode, ConversationId, MemberId
from bot.domain.ownership import HUMAN_OWNS, Deed, Does, Ownership
from bot.domain.training import is_training
from bot.services.hands import Hands
from bot.services.ports import Transaction
from bot.services.records import Conversation

AWAY: Final = "away"
"""Said of a held conversation: its counsellor is gone, and supervisors were told."""
BACK: Final = "back"
"""The same, once they are there again and have not written since."""
TOLD_FOR: Final = timedelta(hours=1)
"""So long the queue page tells a counsellor what they lost."""
LOOKED_AT: Final = 20


@dataclass(frozen=True)
class Absences:
    """One of the clock's works."""

    hands: Hands

    async def look(self) -> None:
        """Look after everybody who is held: whether their counsellor is there, missed, or gone for good."""
        now = self.hands.clock.now()
        async with self.hands.records.look() as tx:
            held = await tx.conversations.in_states([state.value for state in HUMAN_OWNS], now)
            real = [it for it in held if not is_training(it.channel)]
            until = {it.id: it.present_until for it in await tx.staff.all()} if real else {}
        changed = [it.id for it in real if self._wants_something(it, until)]
        await self.hands.each(changed, self._one)

    def _wants_something(self, it: Conversation, until: Mapping[MemberId, datetime | None]) -> bool:
        last = None if it.own.counsellor is None else until.get(it.own.counsellor)
        away = presence.away_for(last, it.own.since, self.hands.clock.now())
        return away >= presence.ENDS_HOLD or (away >= presence.PRESENT_FOR) is not (AWAY in it.own.told)

    async def _one(self, tx: Transaction, it: Conversation) -> Conversation | None:
        if it.own.state not in HUMAN_OWNS:
            return None
        away = await self._away_for(tx, it)
        if away >= presence.ENDS_HOLD:
            return await self._lose(tx, it)
        if away >= presence.PRESENT_FOR:
            return None if AWAY in it.own.told else await self._warn(tx, it)
        return await self._welcome_back(tx, it) if AWAY in it.own.told else None

    async def _away_for(self, tx: Transaction, it: Conversation) -> timedelta:
        member = None if it.own.counsellor is None else await tx.staff.get(it.own.counsellor)
        until = None if member is None else member.present_until
        return presence.away_for(until, it.own.since, self.hands.clock.now())

    async def _warn(self, tx: Transaction, it: Conversation) -> Conversation:
        now = self.hands.clock.now()
        await tx.casework.add_alert(it.id, it.code, "counsellor_away", it.level, now)
        await self.hands.note(tx, it, "counsellor_away", now, member=str(it.own.counsellor))
        return _told(it, AWAY)

    async def _welcome_back(self, tx: Transaction, it: Conversation) -> Conversation:
        """Nobody has to look for them any more; their page goes on saying that they were missed."""
        now = self.hands.clock.now()
        if it.own.counsellor is not None:
            await tx.casework.answer_alerts(it.id, "counsellor_away", it.own.counsellor, now)
        await self.hands.note(tx, it, "counsellor_back", now, member=str(it.own.counsellor))
        return _told(it, BACK)

    async def _lose(self, tx: Transaction, it: Conversation) -> Conversation:
        """The person waits again, first of their level, is told so, and somebody else is called."""
        lost = it.own.counsellor
        await tx.casework.add_alert(it.id, it.code, "waiting", it.level, self.hands.clock.now())
        return await self.hands.move(tx, it, Deed(Does.GO_OFFLINE, by=lost), member=str(lost))


def was_missed(own: Ownership) -> bool:
    """Tell whether the one who holds it was gone, and has not written since."""
    return AWAY in own.told or BACK in own.told


def without_miss(it: Conversation) -> Conversation:
    """Give a conversation whose counsellor wrote: they are there."""
    return replace(it, own=replace(it.own, told=_others(it)))


async def lost_by(tx: Transaction, member: MemberId, held: Sequence[Conversation], now: datetime) -> Sequence[CaseCode]:
    """Give what a member lost lately by being gone; `held` is what they hold now."""
    rows = await tx.casework.audited(LOOKED_AT, actor="program", act=Does.GO_OFFLINE.value)
    lost = {it.conversation for _, it in rows if it.detail.get("member") == member and now - it.at < TOLD_FOR}
    codes = await tx.conversations.codes([ConversationId(one) for one in lost - {it.id for it in held}]) if lost else {}
    return sorted(codes.values())


def _told(it: Conversation, what: str) -> Conversation:
    return replace(it, own=replace(it.own, told=(*_others(it), what)))


def _others(it: Conversation) -> tuple[str, ...]:
    return tuple(each for each in it.own.told if each not in (AWAY, BACK))
