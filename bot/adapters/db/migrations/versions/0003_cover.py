"""What the other screen needs: since when it is changed, what was written there, and what stands in the chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SHOWN = sa.text("state = 'shown'")


def upgrade() -> None:
    """Add columns and the ledger; of what was sent before, nothing is known that could be cleared."""
    op.add_column("conversations", sa.Column("covered_at", _TIME))
    op.add_column("conversations", sa.Column("clears", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("messages", sa.Column("covered", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("messages", sa.Column("remote", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "on_screen",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("conversation", sa.String(64)),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("bot", sa.String(64), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary, nullable=False),
        sa.Column("remote", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("due", _TIME),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ended_at", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_on_screen"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_on_screen_conversation", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_on_screen_conversation_state_remote", "on_screen", ["conversation", "state", "remote"])
    op.create_index("ix_on_screen_due", "on_screen", ["due", "id"], sqlite_where=_SHOWN, postgresql_where=_SHOWN)


def downgrade() -> None:
    """Drop them; what is on a screen stays there."""
    op.drop_table("on_screen")
    for table, column in (
        ("messages", "remote"),
        ("messages", "covered"),
        ("conversations", "clears"),
        ("conversations", "covered_at"),
    ):
        op.drop_column(table, column)
