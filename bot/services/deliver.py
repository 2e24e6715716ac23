"""Delivers the outbox: every message, human or bot, through `may_send`; one chat's trouble never holds another's."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.codes import ConversationId
from bot.domain.plan import Plan, knocked, opens_at
from bot.domain.safe_contact import HELD_FOR, Flags, Kind, OnItsWay, Verdict, may_send
from bot.errors import Blocked, CannotOpen, ChannelFailure, Refused, TryLater
from bot.logs import get_logger
from bot.services.lines import Lines
from bot.services.ports import (
    ClearsChat,
    Clock,
    LetsHear,
    Messenger,
    Outgoing,
    Recordings,
    Records,
    Signals,
    Transaction,
    Vault,
)
from bot.services.records import Conversation, OutboxRow
from bot.services.screen import stands
from bot.services.speak import Speaker

logger = get_logger(__name__)

RETRY_AFTER: Final = (1.0, 4.0, 15.0, 60.0)
"""Seconds between tries after a failure; then every five minutes."""
RETRY_LAST: Final = 300.0
BURST: Final = 3
PER_SECOND: Final = 1.0
SIDE_BY_SIDE: Final = 32
NO_PAGE: Final = "held: until they open the page"
POLL: Final = 1.0
OF_THE_TALK: Final = frozenset({Kind.WORDS, Kind.LAST_WORDS})
"""What tells of the talk where it stands; a knock and a line of the theme do not."""


@dataclass
class Pace:
    """A chat's allowance: three at once, then one a second."""

    left: float = float(BURST)
    since: datetime | None = None

    def owe(self) -> None:
        """Take one that was not asked for: the next message waits the longer."""
        self.left -= 1

    def wait(self, now: datetime) -> float:
        """Take one from the allowance and give 0, or give the seconds until there is one."""
        if self.since is not None:
            gained = max(0.0, (now - self.since).total_seconds()) * PER_SECOND
            self.left = min(float(BURST), self.left + gained)
        self.since = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / PER_SECOND


@dataclass
class Deliver:
    """The worker that sends. `messengers` by channel and bot."""

    records: Records
    vault: Vault
    clock: Clock
    signals: Signals
    speaker: Speaker
    messengers: Mapping[tuple[str, str], Messenger]
    recordings: Recordings
    lines: Lines
    _paces: dict[str, Pace] = field(default_factory=dict)
    _patience: float = POLL
    """Seconds until the next chat's allowance allows another message, at most `POLL`."""

    async def run(self) -> None:
        """Deliver until cancelled. What a killed process left in mid-request is tried again, and counted."""
        async with self.records.begin() as tx:
            cut = await tx.outbox.recover_cut(self.clock.now())
        if cut:
            logger.warning("deliveries_cut", count=cut)
        running: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                seen = self.signals.count("outbox")
                await self._start_due(running)
                patience, self._patience = self._patience, POLL
                await self.signals.changed("outbox", seen, patience)
        finally:
            await asyncio.gather(*running.values(), return_exceptions=True)

    async def _start_due(self, running: dict[str, asyncio.Task[None]]) -> None:
        async with self.records.look() as tx:
            due = await tx.outbox.due(self.clock.now(), SIDE_BY_SIDE)
        for row in due:
            chat = _chat(row)
            if chat in running or len(running) >= SIDE_BY_SIDE:
                continue
            task = asyncio.create_task(self._guarded(row))
            running[chat] = task
            task.add_done_callback(lambda _, chat=chat: self._done(running, chat))  # type: ignore[misc]

    def _done(self, running: dict[str, asyncio.Task[None]], chat: str) -> None:
        running.pop(chat, None)
        self.signals.publish("outbox")

    async def _guarded(self, row: OutboxRow) -> None:
        try:
            await self.deliver_one(row)
        except Exception as exc:  # edge: one message's fault must not stop the others
            logger.error("delivery_failed", conversation=row.conversation, error=exc)
            await self._later(row, RETRY_LAST, counted=True)

    async def deliver_one(self, row: OutboxRow) -> None:
        """Decide on one message, send it, and write down what became of it."""
        now = self.clock.now()
        messenger = self.messengers.get((row.channel, row.bot))
        if messenger is None:
            await self._later(row, RETRY_LAST, held="held: the channel is off")
            return
        async with self.records.begin() as tx:
            may_leave = await self._may_leave(tx, row, now)
            wait = self._paces.setdefault(_chat(row), Pace()).wait(now) if may_leave else 0.0
            if wait:
                self._patience = min(self._patience, wait)
                await tx.outbox.wait(row.id, now + timedelta(seconds=wait))
            started = may_leave and not wait and await tx.outbox.start(row.id)
        if started:
            await self._send(row, messenger)
        elif row.conversation is not None:
            self.signals.publish(f"conversation:{row.conversation}")

    async def _may_leave(self, tx: Transaction, row: OutboxRow, now: datetime) -> bool:
        """Ask `may_send`, and write down why a message stays."""
        conversation = None
        if row.conversation is not None:
            conversation = await tx.conversations.get(row.conversation)
            if conversation is None:
                return False
        verdict = _verdict(now, conversation, row)
        if verdict in (Verdict.EXPIRED, Verdict.NOT_NEEDED):
            await self._give_up(tx, row, conversation, verdict, now)
        elif not verdict.sends:
            await tx.outbox.wait(row.id, _try_again(row, conversation, verdict, now), held=verdict.value)
        if verdict is Verdict.KNOCK_FIRST and conversation is not None:
            await self._knock(tx, conversation, now)
        return verdict.sends

    async def _knock(self, tx: Transaction, conversation: Conversation, now: datetime) -> None:
        """Put one neutral line on its way; it is the last before they write (P6)."""
        await self.speaker.knock(tx, conversation, now)
        await tx.conversations.save(replace(conversation, plan=knocked(conversation.plan, now)))

    async def _give_up(
        self, tx: Transaction, row: OutboxRow, conversation: Conversation | None, verdict: Verdict, now: datetime
    ) -> None:
        reason = "expired after 72 hours" if verdict is Verdict.EXPIRED else verdict.value
        await tx.outbox.give_up(row.id, "expired", reason)
        if verdict is Verdict.EXPIRED and conversation is not None and row.kind is Kind.WORDS:
            await tx.casework.add_alert(conversation.id, conversation.code, "expired", conversation.level, now)

    async def _send(self, row: OutboxRow, messenger: Messenger) -> None:
        try:
            purpose = f"chat:{row.conversation or ''}"
            chat = self.vault.open(purpose, row.chat_sealed).decode()
            message = await self._that_counts(row, self.speaker.unpack(row.payload))
            remote = await messenger.send(chat, message)
        except TryLater as exc:
            await self._later(row, exc.seconds, held=NO_PAGE if exc.until_they_come else "")
        except Blocked:
            await self._end_contact(row)
        except (Refused, CannotOpen) as exc:
            async with self.records.begin() as tx:
                await tx.outbox.give_up(row.id, "failed", str(exc))
        except ChannelFailure:
            wait = RETRY_AFTER[row.attempts] if row.attempts < len(RETRY_AFTER) else RETRY_LAST
            await self._later(row, wait, counted=True)
        else:
            async with self.records.begin() as tx:
                await tx.outbox.delivered(row.id, remote, self.clock.now())
                await self._write_down(tx, row, remote, messenger)
            await self._retire_older(row, chat, messenger)
            await self._let_hear(row, chat, message, messenger)
        if row.conversation is not None:
            self.signals.publish(f"conversation:{row.conversation}")

    async def _that_counts(self, row: OutboxRow, message: Outgoing) -> Outgoing:
        """Give a message as it may leave: a line that counts no more since it was said is left out, and staff know."""
        if not message.line or row.conversation is None:
            return message
        async with self.records.begin() as tx:
            conversation = await tx.conversations.get(row.conversation)
            if conversation is None or message.line in {line.name for line in await self.lines.tried(tx)}:
                return message
            now = self.clock.now()
            await tx.casework.add_alert(conversation.id, conversation.code, "number_outdated", conversation.level, now)
            return await self.speaker.leave_out(tx, conversation, row.id, message)

    async def _write_down(self, tx: Transaction, row: OutboxRow, remote: str, messenger: Messenger) -> None:
        """Let the ledger know what stands in the chat; lines of the theme may stay there."""
        if row.conversation is None or row.kind not in OF_THE_TALK or not isinstance(messenger, ClearsChat):
            return
        conversation = await tx.conversations.get(row.conversation)
        if conversation is not None:
            now = self.clock.now()
            await tx.screen.add([stands(conversation, one, now) for one in remote.split()])

    async def _retire_older(self, row: OutboxRow, chat: str, messenger: Messenger) -> None:
        """Only the newest of the bot's messages keeps its buttons."""
        if row.conversation is None or not row.has_buttons:
            return
        async with self.records.look() as tx:
            conversation = await tx.conversations.get(row.conversation)
            older = await tx.outbox.with_buttons(row.conversation, row.id)
        # An edit is a message too: they may have paused, or changed the screen, since this one left.
        if conversation is None or not _verdict(self.clock.now(), conversation, row).sends:
            return
        for one in older:
            try:
                await messenger.retire_buttons(chat, one.remote)
            except ChannelFailure as exc:
                logger.info("buttons_not_retired", conversation=row.conversation, error=exc)
                continue
            async with self.records.begin() as tx:
                await tx.outbox.retired(one.id)

    async def _let_hear(self, row: OutboxRow, chat: str, message: Outgoing, messenger: Messenger) -> None:
        """Send the recording of a sentence right after it, once: what keeps it from leaving, leaves it out.

        On a page it came with the sentence.
        """
        if not message.recording or row.conversation is None or not isinstance(messenger, LetsHear):
            return
        sound = await self.recordings.sound(message.recording)
        async with self.records.look() as tx:
            conversation = await tx.conversations.get(row.conversation)
        # They may have paused, or changed the screen, since the sentence left.
        if sound is None or conversation is None or not _verdict(self.clock.now(), conversation, row).sends:
            return
        try:
            remote = await messenger.send_voice(chat, sound)
        except ChannelFailure as exc:
            logger.info("recording_left_out", conversation=row.conversation, error=exc)
            return
        self._paces.setdefault(_chat(row), Pace()).owe()
        async with self.records.begin() as tx:
            await self._write_down(tx, row, remote, messenger)

    async def _end_contact(self, row: OutboxRow) -> None:
        """The person blocked the bot: nothing more is sent until they write, and staff are told."""
        now = self.clock.now()
        async with self.records.begin() as tx:
            if row.conversation is None:
                await tx.outbox.give_up(row.id, "failed", "the person cannot be reached")
                return
            await tx.outbox.wait(row.id, row.created_at + HELD_FOR, held=Verdict.HOLD_UNREACHABLE.value)
            conversation = await tx.conversations.get(row.conversation)
            if conversation is None or conversation.flags.unreachable:
                return
            flags = replace(conversation.flags, unreachable=True)
            await tx.conversations.save(replace(conversation, flags=flags))
            await tx.casework.add_alert(conversation.id, conversation.code, "unreachable", conversation.level, now)

    async def _later(self, row: OutboxRow, seconds: float, *, held: str = "", counted: bool = False) -> None:
        at = self.clock.now() + timedelta(seconds=seconds)
        async with self.records.begin() as tx:
            await tx.outbox.wait(row.id, at, held=held, counted=counted)

    async def wake(self, conversation: ConversationId) -> None:
        """A page of the person opened: what waited for it is tried again at once."""
        async with self.records.begin() as tx:
            await tx.outbox.wake(conversation, self.clock.now())
        self.signals.publish("outbox")


def _verdict(now: datetime, conversation: Conversation | None, row: OutboxRow) -> Verdict:
    """Ask the one rule; the last words of a conversation that is gone have nothing else to go by."""
    message = OnItsWay(row.kind, row.created_at)
    if conversation is None:
        return may_send(now, Flags(), Plan(), None, message)
    return may_send(now, conversation.flags, conversation.plan, conversation.last_inbound, message)


def _try_again(row: OutboxRow, conversation: Conversation | None, verdict: Verdict, now: datetime) -> datetime:
    """Give when a held message is decided on again: when their hours begin, or when it expires."""
    expires = row.created_at + HELD_FOR
    if verdict is not Verdict.HOLD_OUTSIDE_HOURS or conversation is None:
        return expires
    return min(expires, opens_at(conversation.plan, now) or expires)


def _chat(row: OutboxRow) -> str:
    return str(row.conversation) if row.conversation is not None else f"outbox-{row.id}"
