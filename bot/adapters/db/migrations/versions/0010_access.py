"""Readings without a yes, in danger; and who is named as duty lead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_UNANSWERED = sa.text("answer = ''")
_MARKED = sa.text("level = 'P0' OR level = 'P1'")


def upgrade() -> None:
    """Add tables; nothing was read without a yes, and nobody is duty lead until somebody is named."""
    op.create_table(
        "accesses",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("lead", sa.String(64), nullable=False),
        sa.Column("ground", sa.String(16), nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("opened_at", _TIME),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("answered_by", sa.String(64)),
        sa.Column("answered_at", _TIME),
        sa.Column("ended_at", _TIME),
        sa.Column("told_at", _TIME),
        sa.PrimaryKeyConstraint("id", name="pk_accesses"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_accesses_conversation", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lead"], ["members.id"], name="fk_accesses_lead"),
    )
    op.create_index("ix_accesses_conversation_asked_at", "accesses", ["conversation", "asked_at"])
    op.create_index(
        "ix_accesses_unanswered",
        "accesses",
        ["asked_at"],
        sqlite_where=_UNANSWERED,
        postgresql_where=_UNANSWERED,
    )
    op.create_index(
        "ix_conversations_marked",
        "conversations",
        ["level", "last_inbound"],
        sqlite_where=_MARKED,
        postgresql_where=_MARKED,
    )
    _add_leads()


def _add_leads() -> None:
    op.create_table(
        "leads",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("member", sa.String(64), nullable=False),
        sa.Column("weekday", sa.Integer),
        sa.Column("day", sa.Date),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_leads"),
        sa.UniqueConstraint("organisation", "weekday", "begins", name="uq_leads_organisation_weekday_begins"),
        sa.UniqueConstraint("organisation", "day", "begins", name="uq_leads_organisation_day_begins"),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name="fk_leads_organisation"),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name="fk_leads_member"),
    )


def downgrade() -> None:
    """Drop them; nobody reads without a yes."""
    op.drop_table("leads")
    op.drop_index("ix_conversations_marked", "conversations")
    op.drop_table("accesses")
