"""What all tables share: the register, names of indexes, and how a row hangs on its conversation."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, MetaData

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OF_CONVERSATION: Final = "conversations.id"
OF_MEMBER: Final = "members.id"


def only(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Limit an index to the rows that its queries ask for."""
    return {"sqlite_where": condition, "postgresql_where": condition}
