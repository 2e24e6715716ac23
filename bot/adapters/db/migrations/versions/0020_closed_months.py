"""What was counted when a month was first shown, so that it does not move afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; a month that was shown before is kept when it is shown again."""
    op.create_table(
        "closed_months",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("month", "language", "name", name="pk_closed_months"),
    )


def downgrade() -> None:
    """Take the table away; months are counted anew."""
    op.drop_table("closed_months")
