"""What weeks need: the person's plan, remembering, wishes, promises, and what kind of message is on its way."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NO = sa.false()

_CHECK_IN = sa.text("plan_check_in_at IS NOT NULL")
_OPEN = sa.text("settled_at IS NULL")


def _columns() -> list[sa.Column[Any]]:
    """Make what `conversations` gets; a column belongs to one statement."""
    return [
        sa.Column("told", sa.Text, nullable=False, server_default=""),
        sa.Column("plan_may_write", sa.Boolean, nullable=False, server_default=_NO),
        sa.Column("plan_parts", sa.Text, nullable=False, server_default=""),
        sa.Column("plan_offset", sa.Integer),
        sa.Column("plan_until", _TIME),
        sa.Column("plan_check_ins", sa.Boolean, nullable=False, server_default=_NO),
        sa.Column("plan_check_in_at", _TIME),
        sa.Column("plan_knocked_at", _TIME),
        sa.Column("remember_days", sa.Integer),
        sa.Column("remember_asked", sa.Integer, nullable=False, server_default="0"),
        sa.Column("wish_language", sa.String(8), nullable=False, server_default=""),
        sa.Column("wish_gender", sa.String(8), nullable=False, server_default=""),
    ]


def upgrade() -> None:
    """Add the columns and tables; who was there before allowed nothing and was not asked."""
    for column in _columns():
        op.add_column("conversations", column)
    op.create_index(
        "ix_conversations_check_in",
        "conversations",
        ["plan_check_in_at"],
        sqlite_where=_CHECK_IN,
        postgresql_where=_CHECK_IN,
    )
    op.add_column("outbox", sa.Column("kind", sa.String(16), nullable=False, server_default="words"))
    op.execute("UPDATE outbox SET kind = 'last_words' WHERE conversation IS NULL")
    op.create_table(
        "promises",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("due", _TIME, nullable=False),
        sa.Column("breaks", sa.Integer, nullable=False),
        sa.Column("escalated", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("settled_at", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_promises_conversation", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_promises_conversation_id", "promises", ["conversation", "id"])
    op.create_index("ix_promises_open", "promises", ["due", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    _create_kept_things()


def _create_kept_things() -> None:
    """Who tried which line until when it counts, and pictures and voices that a person wished to be kept."""
    op.create_table(
        "contact_reviews",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("row", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_reviews"),
    )
    op.create_index("ix_audit_conversation_act", "audit", ["conversation", "act"])
    op.create_index("ix_contact_reviews_until", "contact_reviews", ["until"])
    op.create_table(
        "attachments",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_attachments_conversation", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_attachments_conversation_id", "attachments", ["conversation", "id"])


def downgrade() -> None:
    """Drop them; promises, plans, reviews of lines and kept pictures are lost."""
    op.drop_table("attachments")
    op.drop_table("contact_reviews")
    op.drop_index("ix_audit_conversation_act", "audit")
    op.drop_table("promises")
    op.drop_column("outbox", "kind")
    op.drop_index("ix_conversations_check_in", "conversations")
    for column in reversed(_columns()):
        op.drop_column("conversations", column.name)
