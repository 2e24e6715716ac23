"""Asks counsellors on duty for whoever waits: one at a time, each once in a wait, in the queue's order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.domain.codes import MemberId
from bot.domain.matching import ASKED, Candidate, Wanted, binding_wish, choose, lacks
from bot.domain.ownership import Deed, Does, State
from bot.domain.roster import Terms
from bot.domain.training import is_training
from bot.services.duty import counsellors, here, spoken_with
from bot.services.hands import Hands
from bot.services.ports import Transaction
from bot.services.records import Conversation, Member

BUSY = (State.HELD.value, State.TRANSFERRING.value, State.RESERVED.value)


@dataclass
class House:
    """The counsellors as one look at the clock finds them; nobody is looked up again for each who waits."""

    all: Sequence[Candidate]
    on_duty: frozenset[MemberId]

    def free(self) -> list[Candidate]:
        """Give who could be asked now."""
        return [it for it in self.all if it.member in self.on_duty]

    def asked(self, member: MemberId) -> None:
        """Count that a member was asked: they are the less free for the next."""
        self.all = [replace(it, load=it.load + (it.member == member)) for it in self.all]


@dataclass(frozen=True)
class Matching:
    """One of the clock's works."""

    hands: Hands

    async def look(self) -> None:
        """Reserve for a matching counsellor whoever waits and is not reserved for somebody."""
        async with self.hands.records.look() as tx:
            waiting = [it for it in await tx.conversations.waiting() if it.own.state is State.QUEUED]
            # Whoever wants to train takes over by themselves.
            waiting = [it for it in waiting if not is_training(it.channel)]
            house = await self._house(tx) if waiting else House((), frozenset())
        for it in waiting:
            # A wish or a block only narrows the choice: for whom nobody is left without them, nothing is looked up.
            if choose(house.free(), Wanted(spoken_with(it), it.level), it.own.told):
                await self.hands.each([it.id], partial(self._one, house))

    async def _house(self, tx: Transaction) -> House:
        now = self.hands.clock.now()
        on_duty = frozenset(member.id for member in await here(tx, now))
        return House(await candidates(tx, await counsellors(tx, now), now), on_duty)

    async def _one(self, house: House, tx: Transaction, it: Conversation) -> Conversation | None:
        """Ask for one who waits."""
        if it.own.state is not State.QUEUED or it.flags.unreachable:
            return None
        blocked = await tx.staff.blocked(it.id)
        others = [each for each in house.all if each.member not in blocked]
        wanted = replace(wanted_by(it, others), last=await _who_knows_them(tx, it))
        member = choose([each for each in others if each.member in house.on_duty], wanted, it.own.told)
        if member is None:
            return None
        house.asked(member)
        it = await self.hands.move(tx, it, Deed(Does.RESERVE, by=member))
        return replace(it, own=replace(it.own, told=(*it.own.told, ASKED + member)))


@dataclass(frozen=True)
class Measure:
    """How one member stands to whoever waits, measured once for all of them."""

    own: Candidate
    house: Sequence[Candidate]

    def lacks(self, it: Conversation) -> str:
        """Say what of a wish or of their load keeps the member from a conversation; empty: nothing."""
        missing = lacks(self.own, wanted_by(it, self.house))
        reserved = it.own.state is State.RESERVED and it.own.counsellor == self.own.member
        # What is reserved for them was counted into their load.
        return "" if reserved and missing == "capacity" else missing


async def measure(tx: Transaction, member: Member, now: datetime) -> Measure:
    """Measure how a member stands."""
    others = [it for it in await counsellors(tx, now) if it.id != member.id]
    own, *house = await candidates(tx, [member, *others], now)
    return Measure(own, (own, *house))


async def candidates(tx: Transaction, members: Sequence[Member], now: datetime) -> Sequence[Candidate]:
    """Give how much members have to do, and how much they may."""
    load = Counter[MemberId]()
    for member, channel, held in await tx.conversations.held_in(BUSY):
        load[member] += 0 if is_training(channel) else held
    written: dict[str, Terms] = {}
    for where in sorted({it.organisation for it in members}):
        written |= await tx.roster.terms(where)
    terms = [(it, written.get(it.id, Terms())) for it in members]
    return [Candidate(it.id, it.languages, how.gender, how.capacity, load[it.id]) for it, how in terms]


def wanted_by(it: Conversation, house: Sequence[Candidate]) -> Wanted:
    """Give what somebody who waits needs of the house's counsellors."""
    language = spoken_with(it)
    return Wanted(language, it.level, binding_wish(it.wish_gender, language, house))


async def _who_knows_them(tx: Transaction, it: Conversation) -> MemberId | None:
    """Give who took the conversation over last, as it stands in the audit; whom the person left is blocked for it."""
    claimed = await tx.casework.audited(1, conversation=it.id, act="claimed")
    return MemberId(claimed[0][1].actor) if claimed else None
