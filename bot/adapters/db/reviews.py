"""Which cases are listed, what readers said of them, and the weights that two people signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import (
    consents,
    conversation_keys,
    conversations,
    flags,
    is_listed,
    messages,
    readings,
    reviews,
    settlements,
    weights,
)
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import CaseCode, ConversationId, MemberId, MessageId, OrganisationId
from bot.domain.consent import REVIEW_ENDED, REVIEWED
from bot.domain.training import CHANNEL
from bot.services.ports import Carrier, CaseReview, Flag, Listed, Reader, Settlement, WeightFile

_SHOWN = [conversations.c[name] for name in ("id", "code", "level", "language", "created_at", "last_inbound")]
_LATER = [flags.c[name] for name in ("listed", "sealed", "since", "changed_at")]


class SqlReviews:
    """Body of `ReviewRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def flag(self, conversation: ConversationId) -> Flag | None:
        """Give how a case stands; None: nobody looked yet."""
        query = select(*flags.c).where(flags.c.conversation == conversation)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _flag(row.conversation, row)

    async def set_flag(self, flag: Flag) -> None:
        """Write how it stands now; `since` stays as it was."""
        written = insert_for(self._connection, flags).values(vars(flag))
        new = {name: getattr(flag, name) for name in ("listed", "sealed", "changed_at")}
        await self._connection.execute(written.on_conflict_do_update(index_elements=["conversation"], set_=new))

    async def listed(self, limit: int, offset: int = 0) -> Sequence[Listed]:
        """Give listed cases, the most urgent first, then the newest change."""
        both = conversations.join(flags, conversations.c.id == flags.c.conversation)
        query = select(*_SHOWN, *_LATER).select_from(both).where(is_listed)
        query = query.order_by(conversations.c.level, flags.c.changed_at.desc()).limit(limit).offset(offset)
        return [_listed(row, _flag(row.id, row)) for row in await self._connection.execute(query)]

    async def given_to(self, organisation: OrganisationId, limit: int, offset: int = 0) -> Sequence[Listed]:
        """Give cases whose key an organisation has, the same way, without flags."""
        both = conversations.join(conversation_keys, conversations.c.id == conversation_keys.c.conversation)
        query = select(*_SHOWN).select_from(both).where(conversation_keys.c.organisation == organisation)
        query = query.order_by(conversations.c.level, conversations.c.last_inbound.desc()).limit(limit).offset(offset)
        return [_listed(row, None) for row in await self._connection.execute(query)]

    async def given(
        self, conversations: Collection[ConversationId], organisation: OrganisationId
    ) -> frozenset[ConversationId]:
        """Give those that the person lets reviewers of an organisation read now, by the newest of what they said."""
        it = consents.c
        asked = (it.conversation.in_(list(conversations)), it.organisation == organisation)
        said = select(it.conversation, it.scope).where(*asked, it.scope.in_((REVIEWED, REVIEW_ENDED))).order_by(it.id)
        newest = {row.conversation: row.scope for row in await self._connection.execute(said)}
        return frozenset(ConversationId(each) for each, scope in newest.items() if scope == REVIEWED)

    async def begin(self, review: CaseReview) -> CaseReview:
        """Store a new review and give it with its number."""
        row = {name: value for name, value in vars(review).items() if name != "id"}
        number = await self._connection.scalar(insert(reviews).values(row).returning(reviews.c.id))
        return CaseReview(int(number or 0), **row)

    async def newest(self, conversation: ConversationId, organisation: OrganisationId) -> CaseReview | None:
        """Give an organisation's newest review of a case."""
        mine = (reviews.c.conversation == conversation, reviews.c.organisation == organisation)
        query = select(*reviews.c).where(*mine).order_by(reviews.c.id.desc()).limit(1)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _review(row)

    async def newest_of(
        self, conversations: Collection[ConversationId], organisation: OrganisationId
    ) -> Sequence[CaseReview]:
        """Give an organisation's newest review of each of several cases that have one."""
        mine = (reviews.c.conversation.in_(list(conversations)), reviews.c.organisation == organisation)
        newest = select(func.max(reviews.c.id)).where(*mine).group_by(reviews.c.conversation)
        query = select(*reviews.c).where(reviews.c.id.in_(newest))
        return [_review(row) for row in await self._connection.execute(query)]

    async def close(self, review: int, at: datetime) -> None:
        """Everything is agreed or settled."""
        await self._connection.execute(update(reviews).where(reviews.c.id == review).values(closed_at=at))

    async def readers(self, reviews: Collection[int]) -> Sequence[Reader]:
        """Give the readings of some reviews, by review and place."""
        query = select(*readings.c).where(readings.c.review.in_(list(reviews)))
        rows = await self._connection.execute(query.order_by(readings.c.review, readings.c.place))
        return [_reader(row) for row in rows]

    async def save_reader(self, reader: Reader) -> None:
        """Write a reader's sheet; a later one takes the place of the earlier."""
        written = insert_for(self._connection, readings).values(vars(reader))
        new = {"sealed": reader.sealed, "done_at": reader.done_at}
        await self._connection.execute(written.on_conflict_do_update(index_elements=["review", "place"], set_=new))

    async def settle(self, settlement: Settlement) -> None:
        """Store how a difference was settled."""
        await self._connection.execute(insert(settlements).values(vars(settlement)))

    async def settlements(self, review: int) -> Sequence[Settlement]:
        """Give them, oldest first."""
        query = select(*settlements.c).where(settlements.c.review == review).order_by(settlements.c.id)
        rows = await self._connection.execute(query)
        return [Settlement(r.review, MemberId(r.member), r.sealed, r.reason_sealed, r.at) for r in rows]

    async def read_by_two(self, organisation: OrganisationId) -> Sequence[tuple[ConversationId, Reader, Reader]]:
        """Give the reviews of an organisation that both readers finished; training does not count."""
        first, second = readings.alias("first"), readings.alias("second")
        of_it = conversations.c.id == reviews.c.conversation
        both: FromClause = reviews.join(first, _is_place(first, 1)).join(second, _is_place(second, 2))
        both = both.join(conversations, and_(of_it, conversations.c.channel != CHANNEL))
        done = (first.c.done_at.is_not(None), second.c.done_at.is_not(None))
        query = select(reviews.c.conversation, reviews.c.id).select_from(both)
        query = query.where(reviews.c.organisation == organisation, *done).order_by(reviews.c.id)
        found = {row.id: ConversationId(row.conversation) for row in await self._connection.execute(query)}
        rows = iter(await self.readers(found))
        return [(found[one.review], one, other) for one, other in zip(rows, rows, strict=True)]

    async def carriers(self, conversation: ConversationId, messages: Collection[MessageId]) -> Sequence[Carrier]:
        """Give some messages of a conversation, by place: only these have to be opened."""
        it = _messages.c
        query = select(it.id, it.seq, it.author, it.sealed, it.at).where(it.conversation == conversation)
        rows = await self._connection.execute(query.where(it.id.in_(list(messages))).order_by(it.seq))
        return [Carrier(MessageId(r.id), r.seq, r.author, r.sealed, r.at) for r in rows]

    async def add_weights(self, file: WeightFile) -> WeightFile:
        """Store weights that one person entered."""
        row = {name: value for name, value in vars(file).items() if name != "id"}
        number = await self._connection.scalar(insert(weights).values(row).returning(weights.c.id))
        return WeightFile(**row, id=int(number or 0))

    async def weights(self) -> Sequence[WeightFile]:
        """Give every file of weights, the newest first."""
        rows = await self._connection.execute(select(*weights.c).order_by(weights.c.id.desc()))
        return [WeightFile(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name

    async def sign_weights(self, file: int, member: MemberId, at: datetime) -> None:
        """A second person signed; what was signed before stays as it is."""
        unsigned = (weights.c.id == file, weights.c.signed_by.is_(None))
        await self._connection.execute(update(weights).where(*unsigned).values(signed_by=member, signed_at=at))


_messages = messages


def _is_place(of: Any, place: int) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (of.c.review == reviews.c.id) & (of.c.place == place)
    return found


def _flag(conversation: str, row: Any) -> Flag:
    return Flag(ConversationId(conversation), row.listed, row.sealed, row.since, row.changed_at)


def _listed(row: Any, flag: Flag | None) -> Listed:
    return Listed(
        conversation=ConversationId(row.id),
        code=CaseCode(row.code),
        level=row.level,
        language=row.language,
        created_at=row.created_at,
        last_inbound=row.last_inbound,
        flag=flag,
    )


def _review(row: Any) -> CaseReview:
    of = OrganisationId(row.organisation)
    return CaseReview(row.id, ConversationId(row.conversation), of, row.upto, row.began_at, row.closed_at)


def _reader(row: Any) -> Reader:
    return Reader(row.review, MemberId(row.member), row.place, row.sealed, row.began_at, row.done_at)
