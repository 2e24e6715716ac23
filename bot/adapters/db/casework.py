"""Consents, alerts, audit, ways back and small facts of the installation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db import audit
from bot.adapters.db.tables import (
    alerts,
    attachments,
    consents,
    contact_reviews,
    facts,
    is_unseen,
    statements,
    ways_back,
)
from bot.adapters.db.tables import audit as audit_rows
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import CaseCode, ConversationId, MemberId, MessageId
from bot.domain.contacts import Review
from bot.services.records import Alert, AuditEntry, Consent, Statement


class SqlCasework:
    """Body of `CaseworkRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add_consent(self, consent: Consent) -> None:
        """Store a consent."""
        await self._connection.execute(insert(consents).values(vars(consent)))

    async def consents(self, conversation: ConversationId) -> Sequence[Consent]:
        """Give what the person agreed to, oldest first."""
        columns = [consents.c[name] for name in Consent.__dataclass_fields__]
        query = select(*columns).where(consents.c.conversation == conversation).order_by(consents.c.id)
        return [Consent(**_fields(row)) for row in await self._connection.execute(query)]

    async def add_alert(
        self, conversation: ConversationId | None, code: CaseCode | None, kind: str, level: str, at: datetime
    ) -> None:
        """Store an alert; an unseen one of the same kind for the same conversation is not repeated, only raised.

        `code` alone tells erased conversations apart.
        """
        # P0 sorts before P1: the higher level is the smaller text.
        higher = case((alerts.c.level > level, level), else_=alerts.c.level)
        same = (alerts.c.conversation == conversation, alerts.c.code == code, alerts.c.kind == kind)
        known = await self._connection.execute(update(alerts).where(*same, is_unseen).values(level=higher))
        if known.rowcount == 0:
            row = {"conversation": conversation, "code": code, "kind": kind, "level": level, "at": at}
            await self._connection.execute(insert(alerts).values(row))

    async def alerts(self, limit: int) -> Sequence[Alert]:
        """Give unseen alerts first, then the newest."""
        query = select(*alerts.c).limit(limit)
        unseen = await self._connection.execute(query.where(is_unseen).order_by(alerts.c.id.desc()))
        found = [Alert(**_fields(row)) for row in unseen]
        if len(found) < limit:
            seen = query.where(~is_unseen).order_by(alerts.c.id.desc()).limit(limit - len(found))
            found += [Alert(**_fields(row)) for row in await self._connection.execute(seen)]
        return found

    async def unseen_of(self, level: str) -> Sequence[Alert]:
        """Give every unseen alert of a level, the oldest first."""
        query = select(*alerts.c).where(is_unseen, alerts.c.level == level).order_by(alerts.c.at, alerts.c.id)
        return [Alert(**_fields(row)) for row in await self._connection.execute(query)]

    async def alert(self, alert: int) -> Alert | None:
        """Give one alert."""
        row = (await self._connection.execute(select(*alerts.c).where(alerts.c.id == alert))).one_or_none()
        return None if row is None else Alert(**_fields(row))

    async def see_alert(self, alert: int, member: MemberId, at: datetime) -> None:
        """Somebody answered it; who answered first stays."""
        await self._connection.execute(
            update(alerts).where(alerts.c.id == alert, is_unseen).values(seen_at=at, seen_by=member)
        )

    async def answer_alerts(self, conversation: ConversationId, kind: str, member: MemberId, at: datetime) -> None:
        """Somebody answered whatever of this kind is open about a conversation, by what they did."""
        these = (alerts.c.conversation == conversation, alerts.c.kind == kind, is_unseen)
        await self._connection.execute(update(alerts).where(*these).values(seen_at=at, seen_by=member))

    async def add_audit(self, entry: AuditEntry) -> None:
        """Append to the hash chain."""
        await audit.append(self._connection, entry)

    async def audited(
        self, limit: int, before: int | None = None, conversation: str = "", actor: str = "", act: str = ""
    ) -> Sequence[tuple[int, AuditEntry]]:
        """Give rows of the audit with their numbers, newest first; an empty name asks for any."""
        return await audit.newest(self._connection, limit, before, conversation=conversation, actor=actor, act=act)

    async def sign(self, statement: Statement) -> None:
        """Store what a supervisor signed."""
        await self._connection.execute(insert(statements).values(vars(statement)))

    async def unsign(self, point: str, about: str) -> None:
        """Take back what was signed for one thing, whoever signed it."""
        its = (statements.c.point == point, statements.c.about == about)
        await self._connection.execute(delete(statements).where(*its))

    async def signed(self) -> Sequence[Statement]:
        """Give everything that was signed, oldest first."""
        columns = [statements.c[name] for name in Statement.__dataclass_fields__]
        found = await self._connection.execute(select(*columns).order_by(statements.c.id))
        return [Statement(**_fields(row)) for row in found]

    async def verify_audit(self) -> int | None:
        """Give the number of the first broken row, or None when the chain holds."""
        return await audit.first_broken(self._connection)

    async def fact(self, name: str) -> str | None:
        """Give a fact of the installation, such as a channel's offset."""
        return await self._connection.scalar(select(facts.c.value).where(facts.c.name == name))

    async def set_fact(self, name: str, value: str) -> None:
        """Store a fact of the installation."""
        statement = insert_for(self._connection, facts).values(name=name, value=value)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    async def add_way_back(self, phrase_hash: bytes, conversation: ConversationId, at: datetime) -> None:
        """Store a way back into a web chat; one per conversation, the newer replaces the older."""
        await self._connection.execute(delete(ways_back).where(ways_back.c.conversation == conversation))
        row = {"conversation": conversation, "phrase_hash": phrase_hash, "at": at}
        await self._connection.execute(insert(ways_back).values(row))

    async def way_back(self, phrase_hash: bytes) -> ConversationId | None:
        """Find the conversation of a way back."""
        query = select(ways_back.c.conversation).where(ways_back.c.phrase_hash == phrase_hash)
        found = await self._connection.scalar(query)
        return None if found is None else ConversationId(found)

    async def add_contact_review(self, review: Review) -> None:
        """Store that somebody tried a line; a later review of the same row stands above it."""
        await self._connection.execute(insert(contact_reviews).values(vars(review)))

    async def contact_reviews(self) -> Sequence[Review]:
        """Give every review, oldest first."""
        columns = [contact_reviews.c[name] for name in Review.__dataclass_fields__]
        found = await self._connection.execute(select(*columns).order_by(contact_reviews.c.id))
        return [Review(**_fields(row)) for row in found]

    async def openings(self, conversation: ConversationId) -> int:
        """Count how often staff opened the conversation."""
        opened = (audit_rows.c.conversation == conversation, audit_rows.c.act == "conversation_opened")
        return await self._connection.scalar(select(func.count()).select_from(audit_rows).where(*opened)) or 0

    async def acts(self, conversation: ConversationId) -> frozenset[str]:
        """Give every kind of act that was ever done with the conversation."""
        query = select(audit_rows.c.act).where(audit_rows.c.conversation == conversation).distinct()
        return frozenset(await self._connection.scalars(query))

    async def add_attachment(
        self, conversation: ConversationId, message: MessageId, sealed: bytes, at: datetime
    ) -> None:
        """Store what a person wished to be kept, sealed to the conversation's public key."""
        row = {"conversation": conversation, "message": message, "sealed": sealed, "at": at}
        await self._connection.execute(insert(attachments).values(row))

    async def attachments(self, conversation: ConversationId) -> Sequence[tuple[MessageId, bytes]]:
        """Give what was kept, oldest first, still sealed."""
        columns = (attachments.c.message, attachments.c.sealed)
        query = select(*columns).where(attachments.c.conversation == conversation).order_by(attachments.c.id)
        return [(MessageId(message), sealed) for message, sealed in await self._connection.execute(query)]


def _fields(row: Any) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
