"""Who was closed as abusive, until when only the program is there for them, and who agreed to more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table; who was closed before is left alone for their days all the same, and is not listed."""
    op.create_table(
        "left_alone",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("closed_by", sa.String(64), nullable=False),
        sa.Column("closed_at", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("asked_by", sa.String(64)),
        sa.Column("asked_at", _TIME),
        sa.Column("confirmed_by", sa.String(64)),
        sa.Column("confirmed_at", _TIME),
        sa.Column("lifted_by", sa.String(64)),
        sa.PrimaryKeyConstraint("conversation", name="pk_left_alone"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_left_alone_conversation", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_left_alone_closed_at", "left_alone", ["closed_at"])


def downgrade() -> None:
    """Take the table away; days that run already go on."""
    op.drop_table("left_alone")
