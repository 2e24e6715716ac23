"""Notes from one shift to the next."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing was left yet."""
    op.create_table(
        "shift_notes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shift_notes"),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name="fk_shift_notes_organisation"),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_shift_notes_member"),
    )
    op.create_index("ix_shift_notes_organisation_id", "shift_notes", ["organisation", "id"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("shift_notes")
