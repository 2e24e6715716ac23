"""What the desk changes of contacts and words, and who tried and read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables; nothing was changed, tried or read yet."""
    op.create_table(
        "contact_overlays",
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("row", sa.Text),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_contact_overlays"),
    )
    op.create_table(
        "trial_calls",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("row", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("answered", sa.String(16), nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trial_calls"),
    )
    op.create_index("ix_trial_calls_row", "trial_calls", ["row"])
    op.create_table(
        "wordings",
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("in_use", sa.Boolean, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("base", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("used_by", sa.String(64)),
        sa.Column("used_at", MOMENT),
        sa.PrimaryKeyConstraint("language", "key", "in_use", name="pk_wordings"),
    )
    op.create_table(
        "word_reviews",
        sa.Column("sentence", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("sentence", "by", name="pk_word_reviews"),
    )


def downgrade() -> None:
    """Take the tables away."""
    for table in ("word_reviews", "wordings", "trial_calls", "contact_overlays"):
        op.drop_table(table)
