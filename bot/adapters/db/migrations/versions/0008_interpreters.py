"""An interpreter beside the counsellor, and what they write beside a message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ADDED = ("interpreter", "interpreter_since", "interpreter_agreed", "interpreter_key")


def upgrade() -> None:
    """Add the columns; nobody interprets yet, and what was noted stands beside no message."""
    op.add_column("conversations", sa.Column("interpreter", sa.String(64)))
    op.add_column("conversations", sa.Column("interpreter_since", sa.DateTime(timezone=True)))
    op.add_column(
        "conversations", sa.Column("interpreter_agreed", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.add_column("conversations", sa.Column("interpreter_key", sa.LargeBinary))
    op.create_index("ix_conversations_interpreter", "conversations", ["interpreter"])
    op.add_column("notes", sa.Column("beside", sa.Integer))


def downgrade() -> None:
    """Take them away; what interpreters wrote stays as notes."""
    op.drop_column("notes", "beside")
    op.drop_index("ix_conversations_interpreter", "conversations")
    for column in reversed(_ADDED):
        op.drop_column("conversations", column)
