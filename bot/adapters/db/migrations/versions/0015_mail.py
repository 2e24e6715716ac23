"""A mail address is confirmed by a code before anybody is called there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; who is called by mail already goes on to be."""
    op.add_column("reach", sa.Column("mail_pending", sa.LargeBinary))
    op.add_column("reach", sa.Column("mail_code", sa.LargeBinary))
    op.add_column("reach", sa.Column("mail_code_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Drop them, and with them every address that was not confirmed."""
    for column in ("mail_code_until", "mail_code", "mail_pending"):
        op.drop_column("reach", column)
