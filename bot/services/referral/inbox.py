"""What came to an organisation: accept, refuse with a reason, say that they reached the person, finish.

Before it is accepted a receiver sees only how urgent it is, in which language, and which help is wished. The person is
told of each answer, and the hand-over is complete only when they were reached and told (reference, 9.1).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.domain.codes import ConversationId
from bot.domain.referral import FACTS, FROM_NOW, OPEN_TO_RECEIVER, Does, State, step
from bot.domain.referral_form import Form
from bot.errors import CannotOpen
from bot.services.door import Door, NoSuchConversation, NotAllowed
from bot.services.key_ring import let_read_no_more
from bot.services.ports import Referral, Transaction
from bot.services.referral.answers import names_of
from bot.services.referral.door import SHOWN_TO_RECEIVER, as_receiver, ready
from bot.services.referral.drafts import SHOWN, Line, audit, tell
from bot.services.referral.paper import form_of
from bot.services.sign_in import Session
from bot.services.transcript import MessageView, read_part, show

BEFORE: Final = ("wishes/helps", "header/interpreter")
"""What a receiver needs to say yes or no."""


@dataclass(frozen=True)
class Received:
    """One referral as its receiver sees it."""

    line: Line
    form: Form = field(repr=False)
    is_open: bool
    """They accepted it, so that all that was agreed is shown."""
    may_read: bool
    """The talk itself can be opened."""


class Inbox:
    """Lets a receiving organisation work on what came."""

    def __init__(self, door: Door) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door

    async def all(self, session: Session) -> Sequence[Line]:
        """Give what came to the member's organisation, the most urgent first. Raises NotAllowed: `partner_...`."""
        async with self._door.records.look() as tx:
            if not session.may("refer.receive"):
                return []
            found = await tx.referrals.sent_to(session.member.organisation, SHOWN_TO_RECEIVER, SHOWN)
            found = [it for it in found if it.course.sent_at is not None]
            return await self._lines(tx, found)

    async def look(self, session: Session, referral: str) -> Received:
        """Open one. Raises NoSuchConversation or NotAllowed."""
        async with self._door.records.begin() as tx:
            it = await as_receiver(tx, session, referral, self._door.clock.now())
            is_open = it.course.state in OPEN_TO_RECEIVER
            form = form_of(self.paper(session, it)) if it.sent_sealed else Form()
            if not is_open:
                form = Form({name: value for name, value in form.values.items() if name in BEFORE})
            await audit(self._door, tx, session, it, "opened")
            (line,) = await self._lines(tx, [it])
        return Received(line, form, is_open, may_read=is_open and it.course.what != FACTS)

    def paper(self, session: Session, it: Referral) -> dict[str, Any]:
        """Open what was sealed to the receiver; raises NotAllowed."""
        if session.organisation_key is None or it.sent_sealed is None:
            raise NotAllowed("key")
        try:
            found: dict[str, Any] = json.loads(self._door.vault.open_with(session.organisation_key, it.sent_sealed))
        except CannotOpen:
            # Their organisation began with a new key since.
            raise NotAllowed("key") from None
        return found

    async def answer(self, session: Session, referral: str, does: Does, reason: str = "") -> None:
        """Accept, refuse, say that the person was reached, or finish. Raises NoSuchConversation, NotAllowed, NotNow."""
        now = self._door.clock.now()
        if does not in (Does.ACCEPT, Does.REFUSE, Does.CONTACT, Does.FINISH):
            raise NotAllowed("choice")
        async with self._door.records.begin() as tx:
            it = await as_receiver(tx, session, referral, now)
            course = step(it.course, does, now, reason=reason)
            by = session.member.id if does is Does.ACCEPT else it.accepted_by
            it = replace(it, course=course, accepted_by=by)
            if course.state in (State.REFUSED, State.DONE):
                own = it.own_sealed if course.state is State.REFUSED else None
                it = replace(it, sent_sealed=None, own_sealed=own)
            it = await tx.referrals.save(it)
            await audit(self._door, tx, session, it, does.value, **({"reason": reason} if reason else {}))
            found = await tx.conversations.get(it.conversation) if it.conversation else None
            if found is not None:
                if course.what != FACTS and course.state in (State.REFUSED, State.DONE):
                    found = await let_read_no_more(tx, self._door.vault, found, it.receiver)
                await tell(self._door, tx, found, it, does)
        if it.conversation:
            self._door.tell(it.conversation)

    async def read(self, session: Session, referral: str, after: int | None = None) -> Sequence[MessageView]:
        """Open a page of the talk as far as it was agreed to, read only; without a place the last one.

        Raises NoSuchConversation or NotAllowed.
        """
        async with self._door.records.begin() as tx:
            it = await as_receiver(tx, session, referral, self._door.clock.now())
            conversation = ConversationId(it.conversation or "")
            if it.course.what == FACTS or session.organisation_key is None:
                raise NoSuchConversation
            found = await self._door.enter_shared(tx, session, conversation)
            await self._door.audit(tx, session, found, "conversation_opened", purpose="referral")
            wrapped = await tx.conversations.wrapped_key(conversation, session.member.organisation)
            part = await read_part(tx, conversation, after)
        around = part.around(self._door.vault, conversation, session.member.id)
        views = await show(self._door.vault, session.organisation_key, wrapped or b"", part.rows, around)
        if it.course.what in FROM_NOW:
            # What is older is sealed to keys that they never had: to them it is not there.
            views = [view for view in views if not view.damaged]
        return views

    async def is_ready(self, session: Session) -> str:
        """Say what keeps the member's organisation from receiving, as a code; empty: nothing."""
        async with self._door.records.look() as tx:
            try:
                await ready(tx, session.member.organisation, self._door.clock.now())
            except NotAllowed as missing:
                return missing.reason
        return ""

    async def _lines(self, tx: Transaction, found: Sequence[Referral]) -> list[Line]:
        names = await names_of(tx, [it.sender for it in found] + [it.receiver for it in found])
        return [Line(it, names[it.receiver], names[it.sender]) for it in found]
