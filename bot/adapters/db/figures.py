"""Counts of conversations: of what is kept, and of what was erased, which leaves a count behind and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import alerts, audit, consents, conversations, is_promised, missed, promises, referrals
from bot.adapters.db.tables.figures import closed_months, corrections, tallies
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import ConversationId
from bot.domain.consent import READING
from bot.domain.figures import month_of, wait_of
from bot.domain.training import CHANNEL
from bot.services.ports.figure_rows import Correction, Counts

IS_REAL = conversations.c.channel != CHANNEL


class SqlFigures:
    """Body of `FigureRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def of_month(self, begin: datetime, end: datetime) -> Counts:
        """Count; training conversations do not count."""
        made = conversations.c.created_at
        counts = await self._count(and_(made >= begin, made < end))
        query = select(tallies.c.language, tallies.c.name, tallies.c.count).where(tallies.c.month == month_of(begin))
        for language, name, count in await self._connection.execute(query):
            counts[language, name] += count
        return counts

    async def referrals(self, begin: datetime, end: datetime) -> Mapping[str, int]:
        """Count referrals that were made in a month, by state; those of training do not count."""
        its, of = referrals.c, conversations.c
        made_then = (its.made_at >= begin, its.made_at < end)
        in_training = exists().where(of.id == its.conversation, of.channel == CHANNEL)
        query = select(its.state, func.count()).where(*made_then, ~in_training).group_by(its.state)
        return {str(state): int(count) for state, count in await self._connection.execute(query)}

    async def closed(self, month: str) -> Counts:
        """Give what was counted when a month was first shown; nothing of one that never was."""
        its = closed_months.c
        query = select(its.language, its.name, its.count).where(its.month == month)
        rows = await self._connection.execute(query)
        return {(str(language), str(name)): int(count) for language, name, count in rows}

    async def close(self, month: str, counts: Counts) -> None:
        """Keep what a month comes to; of two who show it at once the first counts."""
        rows = [
            {"month": month, "language": language, "name": name, "count": count}
            for (language, name), count in counts.items()
        ]
        if rows:
            statement = insert_for(self._connection, closed_months).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)

    async def keep(self, conversation: ConversationId, made: datetime) -> None:
        """Add up what is counted of a conversation that is about to be erased."""
        for (language, name), count in (await self._count(conversations.c.id == conversation)).items():
            row: dict[str, Any] = {"month": month_of(made), "language": language, "name": name, "count": count}
            statement = insert_for(self._connection, tallies).values(row)
            more = {"count": tallies.c.count + count}
            same = ["month", "language", "name"]
            await self._connection.execute(statement.on_conflict_do_update(index_elements=same, set_=more))

    async def keep_correction(self, correction: Correction) -> None:
        """Store a sentence for the reader to learn from."""
        row = {name: value for name, value in vars(correction).items() if name != "id"}
        await self._connection.execute(insert(corrections).values(row))

    async def corrections(self) -> Sequence[Correction]:
        """Give every such sentence, oldest first."""
        rows = await self._connection.execute(select(*corrections.c).order_by(corrections.c.id))
        return [Correction(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for a mapping

    async def drop_correction(self, correction: int) -> None:
        """Take one out."""
        await self._connection.execute(delete(corrections).where(corrections.c.id == correction))

    async def _count(self, which: ColumnElement[bool]) -> Counter[tuple[str, str]]:
        counts: Counter[tuple[str, str]] = Counter()
        await self._count_talks(which, counts)
        await self._count_promises(which, counts)
        await self._count_alerts(which, counts)
        await self._count_waits(which, counts)
        return counts

    async def _count_talks(self, which: ColumnElement[bool], counts: Counter[tuple[str, str]]) -> None:
        of = conversations.c
        has_agreed = exists().where(consents.c.conversation == of.id, consents.c.scope.in_(READING))
        handoff = case((has_agreed, "accepted"), (of.offered_at.is_not(None), "offered"), else_="none")
        columns = (of.language, of.level, handoff.label("handoff"))
        query = select(*columns, func.count()).where(IS_REAL, which).group_by(*columns)
        for language, level, step, count in await self._connection.execute(query):
            counts[language, "began"] += count
            counts[language, f"level:{level}"] += count
            counts[language, f"handoff:{step}"] += count

    async def _count_promises(self, which: ColumnElement[bool], counts: Counter[tuple[str, str]]) -> None:
        columns = (conversations.c.language, promises.c.outcome)
        joined = promises.join(conversations, promises.c.conversation == conversations.c.id)
        query = select(*columns, func.count()).select_from(joined).where(IS_REAL, which, ~is_promised)
        for language, outcome, count in await self._connection.execute(query.group_by(*columns)):
            counts[language, f"promise:{outcome}"] += count

    async def _count_alerts(self, which: ColumnElement[bool], counts: Counter[tuple[str, str]]) -> None:
        is_missed = case((missed.c.alert.is_not(None), "missed"), else_="answered")
        joined = alerts.join(conversations, alerts.c.conversation == conversations.c.id)
        joined = joined.outerjoin(missed, missed.c.alert == alerts.c.id)
        columns = (conversations.c.language, is_missed.label("how"))
        settled = missed.c.alert.is_not(None) | alerts.c.seen_at.is_not(None)
        query = select(*columns, func.count()).select_from(joined).where(IS_REAL, which, settled).group_by(*columns)
        for language, how, count in await self._connection.execute(query):
            counts[language, f"alert:{how}"] += count

    async def _count_waits(self, which: ColumnElement[bool], counts: Counter[tuple[str, str]]) -> None:
        """From the yes to be read to the first time that somebody took over."""
        its, of = consents.c, (conversations.c.id, conversations.c.language)
        agreed = and_(its.conversation == conversations.c.id, its.scope.in_(READING))
        asked = select(*of, func.min(its.at).label("at")).select_from(conversations.join(consents, agreed))
        asked_at = asked.where(IS_REAL, which).group_by(*of).subquery()
        taken = and_(audit.c.conversation == asked_at.c.id, audit.c.act == "claimed", audit.c.at >= asked_at.c.at)
        columns = (asked_at.c.id, asked_at.c.language, asked_at.c.at)
        query = select(*columns, func.min(audit.c.at)).select_from(asked_at.join(audit, taken))
        for _, language, began, ended in await self._connection.execute(query.group_by(*columns)):
            counts[language, f"wait:{wait_of(began, ended)}"] += 1
