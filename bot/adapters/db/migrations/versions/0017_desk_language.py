"""The language of the desk is kept with the member who chose it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; until somebody chooses, their browser does."""
    op.add_column("members", sa.Column("desk_language", sa.String(8), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop it; the browser chooses again."""
    op.drop_column("members", "desk_language")
