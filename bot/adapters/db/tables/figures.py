"""The table of counts that erased conversations leave behind."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Integer, Named, String, Table, TypedColumns

from bot.adapters.db.tables.base import metadata


class _Tallies(TypedColumns):
    month: Named[str] = Column(String(7), primary_key=True)
    language: Named[str] = Column(String(8), primary_key=True)
    name: Named[str] = Column(String(32), primary_key=True)
    count: Named[int] = Column(Integer)


tallies: Final = Table("tallies", metadata, _Tallies)
