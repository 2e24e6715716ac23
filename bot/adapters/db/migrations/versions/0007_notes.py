"""What counsellors note of a conversation, for themselves and for whoever takes it over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing was noted yet."""
    op.create_table(
        "notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_notes_conversation", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_notes_conversation", "notes", ["conversation"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("notes")
