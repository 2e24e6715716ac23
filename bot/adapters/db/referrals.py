"""Referrals, and the organisations that can be referred to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import organisations, partners, referrals
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import ConversationId, MemberId, OrganisationId
from bot.domain.referral import Course, State
from bot.domain.routing import Partner
from bot.services.ports import Referral, Stale

_OF_COURSE: Final = tuple(name for name in Course.__dataclass_fields__ if name not in ("parts", "state"))
_OWN: Final = tuple(name for name in Referral.__dataclass_fields__ if name != "course")


class SqlReferrals:
    """Body of `ReferralRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def add(self, referral: Referral) -> None:
        """Store a draft; Stale when another of this number was stored meanwhile."""
        try:
            await self._connection.execute(insert(referrals).values(_values(referral)))
        except IntegrityError:
            raise Stale("a referral of this number exists already") from None

    async def get(self, referral: str) -> Referral | None:
        """Read one, locked until the transaction ends."""
        query = select(*referrals.c).where(referrals.c.id == referral).with_for_update(key_share=True)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else _referral_of(row)

    async def save(self, referral: Referral) -> Referral:
        """Write if the version is the one read; raises Stale."""
        values = _values(referral) | {"version": referral.version + 1}
        del values["id"]
        same = (referrals.c.id == referral.id, referrals.c.version == referral.version)
        done = await self._connection.execute(update(referrals).where(*same).values(values))
        if done.rowcount != 1:
            raise Stale("the referral changed since it was read")
        return Referral(**{**vars(referral), "version": referral.version + 1})

    async def of(self, conversation: ConversationId) -> Sequence[Referral]:
        """Give every referral of a conversation, by number."""
        query = select(*referrals.c).where(referrals.c.conversation == conversation)
        return await self._all(query.order_by(referrals.c.number))

    async def sent_by(self, organisation: OrganisationId, limit: int) -> Sequence[Referral]:
        """Give what an organisation drafted or sent, the newest first."""
        query = select(*referrals.c).where(referrals.c.sender == organisation)
        return await self._all(query.order_by(referrals.c.made_at.desc(), referrals.c.id).limit(limit))

    async def sent_to(self, organisation: OrganisationId, states: Collection[State], limit: int) -> Sequence[Referral]:
        """Give what came to an organisation and is in one of these states, the most urgent and oldest first."""
        names = [state.value for state in states]
        its = (referrals.c.receiver == organisation, referrals.c.state.in_(names))
        order = (referrals.c.level, referrals.c.sent_at, referrals.c.id)
        return await self._all(select(*referrals.c).where(*its).order_by(*order).limit(limit))

    async def partners(self) -> Sequence[Partner]:
        """Give every organisation that can be referred to, by name."""
        query = select(*partners.c, organisations.c.name, organisations.c.public_key)
        query = query.join(organisations, organisations.c.id == partners.c.organisation)
        rows = await self._connection.execute(query.order_by(organisations.c.name))
        return [
            Partner(
                id=OrganisationId(row.organisation),
                name=row.name,
                kind=row.kind,
                helps=row.helps,
                countries=row.countries,
                languages=row.languages,
                vetted_until=row.vetted_until,
                has_key=bool(row.public_key),
            )
            for row in rows
        ]

    async def set_partner(self, partner: Partner, by: MemberId, at: datetime) -> None:
        """Write down what an organisation is and offers, and until when it is vetted."""
        values = {
            "kind": partner.kind,
            "helps": partner.helps,
            "countries": partner.countries,
            "languages": partner.languages,
            "vetted_until": partner.vetted_until,
            "vetted_by": by,
            "vetted_at": at,
        }
        statement = insert_for(self._connection, partners).values(organisation=partner.id, **values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["organisation"], set_=values))

    async def _all(self, query: Any) -> list[Referral]:
        return [_referral_of(row) for row in await self._connection.execute(query)]


def _values(it: Referral) -> dict[str, Any]:
    own = {name: getattr(it, name) for name in _OWN}
    course = {name: getattr(it.course, name) for name in _OF_COURSE}
    return {**own, **course, "parts": tuple(str(part) for part in it.course.parts), "state": it.course.state.value}


def _referral_of(row: Any) -> Referral:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    parts, state = fields.pop("parts"), State(fields.pop("state"))
    course = {name: fields.pop(name) for name in _OF_COURSE}
    return Referral(**fields, course=Course(**course, parts=tuple(int(part) for part in parts), state=state))
