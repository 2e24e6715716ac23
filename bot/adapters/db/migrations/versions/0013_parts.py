"""A long message leaves in parts: each part knows the first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_IS_PART = sa.text("whole IS NOT NULL")


def upgrade() -> None:
    """Add the column; what is on its way already is whole."""
    op.add_column("outbox", sa.Column("whole", sa.BigInteger))
    op.create_index("ix_outbox_part", "outbox", ["whole", "id"], sqlite_where=_IS_PART, postgresql_where=_IS_PART)


def downgrade() -> None:
    """Take it away; parts that are on their way still arrive, each as a message of its own."""
    op.drop_index("ix_outbox_part", "outbox")
    op.drop_column("outbox", "whole")
