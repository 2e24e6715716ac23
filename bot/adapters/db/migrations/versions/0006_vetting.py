"""Vetting of who works here, whom they must not be given, what was signed; and who did what, found quickly."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_ADDED = ("checked", "checked_by", "checked_at", "conduct_at", "vetted_until", "approved_by")


def upgrade() -> None:
    """Add columns and tables; who was granted the key before is not vetted by that, and claims nothing until then."""
    op.add_column("members", sa.Column("checked", sa.Text, nullable=False, server_default=""))
    op.add_column("members", sa.Column("checked_by", sa.String(64)))
    op.add_column("members", sa.Column("checked_at", _TIME))
    op.add_column("members", sa.Column("conduct_at", _TIME))
    op.add_column("members", sa.Column("vetted_until", _TIME))
    op.add_column("members", sa.Column("approved_by", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "blocks",
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("member", "conversation", name="pk_blocks"),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_blocks_member"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_blocks_conversation", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_blocks_conversation", "blocks", ["conversation"])
    op.create_table(
        "statements",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("point", sa.String(32), nullable=False),
        sa.Column("about", sa.String(16), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
    )
    op.create_index("ix_statements_point_about", "statements", ["point", "about"])
    op.create_index("ix_audit_actor_act", "audit", ["actor", "act"])


def downgrade() -> None:
    """Drop them; nobody is vetted any more."""
    op.drop_index("ix_audit_actor_act", "audit")
    op.drop_table("statements")
    op.drop_table("blocks")
    for column in reversed(_ADDED):
        op.drop_column("members", column)
