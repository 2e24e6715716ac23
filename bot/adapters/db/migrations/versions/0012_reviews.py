"""Which cases are listed for reviewers, what two readers said of them, how they settled it, and signed weights."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables; how a case stands is worked out at its next turn."""
    op.create_table(
        "flags",
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_flags"),
        _of("conversation", "conversations", "flags"),
    )
    listed = sa.column("listed", sa.Boolean).is_(True)
    op.create_index("ix_flags_listed", "flags", ["changed_at"], sqlite_where=listed, postgresql_where=listed)
    op.create_table(
        "reviews",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("upto", sa.Integer, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        _of("conversation", "conversations", "reviews"),
    )
    op.create_index("ix_reviews_conversation_organisation_id", "reviews", ["conversation", "organisation", "id"])
    op.create_table(
        "readings",
        sa.Column("review", SERIAL, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("review", "place", name="pk_readings"),
        sa.UniqueConstraint("review", "member", name="uq_readings_review_member"),
        _of("review", "reviews", "readings"),
    )
    _settled_and_signed()


def _settled_and_signed() -> None:
    op.create_table(
        "settlements",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("review", SERIAL, nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_settlements"),
        _of("review", "reviews", "settlements"),
    )
    op.create_index("ix_settlements_review_id", "settlements", ["review", "id"])
    op.create_table(
        "weights",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("set_name", sa.String(32), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("source", sa.String(256), nullable=False),
        sa.Column("weights", sa.Text, nullable=False),
        sa.Column("digest", sa.String(16), nullable=False),
        sa.Column("entered_by", sa.String(64), nullable=False),
        sa.Column("entered_at", MOMENT, nullable=False),
        sa.Column("signed_by", sa.String(64), nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_weights"),
    )


def _of(column: str, whole: str, part: str) -> sa.ForeignKeyConstraint:
    """What belongs to a conversation goes with it."""
    return sa.ForeignKeyConstraint([column], [f"{whole}.id"], name=f"fk_{part}_{column}", ondelete="CASCADE")


def downgrade() -> None:
    """Take the tables away; nothing else knows of them."""
    for table in ("weights", "settlements", "readings", "reviews", "flags"):
        op.drop_table(table)
