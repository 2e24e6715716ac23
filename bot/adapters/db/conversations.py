"""Conversations and their keys; a conversation's lease lives here too (see `inbox`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.figures import SqlFigures
from bot.adapters.db.tables import (
    alerts,
    audit,
    consents,
    conversation_keys,
    conversations,
    erasures,
    has_check_in,
    inbox,
    is_open,
    is_uncommitted,
    messages,
    observations,
    on_screen,
    outbox,
    promises,
    referrals,
    ways_back,
)
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import CaseCode, ConversationId, MemberId, OrganisationId
from bot.domain.ownership import Interpreting, Ownership, State
from bot.domain.plan import Plan
from bot.domain.referral import STAYS
from bot.domain.safe_contact import Flags
from bot.services.key_ring import bundle
from bot.services.ports import Clock, Stale
from bot.services.records import Conversation, Erasure

_PARTS = (messages, observations, inbox, outbox, consents, promises, alerts, ways_back, on_screen, conversation_keys)
"""What belongs to a conversation."""

_INTERPRETING = ("interpreter", "interpreter_since", "interpreter_agreed", "interpreter_key")
_NEVER_SAVED = frozenset({"chat_hash", "last_seq", "lease_token", "lease_until"})
COLUMNS = tuple(column for column in conversations.c if column.name not in _NEVER_SAVED)
"""What a `Conversation` is read from."""


def conversation_of(row: Any) -> Conversation:
    """Read a row of `COLUMNS`."""
    return conversation_from(dict(row._mapping))  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


def conversation_from(fields: dict[str, Any]) -> Conversation:
    """Read the values of `COLUMNS`."""
    own = Ownership(
        State(fields.pop("state")),
        **{name: fields.pop(name) for name in ("since", "counsellor", "receiver", "due", "front", "outcome", "told")},
        interpreting=_interpreting_of(*(fields.pop(name) for name in _INTERPRETING)),
    )
    flags = Flags(**{name: fields.pop(name) for name in ("paused", "covered", "unreachable")})
    plan = Plan(**{name: fields.pop(f"plan_{name}") for name in Plan.__dataclass_fields__})
    return Conversation(**fields, own=own, flags=flags, plan=plan)


def _interpreting_of(member: Any, since: Any, agreed: Any, key: Any) -> Interpreting | None:
    return None if member is None else Interpreting(MemberId(member), since, agreed, key)


def _values_of_interpreting(it: Interpreting | None) -> dict[str, Any]:
    values = (None, None, False, None) if it is None else (it.member, it.since, it.agreed, it.key)
    return dict(zip(_INTERPRETING, values, strict=True))


def values_of(it: Conversation) -> dict[str, Any]:
    """Give the values of `COLUMNS`."""
    parts = ("own", "flags", "plan")
    fields = {name: getattr(it, name) for name in Conversation.__dataclass_fields__ if name not in parts}
    own = {name: getattr(it.own, name) for name in Ownership.__dataclass_fields__ if name != "interpreting"}
    own |= _values_of_interpreting(it.own.interpreting)
    flags = {name: getattr(it.flags, name) for name in Flags.__dataclass_fields__}
    plan = {f"plan_{name}": getattr(it.plan, name) for name in Plan.__dataclass_fields__}
    return {**fields, **own, "state": it.own.state.value, **flags, **plan}


class SqlConversations:
    """Body of `ConversationRows` within one transaction."""

    def __init__(self, connection: AsyncConnection, clock: Clock) -> None:
        """Work on an open transaction."""
        self._connection = connection
        self._clock = clock

    async def find(self, chat_hash: bytes) -> Conversation | None:
        """Find by the keyed hash of its chat.

        What is found cannot be erased before the transaction ends; of two first messages of one chat on two machines
        the second waits here until the first is stored.
        """
        query = select(*COLUMNS).where(conversations.c.chat_hash == chat_hash)
        query = query.with_for_update(read=True, key_share=True)
        found = (await self._connection.execute(query)).one_or_none()
        if found is None and self._connection.dialect.name == "postgresql":
            key = int.from_bytes(chat_hash[:8].ljust(8, b"\0"), "big", signed=True)
            await self._connection.execute(select(func.pg_advisory_xact_lock(key)))
            found = (await self._connection.execute(query)).one_or_none()
        return None if found is None else conversation_of(found)

    async def get(self, conversation: ConversationId) -> Conversation | None:
        """Read one, locked until the transaction ends; messages may still come in meanwhile."""
        query = select(*COLUMNS).where(conversations.c.id == conversation).with_for_update(key_share=True)
        return await self._one(query)

    async def by_code(self, code: CaseCode) -> Conversation | None:
        """Find by the name staff use."""
        return await self._one(select(*COLUMNS).where(conversations.c.code == code))

    async def add(
        self, conversation: Conversation, chat_hash: bytes, organisation: OrganisationId, wrapped_key: bytes
    ) -> None:
        """Store a new conversation with its wrapped key; Stale when its chat, code or id was stored meanwhile."""
        try:
            await self._connection.execute(insert(conversations).values(**values_of(conversation), chat_hash=chat_hash))
        except IntegrityError:
            raise Stale("a conversation of this chat or code exists already") from None
        await self._connection.execute(
            insert(conversation_keys).values(
                conversation=conversation.id, organisation=organisation, epoch=0, wrapped=wrapped_key
            )
        )

    async def save(self, conversation: Conversation) -> Conversation:
        """Write all fields if the stored version is still the one read; raises Stale. Gives it with the new version."""
        values = values_of(conversation) | {"version": conversation.version + 1}
        # Setting a key, even to itself, makes the database look through all that hangs on it.
        del values["id"]
        done = await self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation.id, conversations.c.version == conversation.version)
            .values(**values)
        )
        if done.rowcount != 1:
            raise Stale("the conversation changed since it was read")
        return Conversation(**{**vars(conversation), "version": conversation.version + 1})

    async def move(self, conversation: ConversationId, chat_hash: bytes, chat_sealed: bytes) -> None:
        """Let another chat be the way to this conversation, and take what is on its way there."""
        await self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation)
            .values(chat_hash=chat_hash, chat_sealed=chat_sealed, version=conversations.c.version + 1)
        )
        await self._connection.execute(
            update(outbox).where(outbox.c.conversation == conversation, is_open).values(chat_sealed=chat_sealed)
        )

    async def wrapped_key(self, conversation: ConversationId, organisation: OrganisationId) -> bytes | None:
        """Give the conversation's private key as wrapped for an organisation."""
        return bundle([wrapped for _, wrapped in await self.wrapped_keys(conversation, organisation)])

    async def opened_to(
        self, organisation: OrganisationId, scopes: Collection[str], of: Collection[ConversationId]
    ) -> frozenset[ConversationId]:
        """Give those of which an organisation has a key, and a consent to it of one of the scopes."""
        keys, agreed = conversation_keys.c, consents.c
        consent = exists().where(
            agreed.conversation == keys.conversation, agreed.organisation == organisation, agreed.scope.in_(scopes)
        )
        query = select(keys.conversation).where(keys.organisation == organisation, keys.conversation.in_(of), consent)
        return frozenset(ConversationId(name) for name in await self._connection.scalars(query))

    async def wrapped_keys(
        self, conversation: ConversationId, organisation: OrganisationId
    ) -> Sequence[tuple[int, bytes]]:
        """Give each of the conversation's private keys as wrapped for an organisation, with its place, oldest first."""
        keys = conversation_keys.c
        query = select(keys.epoch, keys.wrapped).where(
            keys.conversation == conversation, keys.organisation == organisation
        )
        return [(epoch, wrapped) for epoch, wrapped in await self._connection.execute(query.order_by(keys.epoch))]

    async def newest_key(self, conversation: ConversationId) -> int:
        """Give the place of the conversation's newest key."""
        keys = conversation_keys.c
        return await self._connection.scalar(select(func.max(keys.epoch)).where(keys.conversation == conversation)) or 0

    async def readers(self, conversation: ConversationId) -> frozenset[OrganisationId]:
        """Give every organisation that has a key of it."""
        keys = conversation_keys.c
        found = await self._connection.scalars(select(keys.organisation).where(keys.conversation == conversation))
        return frozenset(OrganisationId(organisation) for organisation in found)

    async def add_key(
        self, conversation: ConversationId, organisation: OrganisationId, epoch: int, wrapped: bytes
    ) -> None:
        """Store a wrapped key; what stands at this place for this organisation is replaced."""
        row = {"conversation": conversation, "organisation": organisation, "epoch": epoch, "wrapped": wrapped}
        statement = insert_for(self._connection, conversation_keys).values(row)
        places = ["conversation", "organisation", "epoch"]
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=places, set_={"wrapped": wrapped})
        )

    async def remove_keys(self, conversation: ConversationId, organisation: OrganisationId) -> None:
        """Delete every wrapped key of an organisation."""
        keys = conversation_keys.c
        its = (keys.conversation == conversation, keys.organisation == organisation)
        await self._connection.execute(delete(conversation_keys).where(*its))

    async def waiting(self) -> Sequence[Conversation]:
        """Give all in QUEUED or RESERVED, by level, front first, then waiting time."""
        it = conversations.c
        return await self._all(
            it.state.in_([State.QUEUED.value, State.RESERVED.value]), it.level, it.front.desc(), it.since, it.id
        )

    async def held_by(self, member: MemberId) -> Sequence[Conversation]:
        """Give those that the member holds."""
        it = conversations.c
        held = it.state.in_([State.HELD.value, State.TRANSFERRING.value])
        return await self._all(and_(it.counsellor == member, held), it.since, it.id)

    async def interpreted_by(self, member: MemberId) -> Sequence[Conversation]:
        """Give those in which the member interprets, or is asked to, the earliest first."""
        it = conversations.c
        return await self._all(it.interpreter == member, it.interpreter_since, it.id)

    async def codes(self, of: Collection[ConversationId]) -> Mapping[str, CaseCode]:
        """Give the case codes of those that are still kept."""
        it = conversations.c
        rows = await self._connection.execute(select(it.id, it.code).where(it.id.in_(of)))
        return {name: CaseCode(code) for name, code in rows}

    async def taken_by(self, member: MemberId, limit: int) -> Sequence[tuple[Conversation, datetime]]:
        """Give those that a member ever took over, with when they last did, the latest first."""
        claims = select(audit.c.conversation, func.max(audit.c.number).label("number"))
        claims = claims.where(audit.c.actor == member, audit.c.act == "claimed").group_by(audit.c.conversation)
        last = claims.subquery()
        query = select(*COLUMNS, audit.c.at.label("claimed")).join(last, last.c.conversation == conversations.c.id)
        query = query.join(audit, audit.c.number == last.c.number).order_by(last.c.number.desc()).limit(limit)
        rows = [dict(row._mapping) for row in await self._connection.execute(query)]  # noqa: SLF001 - public name
        return [(conversation_from(row), claimed) for row in rows if (claimed := row.pop("claimed"))]

    async def in_states(self, states: Sequence[str], before: datetime) -> Sequence[Conversation]:
        """Give those in one of the states since before a time: what the clock acts on."""
        it = conversations.c
        names = [State(state).value for state in states]
        return await self._all(and_(it.state.in_(names), it.since <= before), it.since, it.id)

    async def held_in(self, states: Sequence[str]) -> Sequence[tuple[MemberId, str, int]]:
        """Give how many each member holds in one of the states, by channel."""
        it = conversations.c
        query = select(it.counsellor, it.channel, func.count()).group_by(it.counsellor, it.channel)
        names = [State(state).value for state in states]
        rows = await self._connection.execute(query.where(it.state.in_(names), it.counsellor.is_not(None)))
        return [(MemberId(str(member)), channel, many) for member, channel, many in rows]

    async def quiet_since(self, before: datetime) -> Sequence[Conversation]:
        """Give those whose last message is older and whose `keep_until`, if any, has passed too.

        A message that still waits for its turn counts as their last.
        """
        it = conversations.c
        quiet = or_(it.last_inbound <= before, and_(it.last_inbound.is_(None), it.created_at <= before))
        kept = and_(it.keep_until.is_not(None), it.keep_until > self._clock.now())
        unread = exists().where(inbox.c.conversation == it.id, is_uncommitted, inbox.c.received_at > before)
        return await self._all(and_(quiet, ~kept, ~unread), it.created_at, it.id)

    async def of_channel(self, channel: str, before: datetime) -> Sequence[Conversation]:
        """Give those of a channel that began before a time, or at it."""
        it = conversations.c
        return await self._all(and_(it.channel == channel, it.created_at <= before), it.created_at, it.id)

    async def check_ins_due(self, now: datetime) -> Sequence[Conversation]:
        """Give those whose check-in is due."""
        it = conversations.c
        return await self._all(and_(has_check_in, it.plan_check_in_at <= now), it.plan_check_in_at, it.id)

    async def erase(self, conversation: ConversationId) -> None:
        """Delete the conversation, its keys and everything that belongs to it.

        Its case code, last state and the time stay in `erasures`, so that the desk can say what became of it.
        """
        it = await self.get(conversation)
        if it is None:
            return
        await SqlFigures(self._connection).keep(conversation, it.created_at)
        # What another organisation accepted is theirs, and was told of; what did not arrive goes with the rest.
        arrived = referrals.c.state.in_([state.value for state in STAYS])
        await self._connection.execute(delete(referrals).where(referrals.c.conversation == conversation, ~arrived))
        of_it = update(referrals).where(referrals.c.conversation == conversation)
        await self._connection.execute(of_it.values(conversation=None, own_sealed=None))
        for part in _PARTS:
            await self._connection.execute(delete(part).where(part.c.conversation == conversation))
        await self._connection.execute(delete(conversations).where(conversations.c.id == conversation))
        await self._connection.execute(
            insert(erasures).values(code=it.code, state=it.own.state.value, at=self._clock.now())
        )

    async def erased(self, code: CaseCode) -> Erasure | None:
        """Tell whether and when the conversation of this code was erased."""
        row = (await self._connection.execute(select(*erasures.c).where(erasures.c.code == code))).one_or_none()
        return None if row is None else Erasure(CaseCode(row.code), row.state, row.at)

    async def _one(self, query: Any) -> Conversation | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else conversation_of(row)

    async def _all(self, condition: ColumnElement[bool], *order: ColumnElement[Any]) -> list[Conversation]:
        query = select(*COLUMNS).where(condition).order_by(*order)
        return [conversation_of(row) for row in await self._connection.execute(query)]
