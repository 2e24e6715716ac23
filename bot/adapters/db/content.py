"""What the desk changed of content, and who tried and read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.adapters.db.tables import contact_overlays, trial_calls, word_reviews, wordings
from bot.adapters.db.upsert import insert_for
from bot.domain.codes import MemberId
from bot.domain.contact_rows import Overlay, TrialCall
from bot.domain.word_reviews import Wording, WordReview


class SqlContent:
    """Body of `ContentRows` within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Work on an open transaction."""
        self._connection = connection

    async def contacts(self) -> Sequence[Overlay]:
        """Give every change of the rows of contacts, oldest first."""
        query = select(*contact_overlays.c).order_by(contact_overlays.c.at, contact_overlays.c.name)
        return [
            Overlay(it.name, None if it.row is None else json.loads(it.row), MemberId(it.by), it.at)
            for it in await self._connection.execute(query)
        ]

    async def set_contact(self, overlay: Overlay) -> None:
        """Let a change stand for a row; one of the same name is replaced."""
        row = None if overlay.row is None else json.dumps(overlay.row, ensure_ascii=False)
        given: dict[str, Any] = {"row": row, "by": overlay.by, "at": overlay.at}
        statement = insert_for(self._connection, contact_overlays).values(name=overlay.name, **given)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=given))

    async def drop_contact(self, name: str) -> None:
        """Let the file's row count again."""
        await self._connection.execute(delete(contact_overlays).where(contact_overlays.c.name == name))

    async def add_call(self, call: TrialCall) -> None:
        """Store that a line was called."""
        await self._connection.execute(insert(trial_calls).values(vars(call)))

    async def calls(self) -> Sequence[TrialCall]:
        """Give every test call, oldest first."""
        columns = [trial_calls.c[it.name] for it in fields(TrialCall)]
        found = await self._connection.execute(select(*columns).order_by(trial_calls.c.id))
        return [TrialCall(**_fields(row)) for row in found]

    async def wordings(self) -> Sequence[Wording]:
        """Give proposed wordings and those in use, oldest first."""
        columns = [wordings.c[it.name] for it in fields(Wording)]
        order = (wordings.c.at, wordings.c.language, wordings.c.key)
        return [Wording(**_fields(row)) for row in await self._connection.execute(select(*columns).order_by(*order))]

    async def set_wording(self, wording: Wording) -> None:
        """Store a wording; of a sentence there is one proposed and one in use at most."""
        await self.drop_wording(wording.language, wording.key, in_use=wording.in_use)
        row = {**vars(wording), "in_use": wording.in_use}
        await self._connection.execute(insert(wordings).values(row))

    async def drop_wording(self, language: str, key: str, *, in_use: bool) -> None:
        """Take a wording away: the one in use, or the proposed one."""
        its = wordings.c
        same = (its.language == language, its.key == key, its.in_use.is_(in_use))
        await self._connection.execute(delete(wordings).where(*same))

    async def sign_words(self, reviews: Sequence[WordReview]) -> None:
        """Store that sentences were read; a second signature of the same person changes nothing."""
        for review in reviews:
            statement = insert_for(self._connection, word_reviews).values(vars(review))
            await self._connection.execute(statement.on_conflict_do_nothing())

    async def word_reviews(self) -> Sequence[WordReview]:
        """Give every signature, oldest first, whether its sentence still stands or not."""
        columns = [word_reviews.c[it.name] for it in fields(WordReview)]
        query = select(*columns).order_by(word_reviews.c.at, word_reviews.c.sentence)
        return [WordReview(**_fields(row)) for row in await self._connection.execute(query)]


def _fields(row: Any) -> dict[str, Any]:
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
