"""Organisations and members of staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, union, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import blocks, conversations, is_home, members, messages, organisations
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import CaseCode, ConversationId, MemberId, OrganisationId
from bot.services.ports import Stale
from bot.services.records import Member, Organisation


class SqlStaff:
    """Body of `StaffRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def home(self) -> Organisation | None:
        """Give the home organisation, or None before the first start."""
        return await self._organisation(select(*organisations.c).where(is_home))

    async def add_organisation(self, organisation: Organisation) -> None:
        """Store an organisation; Stale when its name is taken, or it would be a second home."""
        try:
            await self._connection.execute(insert(organisations).values(vars(organisation)))
        except IntegrityError:
            raise Stale("an organisation of this name, or another home organisation, exists already") from None

    async def save_organisation(self, organisation: Organisation) -> None:
        """Write name and keys."""
        await self._connection.execute(
            update(organisations).where(organisations.c.id == organisation.id).values(_without_id(organisation))
        )

    async def organisation(self, organisation: OrganisationId) -> Organisation | None:
        """Find by id."""
        return await self._organisation(select(*organisations.c).where(organisations.c.id == organisation))

    async def organisation_named(self, name: str) -> Organisation | None:
        """Find by name."""
        return await self._organisation(select(*organisations.c).where(organisations.c.name == name))

    async def add(self, member: Member) -> None:
        """Store a new member; Stale when the name is taken."""
        try:
            await self._connection.execute(insert(members).values(vars(member)))
        except IntegrityError:
            raise Stale("a member of this name exists already, or the organisation does not") from None

    async def get(self, member: MemberId) -> Member | None:
        """Read one, locked until the transaction ends."""
        return await self._member(select(*members.c).where(members.c.id == member).with_for_update(key_share=True))

    async def by_setup(self, setup_hash: bytes) -> Member | None:
        """Find by the hash of the one-time link."""
        return await self._member(select(*members.c).where(members.c.setup_hash == setup_hash))

    async def by_name(self, name: str) -> Member | None:
        """Find by the name they sign in with."""
        return await self._member(select(*members.c).where(members.c.name == name))

    async def all(self) -> Sequence[Member]:
        """Give everybody, by name."""
        return await self._members()

    async def present(self, now: datetime) -> Sequence[Member]:
        """Give who counts as there, by name."""
        return await self._members(members.c.present_until > now)

    async def names(self) -> dict[MemberId, str]:
        """Give everybody's name."""
        rows = await self._connection.execute(select(members.c.id, members.c.name))
        return {MemberId(row.id): row.name for row in rows}

    async def save(self, member: Member) -> Member:
        """Write if the version is the one read; raises Stale."""
        saved = replace(member, version=member.version + 1)
        done = await self._connection.execute(
            update(members)
            .where(members.c.id == member.id, members.c.version == member.version)
            .values(_without_id(saved))
        )
        if done.rowcount != 1:
            raise Stale("the member changed since it was read")
        return saved

    async def block(self, member: MemberId, conversation: ConversationId, by: MemberId, at: datetime) -> None:
        """Store that the member must not be given this conversation; what stands already stays."""
        row = {"member": member, "conversation": conversation, "by": by, "at": at}
        await self._connection.execute(insert_for(self._connection, blocks).values(row).on_conflict_do_nothing())

    async def unblock(self, member: MemberId, conversation: ConversationId) -> None:
        """Take that back."""
        its = (blocks.c.member == member, blocks.c.conversation == conversation)
        await self._connection.execute(delete(blocks).where(*its))

    async def blocked(self, conversation: ConversationId) -> frozenset[MemberId]:
        """Give who must not be given this conversation."""
        query = select(blocks.c.member).where(blocks.c.conversation == conversation)
        return frozenset(MemberId(member) for member in await self._connection.scalars(query))

    async def kept_from(self, member: MemberId) -> frozenset[ConversationId]:
        """Give the conversations that a member must not be given."""
        query = select(blocks.c.conversation).where(blocks.c.member == member)
        return frozenset(ConversationId(name) for name in await self._connection.scalars(query))

    async def blocks(self, member: MemberId) -> Sequence[tuple[CaseCode, datetime]]:
        """Give the conversations that a member must not be given, and since when."""
        query = select(conversations.c.code, blocks.c.at).join(conversations).where(blocks.c.member == member)
        rows = await self._connection.execute(query.order_by(blocks.c.at))
        return [(CaseCode(code), at) for code, at in rows]

    async def counselled(self, conversation: ConversationId) -> frozenset[MemberId]:
        """Give who holds or ever wrote in this conversation."""
        wrote = select(messages.c.member).where(messages.c.conversation == conversation, messages.c.member.is_not(None))
        holds = conversations.c
        held = select(holds.counsellor).where(holds.id == conversation, holds.counsellor.is_not(None))
        return frozenset(MemberId(str(member)) for member in await self._connection.scalars(union(wrote, held)))

    async def _organisation(self, query: Any) -> Organisation | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else Organisation(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name

    async def _members(self, *conditions: ColumnElement[bool]) -> Sequence[Member]:
        query = select(*members.c).where(*conditions).order_by(members.c.name)
        return [_member_of(row) for row in await self._connection.execute(query)]

    async def _member(self, query: Any) -> Member | None:
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _member_of(row)


def _without_id(record: Organisation | Member) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name != "id"}


def _member_of(row: Any) -> Member:
    return Member(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
