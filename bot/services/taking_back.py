"""A supervisor takes a conversation back from who holds it, with a reason; the person waits again and is told so.

Nothing is read for it: a supervisor sees who holds which conversation since when, and no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.codes import CaseCode, ConversationId, MemberId
from bot.domain.ownership import HUMAN_OWNS, Deed, Does
from bot.domain.training import is_training
from bot.services.door import Door, NoSuchConversation, NotAllowed
from bot.services.duty import is_present
from bot.services.ports import Transaction
from bot.services.records import Conversation, Member
from bot.services.sign_in import Session

TAKE_REASONS: Final = ("not_answered", "shift_over", "knows_them", "concern")


@dataclass(frozen=True)
class HeldNow:
    """A conversation that a counsellor holds, as a supervisor sees it; no text."""

    conversation: Conversation
    counsellor: Member
    since: datetime
    is_here: bool
    """Their browser answers."""


class TakingBack:
    """Shows supervisors what is held in their organisation, and lets them take it back."""

    def __init__(self, door: Door) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door

    async def held(self, session: Session) -> Sequence[HeldNow]:
        """Give what colleagues hold now, the most urgent first."""
        now = self._door.clock.now()
        async with self._door.records.look() as tx:
            colleagues = await self._colleagues(tx, session)
            found = await tx.conversations.in_states([state.value for state in HUMAN_OWNS], now)
        real = [it for it in found if not is_training(it.channel) and it.own.counsellor in colleagues]
        by_whom = [(it, colleagues[it.own.counsellor]) for it in real]
        shown = [HeldNow(it, who, it.own.since, is_present(who, now)) for it, who in by_whom]
        return sorted(shown, key=lambda it: (it.conversation.level, it.since))

    async def find(self, session: Session, code: str) -> ConversationId:
        """Give the conversation of this code if a colleague holds it; raises NoSuchConversation."""
        async with self._door.records.look() as tx:
            found = await tx.conversations.by_code(CaseCode(code))
            if found is None:
                raise NoSuchConversation
            return (await self.enter(tx, session, found.id)).id

    async def take_back(self, session: Session, conversation: ConversationId, reason: str) -> Conversation:
        """Let the person wait for somebody else. Raises NoSuchConversation, NotAllowed or NotPossible."""
        if reason not in TAKE_REASONS:
            raise NotAllowed("choice")
        deed = Deed(Does.TAKE_BACK, by=session.member.id)

        async def work(tx: Transaction, found: Conversation) -> Conversation:
            holder = str(found.own.counsellor)
            found = await self._door.move(tx, found, deed)
            await self._door.audit(tx, session, found, "taken_back", reason=reason, member=holder)
            await tx.casework.add_alert(found.id, found.code, "waiting", found.level, self._door.clock.now())
            return found

        return await self._door.change(session, conversation, deed, work, self.enter)

    async def enter(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        """Give the conversation if a colleague holds it now; raises NoSuchConversation."""
        found = await tx.conversations.get(conversation)
        if found is None or found.own.state not in HUMAN_OWNS or is_training(found.channel):
            raise NoSuchConversation
        if found.own.counsellor not in await self._colleagues(tx, session):
            raise NoSuchConversation
        return found

    async def _colleagues(self, tx: Transaction, session: Session) -> dict[MemberId | None, Member]:
        """Give whom this supervisor leads: of their own organisation, and never themselves."""
        if not session.may("desk.lead"):
            return {}
        mine = session.member
        return {it.id: it for it in await tx.staff.all() if it.organisation == mine.organisation and it.id != mine.id}
