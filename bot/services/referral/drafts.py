"""Passes on what a person agreed to: draft, ask them, send, take back. For who holds the conversation, and their lead.

A draft is sealed to the conversation; what leaves is sealed to the receiver, and holds only the parts that the
person said yes to. The form that leaves is the one that was kept when they were asked: a page adds nothing to it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, get_args

from bot.domain import referral_talk
from bot.domain.codes import ConversationId, OrganisationId
from bot.domain.referral import (
    FACTS,
    LAW_PART,
    LIVE,
    MOST,
    MOST_LIVE,
    NOT_AGAIN_FOR,
    NOT_NOW_FOR,
    REVIEWS,
    Course,
    Does,
    NotNow,
    State,
    What,
    step,
)
from bot.domain.referral_form import PARTS, Form, NotAForm
from bot.domain.reply import Say
from bot.domain.routing import LAW, Partner, Route, routes, told_of
from bot.services import key_ring
from bot.services.door import Door, NotAllowed, holds
from bot.services.ports import Referral, Transaction
from bot.services.records import AuditEntry, Conversation
from bot.services.referral.answers import names_of, take_back
from bot.services.referral.door import as_sender, is_of_sender, ready
from bot.services.referral.paper import is_child, prefilled, to_paper
from bot.services.referral.sharing import is_covered
from bot.services.sign_in import Session
from bot.services.talk import Talk, open_talk, seal_talk

SHOWN: Final = 200


@dataclass(frozen=True)
class Line:
    """One referral as a list shows it; no text."""

    referral: Referral
    to: str
    """Name of the receiver."""
    by: str
    """Name of who made it, or of the sending organisation where a receiver looks."""


@dataclass(frozen=True)
class Offer:
    """What can be passed on of a conversation, and to whom."""

    conversation: Conversation
    form: Form = field(repr=False)
    routes: Sequence[Route]
    partners: Sequence[Partner]
    lines: Sequence[Line]
    child: bool
    told: Sequence[str]
    """What the wished ways may bring and may cost, as the person will read it."""


@dataclass(frozen=True)
class Look:
    """One referral as its sender sees it."""

    line: Line
    partner: Partner | None
    standing: str
    """Whether the receiver may receive now, as a code."""
    form: Form | None = field(repr=False)
    leaves: Form | None = field(repr=False)
    shown: Sequence[str] = field(repr=False)
    """What the person reads when they are asked."""
    lacks: str
    """The field that must be filled before anybody is asked."""
    is_held: bool
    """The conversation is with this member, so that they may ask."""


class Referrals:
    """Lets a counsellor refer."""

    def __init__(self, door: Door) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door

    async def mine(self, session: Session) -> Sequence[Line]:
        """Give the referrals that this member looks after, the newest first."""
        async with self._door.records.look() as tx:
            found = await tx.referrals.sent_by(session.member.organisation, SHOWN)
            return await self._lines(tx, [it for it in found if is_of_sender(session.member, it)])

    async def offer(
        self, session: Session, conversation: ConversationId, wished: Collection[str] = (), *, fears: bool = False
    ) -> Offer:
        """Give what could be passed on, and who could help with what they wish. Raises NoSuchConversation."""
        now = self._door.clock.now()
        async with self._door.records.look() as tx:
            found = await self._door.enter_held(tx, session, conversation)
            talk = open_talk(self._door.vault, found.id, found.state_sealed)
            form = await prefilled(tx, self._door.vault, found, talk)
            partners = await tx.referrals.partners()
            lines = await self._lines(tx, await tx.referrals.of(conversation))
            earlier = [line.referral for line in lines if line.referral.own_sealed]
            if earlier:
                form = Form({**(await open_form(self._door, tx, session, earlier[-1])).values, **form.values})
        where = {"country": talk.country, "language": found.language, "fears_government": fears}
        ways = routes(partners, wished, (), now, **where)  # type: ignore[arg-type]  # country and language are texts
        told = [self._door.speaker.render(found, Say(key)) for key in told_of(wished)]
        return Offer(found, form, ways, partners, lines, is_child(talk), told)

    async def draft(
        self,
        session: Session,
        conversation: ConversationId,
        receiver: str,
        what: What,
        parts: Collection[int],
        given: Mapping[str, Sequence[str]],
    ) -> str:
        """Keep a draft and give its id; nobody is told. Raises NoSuchConversation or NotAllowed."""
        now, organisation = self._door.clock.now(), OrganisationId(receiver)
        if what not in get_args(What):
            raise NotAllowed("form")
        async with self._door.records.begin() as tx:
            found = await self._door.enter_held(tx, session, conversation)
            partner = await ready(tx, organisation, now)
            if what != FACTS and partner.kind in LAW:
                raise NotAllowed("reads_law")
            _refuse_review_of_child(what, open_talk(self._door.vault, found.id, found.state_sealed))
            before = await tx.referrals.of(conversation)
            live = [it for it in before if it.course.state in LIVE]
            if len(before) >= MOST or len(live) >= MOST_LIVE:
                raise NotAllowed("referrals")
            no = [it.course.ended_at for it in before if it.receiver == organisation and _was_declined(it)]
            if any(at is not None and now - at < NOT_AGAIN_FOR for at in no):
                raise NotAllowed("declined")
            referral = Referral(
                id=secrets.token_hex(8),
                conversation=found.id,
                code=found.code,
                number=len(before),
                sender=session.member.organisation,
                made_by=session.member.id,
                made_at=now,
                language=found.language,
                level=found.level,
                course=Course(organisation, what, _parts(what, parts)),
                own_sealed=await self._seal(tx, found, given),
            )
            await tx.referrals.add(referral)
            await self._audit(tx, session, referral, "draft")
        return referral.id

    async def change(
        self, session: Session, referral: str, parts: Collection[int], given: Mapping[str, Sequence[str]]
    ) -> None:
        """Write the draft anew; once the person was asked it stays as it is. Raises as `draft`, and NotNow."""
        async with self._door.records.begin() as tx:
            it = await as_sender(tx, session, referral)
            found = await self._held(tx, session, it)
            if it.course.state is not State.DRAFT:
                raise NotNow(it.course.state.value)
            course = replace(it.course, parts=_parts(it.course.what, parts))
            await tx.referrals.save(replace(it, course=course, own_sealed=await self._seal(tx, found, given)))
            await self._audit(tx, session, it, "change")

    async def look(self, session: Session, referral: str) -> Look:
        """Open a referral of one's own. Raises NoSuchConversation."""
        now = self._door.clock.now()
        async with self._door.records.begin() as tx:
            it = await as_sender(tx, session, referral)
            found = await tx.conversations.get(it.conversation) if it.conversation else None
            partner = next((one for one in await tx.referrals.partners() if one.id == it.receiver), None)
            form = await open_form(self._door, tx, session, it) if it.own_sealed else None
            await self._audit(tx, session, it, "look")
            (line,) = await self._lines(tx, [it])
        shown: list[str] = []
        lacks, is_held = "", found is not None and holds(session.member, found)
        if found is not None and form is not None and partner is not None:
            talk = open_talk(self._door.vault, found.id, found.state_sealed)
            lacks = form.lacks(child=is_child(talk)) if it.course.what == FACTS else ""
            shown = [self._door.speaker.render(found, say) for say in _question(it, form, partner)]
        standing = "gone" if partner is None else partner.standing(now)
        leaves = None if form is None else form.only(it.course.parts)
        return Look(line, partner, standing, form, leaves, shown, lacks, is_held)

    async def ask(self, session: Session, referral: str) -> None:
        """Ask the person in their chat, with buttons. Raises NoSuchConversation, NotAllowed or NotNow."""
        now = self._door.clock.now()
        async with self._door.records.begin() as tx:
            it = await as_sender(tx, session, referral)
            found = await self._held(tx, session, it)
            partner = await ready(tx, it.receiver, now)
            form = await open_form(self._door, tx, session, it)
            talk = open_talk(self._door.vault, found.id, found.state_sealed)
            _refuse_review_of_child(it.course.what, talk)
            lacks = form.lacks(child=is_child(talk)) if it.course.what == FACTS else ""
            if lacks:
                raise NotAllowed("form_lacks")
            others = [one for one in await tx.referrals.of(found.id) if one.id != it.id]
            if any(one.course.state is State.ASKED for one in others):
                raise NotAllowed("asked")
            asked_at = it.course.asked_at
            if it.course.state is State.DRAFT and asked_at is not None and now - asked_at < NOT_NOW_FOR:
                raise NotAllowed("not_now")
            course = replace(it.course, parts=_with_law(it.course, partner))
            it = await tx.referrals.save(replace(it, course=step(course, Does.ASK, now)))
            says = _question(it, form, partner)
            talk = await self._door.speaker.announce(tx, found, talk, says, now)
            sealed = seal_talk(self._door.vault, found.id, talk)
            await tx.conversations.save(replace(found, state_sealed=sealed))
            await self._audit(tx, session, it, "ask")
        self._door.tell(found.id)

    async def send(self, session: Session, referral: str, receiver: str, parts: Collection[int]) -> None:
        """Pass on what the person agreed to; `receiver` and `parts` are what the page showed.

        Raises NoSuchConversation, NotAllowed (`more`: the page says other than the person agreed to) or NotNow.
        """
        now = self._door.clock.now()
        await self._refuse_more(session, referral, receiver, parts)
        async with self._door.records.begin() as tx:
            it = await as_sender(tx, session, referral)
            found = await tx.conversations.get(it.conversation) if it.conversation else None
            course = step(it.course, Does.SEND, now)
            partner = await ready(tx, it.receiver, now)
            if not course.holds(now):
                raise NotAllowed("lapsed")
            if found is None or not await is_covered(tx, found, course, now):
                raise NotAllowed("taken_back")
            if _with_law(course, partner) != course.parts:
                # What the receiver is was written anew since they were asked: they agreed to something else.
                raise NotAllowed("more")
            it = replace(it, course=course)
            if course.what == FACTS:
                it = replace(it, sent_sealed=await self._seal_to_receiver(tx, session, it, partner.kind))
            else:
                if session.organisation_key is None:
                    raise NotAllowed("key")
                own = (it.sender, session.organisation_key)
                await key_ring.let_read(tx, self._door.vault, found, own, it.receiver, it.epoch)
            it = await tx.referrals.save(it)
            await self._audit(tx, session, it, "send", parts=",".join(map(str, course.parts)))
            await tell(self._door, tx, found, it, Does.SEND)
        self._door.tell(found.id)

    async def revoke(self, session: Session, referral: str) -> None:
        """Take it back; the person is told where they had been asked. Raises NoSuchConversation or NotNow."""
        now = self._door.clock.now()
        async with self._door.records.begin() as tx:
            it = await as_sender(tx, session, referral)
            found = await tx.conversations.get(it.conversation) if it.conversation else None
            if found is None:
                raise NotNow(it.course.state.value)
            found = await take_back(tx, self._door.vault, found, it, session.member.id, now)
            if it.course.state is State.DRAFT:
                return
            await tell(self._door, tx, found, it, Does.REVOKE)
        self._door.tell(found.id)

    async def _refuse_more(self, session: Session, referral: str, receiver: str, parts: Collection[int]) -> None:
        """What a page asks to send must be what was agreed; anything else is refused, and stands in the audit."""
        async with self._door.records.begin() as tx:
            it = await as_sender(tx, session, referral)
            if receiver == it.receiver and set(parts) == set(it.course.parts):
                return
            await self._audit(tx, session, it, "more")
        raise NotAllowed("more")

    async def _held(self, tx: Transaction, session: Session, it: Referral) -> Conversation:
        return await self._door.enter_held(tx, session, ConversationId(it.conversation or ""))

    async def _seal(self, tx: Transaction, found: Conversation, given: Mapping[str, Sequence[str]]) -> bytes:
        """Seal a form as typed, with the signs that count now: staff cannot add any."""
        talk = open_talk(self._door.vault, found.id, found.state_sealed)
        signs = (await prefilled(tx, self._door.vault, found, talk)).get("signs/codes")
        try:
            form = Form.read(given, signs)
        except NotAForm:
            raise NotAllowed("form") from None
        return self._door.vault.seal_to(found.public_key, json.dumps(form.to_json()).encode())

    async def _seal_to_receiver(self, tx: Transaction, session: Session, it: Referral, kind: str) -> bytes:
        form = (await open_form(self._door, tx, session, it)).only(it.course.parts)
        organisation = await tx.staff.organisation(it.receiver)
        names = await names_of(tx, (it.sender, it.receiver))
        if organisation is None:
            raise NotAllowed("partner_gone")
        paper = to_paper(it, form, names[it.sender], names[it.receiver], kind)
        return self._door.vault.seal_to(organisation.public_key, json.dumps(paper).encode())

    async def _lines(self, tx: Transaction, found: Sequence[Referral]) -> list[Line]:
        names = await names_of(tx, (it.receiver for it in found))
        people = await tx.staff.names() if found else {}
        return [Line(it, names[it.receiver], people.get(it.made_by, "")) for it in found]

    async def _audit(self, tx: Transaction, session: Session, it: Referral, act: str, **detail: str) -> None:
        await audit(self._door, tx, session, it, act, **detail)


async def open_form(door: Door, tx: Transaction, session: Session, it: Referral) -> Form:
    """Open the whole form for its sender; raises NotAllowed where there is none, or no key."""
    wrapped = await tx.conversations.wrapped_key(ConversationId(it.conversation or ""), it.sender)
    if session.organisation_key is None or wrapped is None or it.own_sealed is None:
        raise NotAllowed("key")
    private = door.vault.open_with(session.organisation_key, wrapped)
    return Form.from_json(json.loads(door.vault.open_with(private, it.own_sealed)))


async def audit(door: Door, tx: Transaction, session: Session, it: Referral, act: str, **detail: str) -> None:
    """Write down what a member did with a referral, in codes."""
    more = {"referral": it.id, "receiver": it.receiver, **detail}
    entry = AuditEntry(door.clock.now(), session.member.id, f"referral_{act}", it.conversation or "", more)
    await tx.casework.add_audit(entry)


async def tell(door: Door, tx: Transaction, found: Conversation, it: Referral, does: Does) -> None:
    """Tell the person what changed for them, and save the conversation."""
    names = await names_of(tx, (it.receiver,))
    say = referral_talk.tell(does, names[it.receiver], it.course.what)
    if say is not None:
        talk = open_talk(door.vault, found.id, found.state_sealed)
        talk = await door.speaker.say_beside(tx, found, talk, say, door.clock.now())
        found = replace(found, state_sealed=seal_talk(door.vault, found.id, talk))
    await tx.conversations.save(found)


def _question(it: Referral, form: Form, partner: Partner) -> tuple[Say, ...]:
    leaves = form.only(it.course.parts)
    helps = [one for one in form.get("wishes/helps") if one in partner.helps]
    is_law = partner.kind in LAW
    return referral_talk.ask(
        partner.name, it.course.what, helps, leaves.blocks, is_law=is_law, can_be_less=len(leaves.parts) > 1
    )


def _with_law(course: Course, partner: Partner) -> tuple[int, ...]:
    """Give the parts with what is asked of who must act on what they learn; a talk is never opened to them."""
    if course.what != FACTS:
        if partner.kind in LAW:
            raise NotAllowed("reads_law")
        return course.parts
    own = tuple(part for part in course.parts if part != LAW_PART)
    return (*own, LAW_PART) if partner.kind in LAW else own


def _refuse_review_of_child(what: What, talk: Talk) -> None:
    """For a child there are people: nobody's reviewers look at what they tell (C7)."""
    if what == REVIEWS and is_child(talk):
        raise NotAllowed("review-child")


def _parts(what: str, parts: Collection[int]) -> tuple[int, ...]:
    """Read which parts are asked for: how to reach them and what they wish always is one."""
    if what != FACTS:
        return ()
    if not set(parts) <= set(PARTS):
        raise NotAllowed("form")
    return tuple(part for part in PARTS if part == 1 or part in parts)


def _was_declined(it: Referral) -> bool:
    return it.course.state is State.DECLINED
