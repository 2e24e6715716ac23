"""The reviewers' work: which cases are listed, reading one with the person's consent, marking, settling (H8, H9).

A flag lists a case without text; only the person's own yes opens it, and `bot.services.door` asks for it at every step.
The second reader does not see the first's marks before their own are done.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.agreement import Agreement
from bot.domain.codes import CaseCode, ConversationId, MessageId
from bot.domain.indicators import Catalogue, Indicator
from bot.domain.review import (
    READERS,
    Mark,
    NotAMark,
    Outcome,
    Sheet,
    agreement_of,
    make_mark,
    next_place,
    observed_from,
    outcome,
    sheet_from_json,
    sheet_to_json,
    subjects_of,
    unjudged,
)
from bot.domain.review_consent import ASKED_BY_STAFF
from bot.services.counsel import clean
from bot.services.door import Door, NoSuchConversation, NotAllowed
from bot.services.observe import seal
from bot.services.ports import CaseReview, Listed, Reader, Settlement, Transaction
from bot.services.records import AuditEntry, Conversation
from bot.services.referral.sharing import reviewed_since
from bot.services.review.flagging import Flagging, Standing
from bot.services.review.view import Row
from bot.services.sign_in import Session
from bot.services.talk import open_talk, seal_talk

PAGE: Final = 50
LONGEST_REASON: Final = 500
ASK_AGAIN_AFTER: Final = timedelta(days=30)
"""A person who did not answer, or said no, is not asked again before."""
ASKED: Final = "review_asked"
CHILD_SAID: Final = "child"


@dataclass(frozen=True)
class ListedCase:
    """One case on the list: codes, level, language, dates; no text."""

    case: Listed
    stands: Standing
    may_read: bool
    """The person's consent is there."""
    progress: str
    """`none`, `reading`, `one_done`, `differ`, `closed`."""
    is_mine: bool


@dataclass(frozen=True)
class Answer:
    """What a form says of one subject."""

    subject: str
    verdict: str
    phase: str = ""
    seq: int = 0
    """Number of the message that says so; 0: none was named."""


@dataclass(frozen=True)
class Opened:
    """A review with its sheets opened; the sheets stand in the places of their readers."""

    review: CaseReview | None
    readers: tuple[Reader, ...]
    sheets: tuple[Sheet, ...]
    settled: tuple[tuple[Mark, Settlement], ...]

    @property
    def both_done(self) -> bool:
        """Both readers are done."""
        return len(self.readers) == READERS and all(each.done_at is not None for each in self.readers)

    @property
    def outcome(self) -> Outcome | None:
        """Give what came out so far; None before both are done."""
        if not self.both_done:
            return None
        return outcome(self.sheets[0], self.sheets[1], [mark for mark, _ in self.settled])

    def of(self, session: Session) -> Reader | None:
        """Give this member's reading."""
        return next((each for each in self.readers if each.member == session.member.id), None)


class Reviews:
    """Lets reviewers list, read, mark and settle."""

    def __init__(self, door: Door, catalogue: Catalogue, flagging: Flagging) -> None:
        """Everything comes from `bootstrap`."""
        self._door = door
        self._records = door.records
        self._vault = door.vault
        self._clock = door.clock
        self._catalogue = catalogue
        self._flagging = flagging

    @property
    def rows_of_catalogue(self) -> Mapping[str, Indicator]:
        """Give the rows that readers may set."""
        return self._catalogue.indicators

    async def listed(self, session: Session, offset: int = 0) -> list[ListedCase]:
        """Give a page of listed cases: for the home organisation by its rules, for another what it was given."""
        async with self._records.look() as tx:
            mine = session.member.organisation
            is_home = mine == self._flagging.home
            found = await (tx.reviews.listed(PAGE, offset) if is_home else self._given_to(tx, session, offset))
            ids = [each.conversation for each in found]
            given = await tx.reviews.given(ids, mine)
            reviews = {each.conversation: each for each in await tx.reviews.newest_of(ids, mine)}
            readers = await tx.reviews.readers([each.id for each in reviews.values()])
        return [self._row(session, each, given, reviews.get(each.conversation), readers) for each in found]

    async def _given_to(self, tx: Transaction, session: Session, offset: int) -> Sequence[Listed]:
        """Give the cases that a member of another organisation may open now."""
        kept = []
        for each in await tx.reviews.given_to(session.member.organisation, PAGE, offset):
            try:
                await self._door.enter_review(tx, session, each.conversation)
            except NoSuchConversation:
                continue
            kept.append(each)
        return kept

    def _row(
        self,
        session: Session,
        case: Listed,
        given: frozenset[ConversationId],
        review: CaseReview | None,
        readers: Sequence[Reader],
    ) -> ListedCase:
        stands = Standing((), ()) if case.flag is None else self._flagging.open(case.flag)
        reads = [each for each in readers if review is not None and each.review == review.id]
        done = sum(each.done_at is not None for each in reads)
        progress = "none" if not reads else ("reading", "one_done", "differ")[done]
        if review is not None and review.closed_at is not None:
            progress = "closed"
        is_mine = any(each.member == session.member.id for each in reads)
        return ListedCase(case, stands, case.conversation in given, progress, is_mine)

    async def find(self, session: Session, code: str) -> ConversationId:
        """Give the conversation of a code, if this reviewer may read it now. Raises NoSuchConversation."""
        async with self._records.look() as tx:
            found = await tx.conversations.by_code(CaseCode(code))
            if found is None:
                raise NoSuchConversation
            return (await self._door.enter_review(tx, session, found.id)).id

    async def still_open(self, session: Session, conversation: ConversationId) -> bool:
        """Tell whether a page that is open may stay open: the consent stands, the vetting too."""
        async with self._records.look() as tx:
            try:
                await self._door.enter_review(tx, session, conversation)
            except NoSuchConversation:
                self._door.lately.drop(conversation)
                return False
        return True

    async def ask(self, session: Session, code: str) -> None:
        """Let the program ask the person whether reviewers may look; it leaves when safe contact allows.

        Raises NoSuchConversation, or NotAllowed: `review-given`, `review-child`, `review-asked`, or `review-held` (a
        counsellor speaks with them, or nothing may be sent).
        """
        now = self._clock.now()
        async with self._records.begin() as tx:
            found = await tx.conversations.by_code(CaseCode(code))
            if found is None:
                raise NoSuchConversation
            found = await self._door.enter_listed(tx, session, found.id)
            talk = open_talk(self._vault, found.id, found.state_sealed)
            missing = await self._keeps_from_asking(tx, found)
            if talk.age == CHILD_SAID or CHILD_SAID in talk.known:
                missing = "child"
            if missing:
                raise NotAllowed(f"review-{missing}")
            talk = await self._door.speaker.announce(tx, found, talk, [ASKED_BY_STAFF], now)
            await tx.conversations.save(replace(found, state_sealed=seal_talk(self._vault, found.id, talk)))
            await self._door.audit(tx, session, found, ASKED)
        self._door.tell(found.id)

    async def _keeps_from_asking(self, tx: Transaction, found: Conversation) -> str:
        if found.id in await tx.reviews.given([found.id], self._flagging.home):
            return "given"
        flags = found.flags
        if not found.own.bot_may_speak or flags.paused or flags.covered or flags.unreachable:
            return "held"
        asked = await tx.casework.audited(1, conversation=found.id, act=ASKED)
        return "asked" if asked and self._clock.now() - asked[0][1].at < ASK_AGAIN_AFTER else ""

    async def begin(self, session: Session, conversation: ConversationId) -> None:
        """Take a place as a reader: the first or the second; after a closed review a new one begins.

        Raises NoSuchConversation, or NotAllowed: `review-two-read`.
        """
        now = self._clock.now()
        async with self._records.begin() as tx:
            found = await self._door.enter_review(tx, session, conversation)
            now_there = await self.open_review(tx, session, found)
            review, readers = now_there.review, now_there.readers
            if review is None or review.closed_at is not None:
                upto = len(await tx.messages.observations(found.id))
                review = await tx.reviews.begin(CaseReview(0, found.id, session.member.organisation, upto, now))
                readers = ()
            place = next_place([each.member for each in readers], session.member.id)
            if place is None:
                raise NotAllowed("review-two-read")
            if place > len(readers):
                sealed = self._sealed(found.id, {})
                await tx.reviews.save_reader(Reader(review.id, session.member.id, place, sealed, now))
                await self._door.audit(tx, session, found, "review_begun", place=str(place))

    async def save(self, session: Session, conversation: ConversationId, answers: Sequence[Answer]) -> None:
        """Write this reader's sheet as the form gives it.

        Raises NoSuchConversation, or NotAllowed: `review-begin`, `review-done`, `review-mark`.
        """
        async with self._records.begin() as tx:
            found = await self._door.enter_review(tx, session, conversation)
            reader = await self._reading(tx, session, found)
            places = {seq: message for message, seq in (await tx.messages.places(found.id)).items()}
            sheet: dict[str, Mark] = {}
            for each in answers:
                if not each.verdict:
                    continue
                message = places.get(each.seq, "")
                try:
                    mark = make_mark(self._catalogue, each.subject, each.verdict, each.phase, message)
                except NotAMark:
                    raise NotAllowed("review-mark") from None
                sheet[mark.subject] = mark
            await tx.reviews.save_reader(replace(reader, sealed=self._sealed(found.id, sheet)))
            await self._door.audit(tx, session, found, "review_marked", count=str(len(sheet)))

    async def finish(self, session: Session, conversation: ConversationId) -> None:
        """End one's own reading; after the second, what both say alike is written down, the rest waits to be settled.

        Raises NoSuchConversation, or NotAllowed: `review-begin`, `review-done`, `review-unjudged`.
        """
        now = self._clock.now()
        async with self._records.begin() as tx:
            found = await self._door.enter_review(tx, session, conversation)
            reader = await self._reading(tx, session, found)
            observed = [one for _, one, _ in await self.rows(tx, session, found)]
            sheet = self.sheet(found.id, reader)
            if unjudged(sheet, subjects_of(observed)) or not sheet:
                raise NotAllowed("review-unjudged")
            await tx.reviews.save_reader(replace(reader, done_at=now))
            await self._door.audit(tx, session, found, "review_done", place=str(reader.place))
            await self._close_if_settled(tx, session, found)
        self._door.tell(conversation)

    async def settle(self, session: Session, conversation: ConversationId, answer: Answer, reason: str) -> None:
        """Settle one difference with a reason; with the last, the review closes.

        Raises NoSuchConversation, or NotAllowed: `review-no-difference`, `review-reason`, `review-mark`.
        """
        reason, now = clean(reason), self._clock.now()
        if not 0 < len(reason) <= LONGEST_REASON:
            raise NotAllowed("review-reason")
        async with self._records.begin() as tx:
            found = await self._door.enter_review(tx, session, conversation)
            it = await self.open_review(tx, session, found)
            came_out = it.outcome
            is_open = came_out is not None and answer.subject in {each.subject for each in came_out.open}
            if it.review is None or not is_open:
                raise NotAllowed("review-no-difference")
            try:
                mark = make_mark(self._catalogue, answer.subject, answer.verdict, answer.phase)
            except NotAMark:
                raise NotAllowed("review-mark") from None
            sealed = self._sealed(found.id, {mark.subject: mark})
            why = self._vault.seal_to(found.public_key, reason.encode())
            await tx.reviews.settle(Settlement(it.review.id, session.member.id, sealed, why, now))
            await self._door.audit(tx, session, found, "review_settled", subject=mark.subject, verdict=mark.verdict)
            await self._close_if_settled(tx, session, found)
        self._door.tell(conversation)

    async def agreement(self, session: Session) -> Agreement:
        """Give how far the readers of one's own organisation agree, over every case that two of them read (kappa, n).

        Erased cases are gone from it.
        """
        async with self._records.look() as tx:
            found = await tx.reviews.read_by_two(session.member.organisation)
        return agreement_of((self.sheet(of, first), self.sheet(of, second)) for of, first, second in found)

    async def open_review(self, tx: Transaction, session: Session, found: Conversation) -> Opened:
        """Open the newest review of one's organisation, within the caller's transaction and behind the door."""
        review = await tx.reviews.newest(found.id, session.member.organisation)
        if review is None:
            return Opened(None, (), (), ())
        readers = tuple(await tx.reviews.readers([review.id]))
        settled = await tx.reviews.settlements(review.id)
        marks = [next(iter(self._unsealed(found.id, each.sealed).values())) for each in settled]
        sheets = tuple(self.sheet(found.id, each) for each in readers)
        return Opened(review, readers, sheets, tuple(zip(marks, settled, strict=True)))

    async def since(self, tx: Transaction, session: Session, found: Conversation) -> datetime | None:
        """Give the moment after which what was told is a reviewer's to see; None: all of it."""
        if session.member.organisation == self._flagging.home:
            return None
        return await reviewed_since(tx, session.member, found, self._clock.now()) or self._clock.now()

    async def rows(self, tx: Transaction, session: Session, found: Conversation) -> list[Row]:
        """Open what was observed, with its times; for another organisation what is newer than the yes to it."""
        stored = await tx.messages.observations(found.id)
        told = self._door.lately.opened(found.id, stored)
        since = await self.since(tx, session, found)
        return [
            (message, one, each.at)
            for each, (message, one) in zip(stored, told, strict=True)
            if since is None or each.at > since
        ]

    def sheet(self, conversation: ConversationId, reader: Reader) -> dict[str, Mark]:
        """Open a reader's sheet."""
        return self._unsealed(conversation, reader.sealed)

    async def _reading(self, tx: Transaction, session: Session, found: Conversation) -> Reader:
        reader = (await self.open_review(tx, session, found)).of(session)
        if reader is None:
            raise NotAllowed("review-begin")
        if reader.done_at is not None:
            raise NotAllowed("review-done")
        return reader

    async def _close_if_settled(self, tx: Transaction, session: Session, found: Conversation) -> None:
        """Write down what came out, once nothing is open: observations, which every rule counts from."""
        it = await self.open_review(tx, session, found)
        came_out, now = it.outcome, self._clock.now()
        if it.review is None or came_out is None or came_out.open:
            return
        rows = await self.rows(tx, session, found)
        carried: dict[str, str] = {
            name: message for message, one, _ in rows if message for name in (one.code, *one.fine)
        }
        for mark in came_out.marks:
            observed = observed_from(self._catalogue, mark)
            if observed is None:
                continue
            # Of a code that a reader added without naming a message, the evidence is that of its heading.
            message = mark.message or carried.get(mark.subject, "") or carried.get(observed.code, "")
            await tx.messages.add_observations(seal(self._vault, found.id, MessageId(message), [observed], now))
        await tx.reviews.close(it.review.id, now)
        await tx.casework.add_audit(AuditEntry(now, session.member.id, "review_closed", found.id))
        await self._flagging.look_again(tx, found, now)

    def _sealed(self, conversation: ConversationId, sheet: Mapping[str, Mark]) -> bytes:
        return self._vault.seal(f"review:{conversation}", json.dumps(sheet_to_json(sheet)).encode())

    def _unsealed(self, conversation: ConversationId, sealed: bytes) -> dict[str, Mark]:
        return sheet_from_json(json.loads(self._vault.open(f"review:{conversation}", sealed)))
