"""Lists of a long half year: the talks of a month, and the few that have an interpreter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_HAS_INTERPRETER = sa.text("interpreter IS NOT NULL")


def upgrade() -> None:
    """Find them without reading every conversation."""
    op.create_index("ix_conversations_created_at", "conversations", ["created_at"])
    op.drop_index("ix_conversations_interpreter", "conversations")
    op.create_index(
        "ix_conversations_interpreter",
        "conversations",
        ["interpreter"],
        sqlite_where=_HAS_INTERPRETER,
        postgresql_where=_HAS_INTERPRETER,
    )


def downgrade() -> None:
    """Find them as before."""
    op.drop_index("ix_conversations_interpreter", "conversations")
    op.create_index("ix_conversations_interpreter", "conversations", ["interpreter"])
    op.drop_index("ix_conversations_created_at", "conversations")
