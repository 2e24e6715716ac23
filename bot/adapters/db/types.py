"""Column types that give back on SQLite exactly what they give back on PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator

Serial = BigInteger().with_variant(Integer, "sqlite")
"""A growing number; SQLite counts only its own INTEGER up."""


class Moment(TypeDecorator[datetime]):
    """An aware time, stored in UTC; a naive one raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn to UTC; SQLite keeps no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        utc = value.astimezone(timezone.utc)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time in UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Codes without blanks, in order; stored with a blank between them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Join; a code with a blank raises ValueError."""
        if value is None:
            return None
        if any(code.split() != [code] for code in value):
            raise ValueError("a code holds no blank and is not empty")
        return " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Split again."""
        return None if value is None else tuple(value.split())
