"""Who works when, how staff are called outside the desk, who was called for an alert, and which were missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_WAITING = sa.text("state = 'waiting'")


def _member(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    return (
        sa.Column("member", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["members.id"], name=f"fk_{table}_member"),
    )


def _alert(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("alert", _SERIAL, nullable=False),
        sa.ForeignKeyConstraint(["alert"], ["alerts.id"], name=f"fk_{table}_alert", ondelete="CASCADE"),
    )


def upgrade() -> None:
    """Add tables; no roster is kept for anybody yet, and nobody is called outside the desk."""
    op.create_table(
        "shifts",
        *_member("shifts"),
        sa.Column("weekday", sa.Integer, nullable=False),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("ends", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("member", "weekday", "begins", name="pk_shifts"),
    )
    op.create_table(
        "shift_days",
        *_member("shift_days"),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("begins", sa.Integer),
        sa.Column("ends", sa.Integer),
        sa.PrimaryKeyConstraint("member", "day", name="pk_shift_days"),
    )
    op.create_table(
        "holidays",
        sa.Column("organisation", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "day", name="pk_holidays"),
        sa.ForeignKeyConstraint(["organisation"], ["organisations.id"], name="fk_holidays_organisation"),
    )
    op.create_table(
        "terms",
        *_member("terms"),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("gender", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("member", name="pk_terms"),
    )
    _add_calls()


def _add_calls() -> None:
    op.create_table(
        "reach",
        *_member("reach"),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("telegram_sealed", sa.LargeBinary),
        sa.Column("mail_sealed", sa.LargeBinary),
        sa.Column("code_hash", sa.LargeBinary),
        sa.Column("code_until", _TIME),
        sa.PrimaryKeyConstraint("member", name="pk_reach"),
        sa.UniqueConstraint("code_hash", name="uq_reach_code_hash"),
    )
    op.create_table(
        "notices",
        sa.Column("id", _SERIAL, nullable=False),
        *_alert("notices"),
        *_member("notices"),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("called_at", _TIME, nullable=False),
        sa.Column("next_at", _TIME, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("alert", "member", "way", name="uq_notices_alert_member_way"),
    )
    op.create_index("ix_notices_due", "notices", ["next_at", "id"], sqlite_where=_WAITING, postgresql_where=_WAITING)
    op.create_table(
        "missed_alerts",
        *_alert("missed_alerts"),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("alert", name="pk_missed_alerts"),
    )


def downgrade() -> None:
    """Drop them; on duty is again who is signed in."""
    for table in ("missed_alerts", "notices", "reach", "terms", "holidays", "shift_days", "shifts"):
        op.drop_table(table)
