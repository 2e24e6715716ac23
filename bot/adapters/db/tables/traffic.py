"""The tables of what comes in and goes out, and of what stands in the messengers' chats."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Named,
    String,
    Table,
    TypedColumns,
    UniqueConstraint,
    literal_column,
    or_,
)

from bot.adapters.db.tables.base import OF_CONVERSATION, metadata, only
from bot.adapters.db.types import Moment, Serial
from bot.services.records import OutboxState


class _Inbox(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    channel: Named[str] = Column(String(32))
    bot: Named[str] = Column(String(64))
    update_id: Named[str] = Column(String(128))
    kind: Named[str] = Column(String(16))
    conversation: Named[str] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    payload: Named[bytes | None] = Column(LargeBinary)
    received_at: Named[datetime] = Column(Moment)
    next_at: Named[datetime] = Column(Moment)
    attempts: Named[int] = Column(Integer, default=0)
    turn: Named[int | None] = Column(Integer)


inbox: Final = Table(
    "inbox", metadata, _Inbox, UniqueConstraint("channel", "bot", "update_id"), sqlite_autoincrement=True
)
Index(None, inbox.c.conversation, inbox.c.turn, inbox.c.id)

is_uncommitted: Final = inbox.c.turn.is_(None)
Index("ix_inbox_waiting", inbox.c.id, **only(is_uncommitted))


class _Outbox(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str | None] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    kind: Named[str] = Column(String(16))
    channel: Named[str] = Column(String(32))
    bot: Named[str] = Column(String(64))
    chat_sealed: Named[bytes] = Column(LargeBinary)
    payload: Named[bytes | None] = Column(LargeBinary)
    has_buttons: Named[bool] = Column(Boolean)
    state: Named[str] = Column(String(16))
    created_at: Named[datetime] = Column(Moment)
    next_at: Named[datetime] = Column(Moment)
    attempts: Named[int] = Column(Integer, default=0)
    repeats: Named[int] = Column(Integer, default=0)
    held: Named[str] = Column(String(128), default="")
    remote: Named[str] = Column(String(128), default="")
    delivered_at: Named[datetime | None] = Column(Moment)
    whole: Named[int | None] = Column(BigInteger)


outbox: Final = Table("outbox", metadata, _Outbox, sqlite_autoincrement=True)
Index(None, outbox.c.conversation, outbox.c.state, outbox.c.has_buttons, outbox.c.id)

is_part: Final = outbox.c.whole.is_not(None)
Index("ix_outbox_part", outbox.c.whole, outbox.c.id, **only(is_part))


def _is_any(*states: OutboxState) -> ColumnElement[bool]:
    """Written out, never bound: a partial index is used only by a query that holds its very condition."""
    return or_(*[outbox.c.state == literal_column(f"'{state}'") for state in states])


is_waiting: Final = _is_any("waiting")

is_sending: Final = _is_any("sending")

is_open: Final = _is_any("waiting", "sending")
Index("ix_outbox_due", outbox.c.next_at, outbox.c.id, **only(is_waiting))
Index("ix_outbox_sending", outbox.c.id, **only(is_sending))


class _OnScreen(TypedColumns):
    id: Named[int] = Column(Serial, primary_key=True)
    conversation: Named[str | None] = Column(String(64), ForeignKey(OF_CONVERSATION, ondelete="CASCADE"))
    channel: Named[str] = Column(String(32))
    bot: Named[str] = Column(String(64))
    chat_sealed: Named[bytes] = Column(LargeBinary)
    remote: Named[str] = Column(String(64))
    at: Named[datetime] = Column(Moment)
    due: Named[datetime | None] = Column(Moment)
    state: Named[str] = Column(String(8))
    attempts: Named[int] = Column(Integer)
    ended_at: Named[datetime | None] = Column(Moment)


on_screen: Final = Table("on_screen", metadata, _OnScreen)
"""The ledger of what stands in a messenger's chat: what was taken off it, and what could not be."""

is_shown: Final = on_screen.c.state == literal_column("'shown'")
Index(None, on_screen.c.conversation, on_screen.c.state, on_screen.c.remote)
Index("ix_on_screen_due", on_screen.c.due, on_screen.c.id, **only(is_shown))
