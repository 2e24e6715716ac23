"""Handing a conversation to a colleague, or to whoever of a team is first. Until then its holder goes on (handoff.md).

The person is told of the offer and can refuse it; who accepts first is compared and set, so there is one holder always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.codes import CaseCode, ConversationId, MemberId
from bot.domain.ownership import TRANSFER_LASTS, Deed, Does, NotPossible, State, language_of_team, team
from bot.services.counsel import lacks
from bot.services.door import Door, NoSuchConversation, NotAllowed, Work, handed_over, is_offered_to
from bot.services.duty import on_duty, spoken_with
from bot.services.ports import Transaction
from bot.services.records import Conversation, Member
from bot.services.sign_in import Session


@dataclass(frozen=True)
class Offered:
    """A conversation that a colleague would like to hand to this member, as the queue page shows it; no text."""

    code: CaseCode
    level: str
    language: str
    by: str
    """The colleague's name."""
    team: str
    """The language of the team that it is offered to; empty: to this member alone."""
    until: datetime
    """Then the offer lapses, and the colleague goes on."""


@dataclass(frozen=True)
class Receivers:
    """To whom a conversation could be handed now."""

    colleagues: Sequence[Member]
    """Who speaks its language, by name."""
    teams: Sequence[str]
    """The languages of the teams of which somebody could take it."""


class Transfers:
    """Lets the holder of a conversation offer it, and a colleague accept or refuse."""

    def __init__(self, door: Door) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door

    async def receivers_among(self, tx: Transaction, found: Conversation, present: Sequence[Member]) -> Receivers:
        """Give to whom of those who are present its holder could hand it now."""
        return _receivers(found, await self._colleagues(tx, found, present))

    async def offered(self, session: Session) -> Sequence[Offered]:
        """Give what colleagues would like to hand to this member now."""
        now = self._door.clock.now()
        async with self._door.records.look() as tx:
            moving = await tx.conversations.in_states([State.TRANSFERRING.value], now)
            offered = [it for it in moving if is_offered_to(session.member, it)]
            mine = await handed_over(tx, session.member, offered)
            names = await tx.staff.names() if mine else {}
        session.offered.update(it.id for it in mine)
        return [_offered(it, names) for it in mine]

    async def offer(self, session: Session, conversation: ConversationId, receiver: str) -> Conversation:
        """Offer it to a colleague or a team (`team:<language>`); the person is told.

        Raises NoSuchConversation, NotAllowed or NotPossible.
        """
        to = MemberId(receiver)
        deed = Deed(Does.TRANSFER, by=session.member.id, receiver=to)

        async def work(tx: Transaction, found: Conversation) -> Conversation:
            present = await tx.staff.present(self._door.clock.now())
            could = await self.receivers_among(tx, found, present)
            if to not in {it.id for it in could.colleagues} | set(map(team, could.teams)):
                raise NotAllowed("colleague")
            return await self._move(tx, session, found, deed, to=to)

        return await self._door.change(session, conversation, deed, work)

    async def accept(self, session: Session, conversation: ConversationId) -> Conversation:
        """Take it over from the colleague; the person is told.

        Raises NoSuchConversation, NotAllowed (what `lacks` says), or NotPossible where the offer is gone.
        """
        deed = Deed(Does.ACCEPT, by=session.member.id)

        async def work(tx: Transaction, found: Conversation) -> Conversation:
            found = _in_language_of_team(found)
            missing = lacks(session, found)
            if missing:
                raise NotAllowed(missing)
            return await self._move(tx, session, found, deed)

        return await self._answer(session, conversation, deed, work)

    async def refuse(self, session: Session, conversation: ConversationId) -> Conversation:
        """Leave it with its holder: the colleague says no, or the holder takes the offer back; the person is told."""
        deed = Deed(Does.REFUSE, by=session.member.id)

        async def work(tx: Transaction, found: Conversation) -> Conversation:
            return await self._move(tx, session, found, deed)

        return await self._answer(session, conversation, deed, work)

    async def _answer(self, session: Session, conversation: ConversationId, deed: Deed, work: Work) -> Conversation:
        """Who comes too late is told how it is now, but only of a conversation that was offered to this session."""
        try:
            return await self._door.change(session, conversation, deed, work)
        except NoSuchConversation:
            async with self._door.records.look() as tx:
                found = await tx.conversations.get(conversation)
            if found is None or conversation not in session.offered:
                raise
            raise NotPossible(found.own.state, deed.does) from None

    async def _move(
        self, tx: Transaction, session: Session, found: Conversation, deed: Deed, **detail: str
    ) -> Conversation:
        found = await self._door.move(tx, found, deed)
        await self._door.audit(tx, session, found, f"transfer_{deed.does.value}", **detail)
        return found

    async def _colleagues(self, tx: Transaction, found: Conversation, present: Sequence[Member]) -> list[Member]:
        """Vetted, on duty, of the holder's organisation, and not blocked from it."""
        holder = await tx.staff.get(found.own.counsellor) if found.own.counsellor is not None else None
        blocked = await tx.staff.blocked(found.id)
        return [
            it
            for it in await on_duty(tx, present, self._door.clock.now())
            if holder is not None and it.organisation == holder.organisation and it.id not in {holder.id, *blocked}
        ]


def _receivers(found: Conversation, colleagues: Sequence[Member]) -> Receivers:
    speaking = [it for it in colleagues if spoken_with(found) in it.languages]
    return Receivers(speaking, sorted({language for it in colleagues for language in it.languages}))


def _in_language_of_team(it: Conversation) -> Conversation:
    """Give a conversation as a team writes it, which may be another language than before."""
    language = language_of_team(it.own.receiver)
    if not language or language == spoken_with(it):
        return it
    return replace(it, wish_language="" if language == it.language else language)


def _offered(it: Conversation, names: dict[MemberId, str]) -> Offered:
    by = names.get(it.own.counsellor, "") if it.own.counsellor is not None else ""
    of_team = language_of_team(it.own.receiver)
    return Offered(it.code, it.level, of_team or spoken_with(it), by, of_team, it.own.since + TRANSFER_LASTS)
