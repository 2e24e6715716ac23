"""The counsellor's work: who waits, claim, read, write, return, close.

Every conversation comes through `bot.services.door`. Text is opened only for the one who holds the conversation, with
the key that their session holds, and never leaves memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.codes import CaseCode, ConversationId
from bot.domain.indicators import Catalogue
from bot.domain.ownership import HUMAN_OWNS, QUEUE_OWNS, Deed, Does, NotPossible, State
from bot.domain.training import is_training
from bot.errors import SaphanError
from bot.services.absences import lost_by, was_missed, without_miss
from bot.services.alert_sight import seen_by
from bot.services.beside import gather_beside
from bot.services.door import TRIES, Door, NoSuchConversation, NotAllowed, allowed_by, handed_over, holds
from bot.services.duty import spoken_with
from bot.services.effects import KEPT_AFTER
from bot.services.in_sight import InSight
from bot.services.left_alone import close_as_abusive
from bot.services.matching import measure
from bot.services.matrix import IndicatorsView
from bot.services.ports import Stale, Transaction
from bot.services.reading import read_behind
from bot.services.records import Alert, AuditEntry, Consent, Conversation
from bot.services.sign_in import Session
from bot.services.staff import COUNSELLING
from bot.services.transcript import MessageView

LONGEST: Final = 12_000
"""Characters of one message; where a messenger takes less at once, it leaves in parts."""
RETURN_REASONS: Final = ("done_for_now", "person_wishes", "shift_ends", "other_language", "needs_rest")
ABUSIVE: Final = "abusive"
OUTCOMES: Final = ("helped", "informed", "referred", "went_silent", "no_help_wished", ABUSIVE)
ALERTS_SHOWN: Final = 20


class ClaimedBefore(SaphanError):
    """Somebody else was first; `name` is the colleague's, `state` what the conversation is now."""

    def __init__(self, state: State, name: str) -> None:
        """Keep the colleague's name off the message: it could reach a log."""
        super().__init__("claimed before")
        self.state = state
        self.name = name


@dataclass(frozen=True)
class Waiting:
    """One who waits, as the queue page shows it; no text."""

    code: CaseCode
    level: str
    language: str
    channel: str
    since: datetime
    front: bool
    paused: bool
    training: bool
    """Nobody is behind it; it comes after everybody else."""
    wish: str
    """With whom they would rather talk: `woman`, `man`, or empty."""
    reserved_until: datetime | None
    """They are asked for it, and nobody else is before then."""
    lacks: str
    """What keeps this member from claiming, as `lacks` says it; empty: nothing."""


@dataclass(frozen=True)
class Desk:
    """The queue page: alerts, own conversations, who waits."""

    alerts: Sequence[Alert]
    mine: Sequence[Conversation]
    waiting: Sequence[Waiting]
    lost: Sequence[CaseCode] = ()
    """What went back to the queue lately because this member was gone."""


@dataclass(frozen=True)
class CaseView:
    """What the conversation page shows beside the messages; no text."""

    conversation: Conversation
    is_mine: bool
    consents: Sequence[Consent]
    indicators: IndicatorsView
    in_sight: InSight


class Counsel:
    """Lets counsellors take over, write, and give back."""

    def __init__(self, door: Door, catalogue: Catalogue) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._records = door.records
        self._vault = door.vault
        self._clock = door.clock
        self._catalogue = catalogue

    async def queue(self, session: Session) -> Desk:
        """Give what the queue page shows."""
        async with self._records.look() as tx:
            alerts = _by_level(await seen_by(tx, session.member, await tx.casework.alerts(ALERTS_SHOWN)))
            if not session.has_role(*COUNSELLING):
                return Desk(alerts, (), ())
            mine = await tx.conversations.held_by(session.member.id)
            lost = await lost_by(tx, session.member.id, mine, self._clock.now())
            waiting = await handed_over(tx, session.member, await tx.conversations.waiting())
            own = await measure(tx, session.member, self._clock.now())
            missing = {c.id: lacks(session, c) or own.lacks(c) for c in waiting}
        session.offered.update(conversation.id for conversation in waiting)
        # What is reserved for them wants their answer first.
        waiting.sort(key=lambda c: (is_training(c.channel), c.own.state is not State.RESERVED))
        return Desk(alerts, mine, [self._waiting(c, missing[c.id]) for c in waiting], lost)

    @staticmethod
    def _waiting(conversation: Conversation, missing: str) -> Waiting:
        return Waiting(
            code=conversation.code,
            level=conversation.level,
            language=spoken_with(conversation),
            wish=conversation.wish_gender,
            channel=conversation.channel,
            since=conversation.own.since,
            front=conversation.own.front,
            paused=conversation.flags.paused,
            training=is_training(conversation.channel),
            reserved_until=conversation.own.due if conversation.own.state is State.RESERVED else None,
            lacks=missing,
        )

    async def see_alert(self, session: Session, alert: int) -> None:
        """Note that this member answered an alert; raises NoSuchConversation for one that they do not see."""
        now = self._clock.now()
        async with self._records.begin() as tx:
            found = await tx.casework.alert(alert)
            if found is None or not await seen_by(tx, session.member, [found]):
                raise NoSuchConversation
            await tx.casework.see_alert(alert, session.member.id, now)
            await tx.casework.add_audit(AuditEntry(now, session.member.id, "alert_seen", detail={"alert": alert}))
        self._door.signals.publish("queue")

    async def find(self, session: Session, code: str) -> ConversationId:
        """Give the conversation that staff call by this code, if this member may see it; raises NoSuchConversation."""
        async with self._records.look() as tx:
            conversation = await tx.conversations.by_code(CaseCode(code))
            if conversation is None:
                raise NoSuchConversation
            if conversation.id not in session.offered:
                await self._door.enter(tx, session, conversation.id)
        return conversation.id

    async def access_conversation(self, session: Session, conversation: ConversationId, purpose: str) -> Conversation:
        """Open the one door: give the conversation if this member may see it now, and audit the opening.

        Raises NoSuchConversation, the same for one that is not there and for one that is not theirs.
        """
        async with self._records.begin() as tx:
            found = await self._door.enter(tx, session, conversation)
            await self._door.audit(tx, session, found, "conversation_opened", purpose=purpose)
        session.opened.add(conversation)
        return found

    async def note_reading(self, session: Session, conversation: ConversationId) -> None:
        """Audit that it is read, where this session has not opened it yet. Raises NoSuchConversation."""
        if conversation not in session.opened:
            await self.access_conversation(session, conversation, "read")

    async def held(self, session: Session, conversation: ConversationId) -> Conversation:
        """Give the conversation to the one who holds it, as it stands now. Raises NoSuchConversation."""
        async with self._records.look() as tx:
            return await self._door.enter_held(tx, session, conversation)

    async def look(self, session: Session, conversation: ConversationId) -> CaseView:
        """Open the conversation page, without text. Raises NoSuchConversation."""
        found = await self.access_conversation(session, conversation, "open")
        async with self._records.look() as tx:
            consents = await tx.casework.consents(conversation)
            since = allowed_by(session.member, consents).codes_since
            stored = await tx.messages.observations(conversation)
            told = zip(stored, self._door.lately.opened(conversation, stored), strict=True)
            observed = [one for each, one in told if since is None or each.at > since]
            beside = await gather_beside(tx, self._vault, self._catalogue, found, consents, observed)
        return CaseView(found, holds(session.member, found), consents, beside.indicators, beside.in_sight)

    async def read_messages(
        self, session: Session, conversation: ConversationId, after: int | None = None
    ) -> Sequence[MessageView]:
        """Open messages after a place, oldest first; without a place the last ones.

        Only for the one who holds the conversation, and only with the person's consent. Raises NoSuchConversation.
        """
        await self.note_reading(session, conversation)
        return await read_behind(self._door, session, conversation, after, self._door.enter_held)

    async def claim(self, session: Session, conversation: ConversationId) -> Conversation:
        """Take a waiting conversation over; the person is told.

        Raises NoSuchConversation, NotAllowed (what `lacks` says), ClaimedBefore, or NotPossible.
        """
        for _ in range(TRIES):
            try:
                return await self._claim(session, conversation)
            except Stale:
                continue
        raise NotPossible(State.QUEUED, Does.CLAIM)

    async def _claim(self, session: Session, conversation: ConversationId) -> Conversation:
        async with self._records.begin() as tx:
            found = await self._enter_claimed(tx, session, conversation)
            missing = lacks(session, found) or (await measure(tx, session.member, self._clock.now())).lacks(found)
            if found.own.state in QUEUE_OWNS and missing:
                raise NotAllowed(missing)
            found = await self._door.move(tx, found, Deed(Does.CLAIM, by=session.member.id))
            await self._door.audit(tx, session, found, "claimed", level=found.level)
            # Nobody waits there any more; calls about danger stay until seen.
            await tx.casework.answer_alerts(conversation, "waiting", session.member.id, self._clock.now())
        self._door.tell(conversation)
        return found

    async def _enter_claimed(self, tx: Transaction, session: Session, conversation: ConversationId) -> Conversation:
        """Say who came first, but only of a conversation that this session saw waiting."""
        try:
            return await self._door.enter(tx, session, conversation)
        except NoSuchConversation:
            found = await tx.conversations.get(conversation)
            if found is None or conversation not in session.offered or not session.has_role(*COUNSELLING):
                raise
            holder = None
            if found.own.state in HUMAN_OWNS and found.own.counsellor is not None:
                holder = await tx.staff.get(found.own.counsellor)
            raise ClaimedBefore(found.own.state, holder.name if holder is not None else "") from None

    async def write(self, session: Session, conversation: ConversationId, text: str) -> None:
        """Send the counsellor's own words; only the holder may. Raises NoSuchConversation, NotAllowed, NotPossible."""
        text = clean(text)
        if not 0 < len(text) <= LONGEST:
            raise NotAllowed("text")
        async with self._records.begin() as tx:
            found = await self._door.enter(tx, session, conversation)
            if not holds(session.member, found):
                raise NotPossible(found.own.state, Does.WRITE)
            if was_missed(found.own):
                found = await tx.conversations.save(without_miss(found))
            await self._door.speaker.write(tx, found, text, session.member.id, self._clock.now())
            await self._door.audit(tx, session, found, "counsellor_wrote")
        self._door.tell(conversation, queue=False)

    async def give_back(self, session: Session, conversation: ConversationId, reason: str) -> Conversation:
        """Return the conversation to the bot; the person is told."""
        if reason not in RETURN_REASONS:
            raise NotAllowed("choice")
        deed = Deed(Does.RETURN, by=session.member.id)
        return await self._leave(session, conversation, deed, "returned", reason=reason)

    async def close(self, session: Session, conversation: ConversationId, outcome: str) -> Conversation:
        """End the counselling with an outcome; the person is told."""
        if outcome not in OUTCOMES:
            raise NotAllowed("choice")
        deed = Deed(Does.CLOSE, by=session.member.id, outcome=outcome)
        return await self._leave(session, conversation, deed, "closed", outcome=outcome)

    async def _leave(
        self, session: Session, conversation: ConversationId, deed: Deed, act: str, **detail: str
    ) -> Conversation:
        async def leave(tx: Transaction, found: Conversation) -> Conversation:
            keep = max(filter(None, (found.keep_until, self._clock.now() + KEPT_AFTER)))
            found = await self._door.move(tx, replace(found, keep_until=keep), deed)
            if deed.outcome == ABUSIVE:
                now = self._clock.now()
                found = await close_as_abusive(tx, self._vault, found, session.member.id, now)
            await self._door.audit(tx, session, found, act, **detail)
            return found

        found = await self._door.change(session, conversation, deed, leave)
        session.opened.discard(conversation)
        return found


def _by_level(alerts: Sequence[Alert]) -> Sequence[Alert]:
    """Put what nobody answered first, the most urgent and oldest on top; then the newest."""
    unseen = sorted((each for each in alerts if each.seen_at is None), key=lambda each: (each.level, each.at))
    return [*unseen, *(each for each in alerts if each.seen_at is not None)]


def lacks(session: Session, conversation: Conversation) -> str:
    """Say what keeps a member from claiming: `role`, `key`, `vetting`, `language`, or nothing."""
    if not session.may("conversation.claim"):
        return "role"
    if session.organisation_key is None:
        return "key"
    if session.standing != "vetted":
        return "vetting"
    if spoken_with(conversation) not in session.member.languages:
        return "language"
    return ""


def clean(text: str) -> str:
    """Take out what no messenger carries (NUL, lone surrogates) and blanks around; line ends become one sign."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "ignore").decode().strip()
