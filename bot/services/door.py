"""The one door to a conversation: nothing else gives one to the desk.

To whom it is denied it looks as if there were none. What is done behind it is written down, the person is told of every
change of owner in the same transaction, and open pages hear of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain import handoff
from bot.domain.codes import ConversationId
from bot.domain.consent import READING, MayRead, may_read
from bot.domain.ownership import HUMAN_OWNS, QUEUE_OWNS, Deed, NotPossible, State, language_of_team, step
from bot.domain.training import is_training
from bot.errors import SaphanError, SaysWhy
from bot.logs import get_logger
from bot.services.home import is_home
from bot.services.observe import OpenedLately
from bot.services.ports import Clock, Records, Signals, Stale, Transaction, Vault
from bot.services.records import AuditEntry, Consent, Conversation, Member
from bot.services.referral.sharing import is_shared_with, reviewed_since
from bot.services.sign_in import Session
from bot.services.speak import Speaker
from bot.services.staff import COUNSELLING
from bot.services.talk import open_talk, seal_talk

logger = get_logger(__name__)

TRIES: Final = 3

Work = Callable[[Transaction, Conversation], Awaitable[Conversation]]
"""Changes a conversation that the door gave, and gives it as it is then."""
Enter = Callable[[Transaction, Session, ConversationId], Awaitable[Conversation]]
"""A way through the door; raises NoSuchConversation."""


class NoSuchConversation(SaphanError):
    """There is none for this member: it does not exist, was erased, or is not theirs to see."""


class NotAllowed(SaysWhy):
    """Something is missing (`errors.missing-<reason>`)."""


@dataclass(frozen=True)
class Door:
    """Lets members of staff in to what is theirs; `bootstrap` makes it."""

    records: Records
    vault: Vault
    clock: Clock
    signals: Signals
    speaker: Speaker
    lately: OpenedLately

    async def enter(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        """Give the conversation if this member may see it now; raises NoSuchConversation."""
        found = await tx.conversations.get(conversation)
        if found is None or not await is_handed_over(tx, session.member, found):
            logger.warning("door_closed", reason="absent" if found is None else "denied")
            raise NoSuchConversation
        return found

    async def enter_held(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        """Give the conversation to the one who holds it; raises NoSuchConversation."""
        found = await self.enter(tx, session, conversation)
        if not holds(session.member, found):
            raise NoSuchConversation
        return found

    async def enter_shared(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        """Give the conversation to another organisation that the person lets read it. Raises NoSuchConversation.

        What is older than their yes is sealed to keys that this organisation never had, where that was agreed.
        """
        found = await tx.conversations.get(conversation)
        if found is None or not await is_shared_with(tx, session.member, found, self.clock.now()):
            raise NoSuchConversation
        return found

    async def enter_review(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        """Give the conversation to a reviewer whom the person lets look, now. Raises NoSuchConversation."""
        found = await tx.conversations.get(conversation)
        if found is None or not await is_given_to_reviewer(tx, session, found, self.clock.now()):
            logger.warning("door_closed", reason="absent" if found is None else "denied")
            raise NoSuchConversation
        return found

    async def enter_listed(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        """Give a listed case of the home organisation, for what needs no text. Raises NoSuchConversation."""
        found = await tx.conversations.get(conversation)
        flag = None if found is None else await tx.reviews.flag(conversation)
        is_ours = await is_home(tx, session.member)
        if found is None or flag is None or not (flag.listed and is_ours and session.may("cases.list")):
            raise NoSuchConversation
        return found

    async def enter_interpreted(
        self, tx: Transaction, session: Session, conversation: ConversationId, *, reads: bool = True
    ) -> Conversation:
        """Give the conversation to its interpreter; to read it the person must have agreed. Raises NoSuchConversation.

        Nothing of what stands there from before is theirs: whoever shows messages leaves it out.
        """
        found = await tx.conversations.get(conversation)
        it = None if found is None or found.own.state not in HUMAN_OWNS else found.own.interpreting
        is_theirs = it is not None and it.member == session.member.id and (it.agreed or not reads)
        may_interpret = session.may("conversation.interpret") and session.standing == "vetted"
        if found is None or not is_theirs or not may_interpret:
            logger.warning("door_closed", reason="absent" if found is None else "denied")
            raise NoSuchConversation
        if session.member.id in await tx.staff.blocked(conversation):
            raise NoSuchConversation
        return found

    async def change(
        self, session: Session, conversation: ConversationId, deed: Deed, work: Work, enter: Enter | None = None
    ) -> Conversation:
        """Work on a conversation behind the door; where somebody else was faster, on what they left.

        `enter` is the way in, of one who counsels where none is given. Raises NoSuchConversation, and what the work
        raises.
        """
        for _ in range(TRIES):
            try:
                async with self.records.begin() as tx:
                    found = await work(tx, await (enter or self.enter)(tx, session, conversation))
            except Stale:
                continue
            self.tell(conversation)
            return found
        raise NotPossible(State.HELD, deed.does)

    async def move(self, tx: Transaction, found: Conversation, deed: Deed) -> Conversation:
        """Change the owner and tell the person in the same transaction; raises NotPossible or Stale."""
        now = self.clock.now()
        before = found.own.state
        found = replace(found, own=step(found.own, deed, now))
        say = handoff.announce(before, deed.does)
        if say is not None:
            talk = open_talk(self.vault, found.id, found.state_sealed)
            talk = await self.speaker.announce(tx, found, talk, [say], now)
            found = replace(found, state_sealed=seal_talk(self.vault, found.id, talk))
        return await tx.conversations.save(found)

    async def audit(self, tx: Transaction, session: Session, found: Conversation, act: str, **detail: str) -> None:
        """Write down what a member did; the detail holds codes only."""
        if is_training(found.channel):
            detail["training"] = "yes"
        await tx.casework.add_audit(AuditEntry(self.clock.now(), session.member.id, act, found.id, detail))

    def tell(self, conversation: ConversationId, *, queue: bool = True) -> None:
        """Let open pages and the outbox look; those of the queue only where it may show something else."""
        for topic in (f"conversation:{conversation}", "outbox", *(["queue"] if queue else [])):
            self.signals.publish(topic)


async def is_handed_over(tx: Transaction, member: Member, conversation: Conversation) -> bool:
    """Tell whether it waits, is theirs or offered to them, in their organisation, with the consent to be read."""
    return bool(await handed_over(tx, member, [conversation]))


async def handed_over(tx: Transaction, member: Member, found: Iterable[Conversation]) -> list[Conversation]:
    """Give those of which that is so, in the order given; however many they are, it asks the database twice."""
    if COUNSELLING.isdisjoint(member.roles):
        return []
    theirs = [it for it in found if holds(member, it) or waits_for(member, it) or is_offered_to(member, it)]
    if not theirs:
        return []
    if not all(holds(member, it) for it in theirs):
        kept_from = await tx.staff.kept_from(member.id)
        theirs = [it for it in theirs if holds(member, it) or it.id not in kept_from]
    opened = await tx.conversations.opened_to(member.organisation, READING, {it.id for it in theirs})
    return [it for it in theirs if it.id in opened]


async def is_given_to_reviewer(tx: Transaction, session: Session, conversation: Conversation, now: datetime) -> bool:
    """Tell whether a reviewer may read it: the person's own yes to that, their organisation's key, no block.

    Of the home organisation who is vetted; of another, whose organisation accepted what it was given, and is vetted.
    """
    where = session.member.organisation
    if not session.may("cases.read") or session.organisation_key is None:
        return False
    if conversation.id not in await tx.reviews.given([conversation.id], where):
        return False
    if await is_home(tx, session.member):
        may_review = session.standing == "vetted"
    else:
        may_review = await reviewed_since(tx, session.member, conversation, now) is not None
    if not may_review or session.member.id in await tx.staff.blocked(conversation.id):
        return False
    return await tx.conversations.wrapped_key(conversation.id, where) is not None


def holds(member: Member, conversation: Conversation) -> bool:
    """Tell whether the member owns the conversation now."""
    return conversation.own.state in HUMAN_OWNS and conversation.own.counsellor == member.id


def waits_for(member: Member, conversation: Conversation) -> bool:
    """Tell whether it waits, and is reserved for nobody else."""
    own = conversation.own
    return own.state in QUEUE_OWNS and not (own.state is State.RESERVED and own.counsellor != member.id)


def is_offered_to(member: Member, conversation: Conversation) -> bool:
    """Tell whether its holder would like to hand it to this member, or to a team of theirs."""
    own = conversation.own
    if own.state is not State.TRANSFERRING or own.counsellor == member.id:
        return False
    return own.receiver == member.id or language_of_team(own.receiver) in member.languages


def allowed_by(member: Member, consents: Sequence[Consent]) -> MayRead:
    """Give what the newest consent to this organisation allows (H3); raises NoSuchConversation without one."""
    allowed = may_read(consent for consent in consents if consent.organisation == member.organisation)
    if allowed is None:
        raise NoSuchConversation
    return allowed
