"""What a reviewer sees of one case, opened behind the door and written into the audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.assessment import is_child_protection_concern, sets_for
from bot.domain.codes import MemberId
from bot.domain.indicators import Catalogue
from bot.domain.review import Mark, next_place, subjects_of
from bot.domain.timeline import Timeline
from bot.domain.weights import with_weights
from bot.domain.working import Working, work_out
from bot.errors import CannotOpen
from bot.services.beside import UNDER_18
from bot.services.door import Door, NoSuchConversation
from bot.services.in_sight import InSight, bring_in_sight
from bot.services.matrix import CHILD, SEXUAL
from bot.services.ports import Transaction, Vault, WeightFile
from bot.services.records import Consent, Conversation
from bot.services.review.readers import Opened, Reviews
from bot.services.review.view import (
    Material,
    Progress,
    Row,
    Subject,
    carriers_wanted,
    counted_in,
    name_of,
    show_subjects,
    told_over_weeks,
)
from bot.services.review.weights import Signed, Weights
from bot.services.sign_in import Session
from bot.services.talk import open_talk


@dataclass(frozen=True)
class Matrix:
    """What the rule says of one set, step by step; `file` is None while nobody stands for its weights."""

    working: Working
    file: WeightFile | None


@dataclass(frozen=True)
class Person:
    """What stands first: what the person wishes, allows, and says of the danger themselves. No text."""

    conversation: Conversation
    consents: tuple[Consent, ...]
    in_sight: InSight | None
    """None for another organisation: it was said before their yes to it."""
    age: str
    said_danger: datetime | None
    """When they last said themselves that they are in danger now."""
    said_no_danger: datetime | None
    """When they said that they are not, as long as that counts."""
    is_child_concern: bool


@dataclass(frozen=True)
class CasePage:
    """The review page of one case."""

    person: Person
    subjects: tuple[Subject, ...]
    counted: tuple[str, ...]
    matrices: tuple[Matrix, ...]
    timeline: Timeline
    progress: Progress
    to_judge: frozenset[str]
    """What has to be judged before a reading is done."""


class ReviewPages:
    """Opens the review page."""

    def __init__(self, door: Door, catalogue: Catalogue, reviews: Reviews, weights: Weights) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._vault = door.vault
        self._catalogue = catalogue
        self._reviews = reviews
        self._weights = weights

    async def look(self, session: Session, code: str, only: str = "") -> CasePage:
        """Open a case; `only` names the one code whose evidence is wanted further. Raises NoSuchConversation."""
        conversation = await self._reviews.find(session, code)
        async with self._door.records.begin() as tx:
            found = await self._door.enter_review(tx, session, conversation)
            await self._door.audit(tx, session, found, "conversation_opened", purpose="review")
            rows = await self._reviews.rows(tx, session, found)
            carriers = await tx.reviews.carriers(found.id, carriers_wanted(rows, only))
            wrapped = await tx.conversations.wrapped_key(found.id, session.member.organisation)
            it = await self._reviews.open_review(tx, session, found)
            names = await tx.staff.names()
            signed = await self._weights.signed(tx)
            person = await self._person(tx, session, found, rows)
        private = _opened_key(self._vault, session, wrapped)
        mine = it.of(session)
        sheet = {} if mine is None else self._reviews.sheet(found.id, mine)
        others = it.sheets if it.both_done else ()
        material = Material(rows, {each.id: each for each in carriers}, private, sheet, others)
        return CasePage(
            person,
            subjects=await show_subjects(self._vault, self._catalogue, material),
            counted=counted_in(rows),
            matrices=self._matrices(rows, person.age, signed),
            timeline=told_over_weeks(rows),
            progress=_progress(self._vault, private, it, session, names),
            to_judge=frozenset(subjects_of([one for _, one, _ in rows])),
        )

    async def _person(self, tx: Transaction, session: Session, found: Conversation, rows: list[Row]) -> Person:
        since = await self._reviews.since(tx, session, found)
        talk = open_talk(self._vault, found.id, found.state_sealed)
        codes = [one.code for _, one, _ in rows]
        danger = await tx.casework.audited(1, conversation=found.id, act="danger_said")
        consents: Sequence[Consent] = await tx.casework.consents(found.id)
        in_sight: InSight | None = await bring_in_sight(tx, found, talk, codes)
        said_danger, said_none = danger[0][1].at if danger else None, found.safety_declined_at
        if since is not None:
            # To another organisation, what was said before the yes that names it is not there.
            consents = [one for one in consents if one.organisation == session.member.organisation]
            in_sight = None
            said_danger, said_none = (at if at is not None and at > since else None for at in (said_danger, said_none))
        return Person(
            found,
            tuple(consents),
            in_sight,
            talk.age,
            said_danger,
            said_none,
            is_child_protection_concern(codes, under_18=talk.age == CHILD),
        )

    def _matrices(self, rows: list[Row], age: str, signed: Mapping[str, Signed]) -> tuple[Matrix, ...]:
        """Work the rule out for the sets of this age and kind; with an unknown age for both (C1)."""
        heard = {one.code for _, one, _ in rows if one.state not in ("denied", "rejected")}
        stated = UNDER_18.get(age)
        under_18 = None if CHILD in heard and stated is False else stated
        catalogue = with_weights(self._catalogue, {name: each.weights for name, each in signed.items()})
        fine = counted_in(rows)
        return tuple(
            Matrix(
                work_out(catalogue, fine, name, under_18=name.startswith(CHILD)),
                signed[name].file if name in signed else None,
            )
            for name in sets_for(catalogue, under_18=under_18, sexual=SEXUAL in heard)
        )


def _progress(vault: Vault, private: bytes, it: Opened, session: Session, names: Mapping[MemberId, str]) -> Progress:
    mine, came_out = it.of(session), it.outcome
    is_closed = it.review is not None and it.review.closed_at is not None
    state = "none" if not it.readers else "closed" if is_closed else "reading"
    if came_out is not None and came_out.open:
        state = "differ"
    elif mine is not None and mine.done_at is not None and came_out is None:
        state = "waits"
    return Progress(
        state=state,
        place=next_place([each.member for each in it.readers], session.member.id),
        is_mine=mine is not None,
        is_done=mine is not None and mine.done_at is not None,
        names=tuple(name_of(names, each.member) for each in it.readers),
        differences=() if came_out is None else came_out.open,
        settled=tuple(
            _settled(vault, private, mark, each.reason_sealed, names, each.member) for mark, each in it.settled
        ),
    )


def _settled(
    vault: Vault, private: bytes, mark: Mark, sealed: bytes, names: Mapping[MemberId, str], member: MemberId
) -> tuple[Mark, str, str]:
    try:
        why = vault.open_with(private, sealed).decode()
    except (CannotOpen, UnicodeDecodeError):
        why = ""
    return mark, name_of(names, member), why


def _opened_key(vault: Vault, session: Session, wrapped: bytes | None) -> bytes:
    """Open the conversation's key for this page. Raises NoSuchConversation where it is not this organisation's."""
    if session.organisation_key is None or wrapped is None:
        raise NoSuchConversation
    try:
        return vault.open_with(session.organisation_key, wrapped)
    except CannotOpen:
        raise NoSuchConversation from None
