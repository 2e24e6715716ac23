"""Referrals and who can be referred to; a conversation may have several keys, one after the other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_KEY = "pk_conversation_keys"


def upgrade() -> None:
    """Add the tables; the key that each reader has is the first."""
    _add_partners()
    _add_referrals()
    with op.batch_alter_table("conversation_keys", recreate="auto") as keys:
        keys.add_column(sa.Column("epoch", sa.Integer, nullable=False, server_default="0"))
        keys.drop_constraint(_KEY, type_="primary")
        keys.create_primary_key(_KEY, ["conversation", "organisation", "epoch"])
    with op.batch_alter_table("conversation_keys") as keys:
        keys.alter_column("epoch", server_default=None)


def _add_partners() -> None:
    op.create_table(
        "partners",
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("helps", sa.Text, nullable=False),
        sa.Column("countries", sa.Text, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("vetted_until", _TIME),
        sa.Column("vetted_by", sa.String(64), nullable=False),
        sa.Column("vetted_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("organisation", name="pk_partners"),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name="fk_partners_organisation"),
    )


def _add_referrals() -> None:
    times = ("asked_at", "agreed_at", "sent_at", "answered_at", "contacted_at", "ended_at")
    op.create_table(
        "referrals",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64)),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("level", sa.String(2), nullable=False),
        sa.Column("receiver", sa.String(64), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("parts", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        *(sa.Column(name, _TIME) for name in times),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("own_sealed", sa.LargeBinary),
        sa.Column("sent_sealed", sa.LargeBinary),
        sa.Column("accepted_by", sa.String(64)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_referrals"),
        sa.UniqueConstraint("conversation", "number", name="uq_referrals_conversation_number"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_referrals_conversation", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["sender"], ["organisations.id"], name="fk_referrals_sender"),
        sa.ForeignKeyConstraint(["receiver"], ["organisations.id"], name="fk_referrals_receiver"),
    )
    op.create_index("ix_referrals_receiver_state", "referrals", ["receiver", "state"])
    op.create_index("ix_referrals_sender_made_at", "referrals", ["sender", "made_at"])


def downgrade() -> None:
    """Drop them; of a conversation with several keys only the first is left, and opens what is older only."""
    op.execute("DELETE FROM conversation_keys WHERE epoch > 0")
    with op.batch_alter_table("conversation_keys", recreate="auto") as keys:
        keys.drop_constraint(_KEY, type_="primary")
        keys.create_primary_key(_KEY, ["conversation", "organisation"])
        keys.drop_column("epoch")
    op.drop_table("referrals")
    op.drop_table("partners")
