"""The first tables, the marker by which a database is known as ours, and the head of the audit chain."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_SERIAL = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def upgrade() -> None:
    """Create everything."""
    connection = op.get_bind()
    _metadata.create_all(connection)
    connection.execute(sa.insert(facts).values(name="saphan", value="1"))
    connection.execute(sa.insert(audit_head).values(id=1, number=0, hash=bytes(32)))


def downgrade() -> None:
    """Drop everything."""
    _metadata.drop_all(op.get_bind())


def _only(condition: str) -> dict[str, Any]:
    """Limit an index to the rows that its queries ask for."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


_is_home = sa.column("home", sa.Boolean).is_(sa.true())

audit = sa.Table(
    "audit",
    _metadata,
    sa.Column("number", _SERIAL, primary_key=True, autoincrement=False),
    sa.Column("at", _TIME, nullable=False),
    sa.Column("actor", sa.String(64), nullable=False),
    sa.Column("act", sa.String(64), nullable=False),
    sa.Column("conversation", sa.String(64), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

audit_head = sa.Table(
    "audit_head",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

conversations = sa.Table(
    "conversations",
    _metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("code", sa.String(16), unique=True, nullable=False),
    sa.Column("chat_hash", sa.LargeBinary, unique=True, nullable=False),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("bot", sa.String(64), nullable=False),
    sa.Column("chat_sealed", sa.LargeBinary, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("language_chosen", sa.Boolean, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("since", _TIME, nullable=False),
    sa.Column("counsellor", sa.String(64)),
    sa.Column("receiver", sa.String(64)),
    sa.Column("due", _TIME),
    sa.Column("front", sa.Boolean, nullable=False),
    sa.Column("outcome", sa.String(64), nullable=False),
    sa.Column("paused", sa.Boolean, nullable=False),
    sa.Column("covered", sa.Boolean, nullable=False),
    sa.Column("unreachable", sa.Boolean, nullable=False),
    sa.Column("level", sa.String(2), nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", _TIME, nullable=False),
    sa.Column("last_inbound", _TIME),
    sa.Column("opened_at", _TIME),
    sa.Column("offered_at", _TIME),
    sa.Column("safety_declined_at", _TIME),
    sa.Column("trouble_said_at", _TIME),
    sa.Column("keep_until", _TIME),
    sa.Column("state_sealed", sa.LargeBinary, nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("lease_token", sa.String(64)),
    sa.Column("lease_until", _TIME),
    sa.Index(None, "counsellor"),
    sa.Index(None, "last_inbound"),
    sa.Index(None, "state", "since"),
)

erasures = sa.Table(
    "erasures",
    _metadata,
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("at", _TIME, nullable=False),
    sa.Index(None, "at"),
)

facts = sa.Table(
    "facts",
    _metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

organisations = sa.Table(
    "organisations",
    _metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(128), unique=True, nullable=False),
    sa.Column("home", sa.Boolean, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("waiting_private", sa.LargeBinary),
    sa.Column("recovery_wrapped", sa.LargeBinary),
    sa.Index("uq_organisations_home", "home", unique=True, sqlite_where=_is_home, postgresql_where=_is_home),
)

alerts = sa.Table(
    "alerts",
    _metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE")),
    sa.Column("code", sa.String(16)),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("level", sa.String(2), nullable=False),
    sa.Column("at", _TIME, nullable=False),
    sa.Column("seen_at", _TIME),
    sa.Column("seen_by", sa.String(64)),
    sa.Index(None, "conversation", "kind"),
    sa.Index("ix_alerts_unseen", "id", **_only("seen_at IS NULL")),
    sqlite_autoincrement=True,
)

consents = sa.Table(
    "consents",
    _metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    sa.Column("scope", sa.String(64), nullable=False),
    sa.Column("organisation", sa.String(64), nullable=False),
    sa.Column("act", sa.String(64), nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("at", _TIME, nullable=False),
    sa.Index(None, "conversation", "id"),
)

conversation_keys = sa.Table(
    "conversation_keys",
    _metadata,
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("organisation", sa.String(64), primary_key=True),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)

inbox = sa.Table(
    "inbox",
    _metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("bot", sa.String(64), nullable=False),
    sa.Column("update_id", sa.String(128), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    sa.Column("payload", sa.LargeBinary),
    sa.Column("received_at", _TIME, nullable=False),
    sa.Column("next_at", _TIME, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer),
    sa.UniqueConstraint("channel", "bot", "update_id"),
    sa.Index(None, "conversation", "turn", "id"),
    sa.Index("ix_inbox_waiting", "id", **_only("turn IS NULL")),
    sqlite_autoincrement=True,
)

members = sa.Table(
    "members",
    _metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("organisation", sa.ForeignKey("organisations.id"), nullable=False),
    sa.Column("name", sa.String(128), unique=True, nullable=False),
    sa.Column("roles", sa.Text, nullable=False),
    sa.Column("languages", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("created_at", _TIME, nullable=False),
    sa.Column("setup_hash", sa.LargeBinary, unique=True),
    sa.Column("setup_until", _TIME),
    sa.Column("public_key", sa.LargeBinary),
    sa.Column("private_sealed", sa.LargeBinary),
    sa.Column("totp_sealed", sa.LargeBinary),
    sa.Column("totp_last", sa.BigInteger, nullable=False),
    sa.Column("key_wrapped", sa.LargeBinary),
    sa.Column("granted_by", sa.String(64)),
    sa.Column("granted_at", _TIME),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("locked_until", _TIME),
    sa.Column("present_until", _TIME),
    sa.Column("version", sa.Integer, nullable=False),
)

messages = sa.Table(
    "messages",
    _metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),
    sa.Column("author", sa.String(16), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", _TIME, nullable=False),
    sa.Column("member", sa.String(64)),
    sa.Column("read", sa.Boolean, nullable=False),
    sa.Column("outbox", sa.BigInteger),
    sa.UniqueConstraint("conversation", "seq"),
)

observations = sa.Table(
    "observations",
    _metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    sa.Column("message", sa.String(64), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", _TIME, nullable=False),
    sa.Index(None, "conversation", "id"),
)

outbox = sa.Table(
    "outbox",
    _metadata,
    sa.Column("id", _SERIAL, primary_key=True),
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE")),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("bot", sa.String(64), nullable=False),
    sa.Column("chat_sealed", sa.LargeBinary, nullable=False),
    sa.Column("payload", sa.LargeBinary),
    sa.Column("has_buttons", sa.Boolean, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("created_at", _TIME, nullable=False),
    sa.Column("next_at", _TIME, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("repeats", sa.Integer, nullable=False),
    sa.Column("held", sa.String(128), nullable=False),
    sa.Column("remote", sa.String(128), nullable=False),
    sa.Column("delivered_at", _TIME),
    sa.Index("ix_outbox_due", "next_at", "id", **_only("state = 'waiting'")),
    sa.Index(None, "conversation", "state", "has_buttons", "id"),
    sa.Index("ix_outbox_sending", "id", **_only("state = 'sending'")),
    sqlite_autoincrement=True,
)

ways_back = sa.Table(
    "ways_back",
    _metadata,
    sa.Column("conversation", sa.ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("phrase_hash", sa.LargeBinary, unique=True, nullable=False),
    sa.Column("at", _TIME, nullable=False),
)
