"""Turns in which the screen changes, or is changed: everything seen is the theme, and what is typed is kept apart.

What was typed in cover may be somebody else's: it is read for danger only, answers nothing, and never counts as the
person's writing. Danger and the second word call staff, and nothing of that is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.domain import cover
from bot.domain.codes import ConversationId
from bot.domain.cover import HIDE, OWN_WORD, SECOND_WORD, SECRET, WAY_BACK, WORD_GIVEN
from bot.domain.effects import COVER, RAISE_DANGER, SET_SECOND, SET_WORD, TAKEOVER
from bot.domain.escape import DANGER
from bot.domain.opening import RETURN_AFTER
from bot.domain.reply import Effect, Reply
from bot.domain.safe_contact import is_knock_open
from bot.domain.triage import ALERTING, level_of
from bot.logs import get_logger
from bot.services.commit import Committer, Decision
from bot.services.effects import Changed, raise_level, raise_takeover
from bot.services.hearing import Heard, Hearing, newest, understand
from bot.services.ports import Clock, Engine, Leased, Records, Signals, Stale, Transaction, Vault
from bot.services.records import AuditEntry, Conversation, Message
from bot.services.screen import Screen
from bot.services.speak import new_message_id
from bot.services.talk import Talk, seal_talk
from bot.services.weeks import after_they_wrote

logger = get_logger(__name__)

GIVE_UP_AFTER: Final = 3
RETRY_AFTER: Final = (timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=15))


@dataclass(frozen=True)
class _Part:
    """What one turn in cover takes: everything up to the word that ends it."""

    heard: Sequence[Heard]
    back: bool
    """The last of it is the phrase or their own word."""
    upto: int
    unread: Sequence[Heard] = field(default=())
    """What the engine could not read: tried again later, its line of the theme is not repeated."""
    engine_is_well: bool = True


@dataclass(frozen=True)
class CoverTurns:
    """Takes the turns that belong to the other screen, whoever owns the conversation."""

    records: Records
    vault: Vault
    engine: Engine
    clock: Clock
    signals: Signals
    hearing: Hearing
    committer: Committer
    screen: Screen
    clearing: frozenset[tuple[str, str]] = frozenset()
    """Channels and bots whose messenger lets us clear a chat."""

    async def take(self, leased: Leased, talk: Talk, heard: Sequence[Heard]) -> bool | None:
        """Take the turn: True when its commit gave the lease back; None when it is not one of these."""
        conversation = leased.conversation
        if conversation.flags.covered or _opens_in_cover(conversation, talk, heard):
            return await self._in_cover(leased, talk, heard)
        late = [one for one in heard if one.row.id <= talk.cover_upto]
        if late:
            return await self._in_cover(leased, talk, late)
        at = next((at for at, one in enumerate(heard) if one.act in (HIDE, SECOND_WORD)), None)
        if at is None:
            return None
        await self._begin(leased, talk, heard[: at + 1])
        return True

    async def _begin(self, leased: Leased, talk: Talk, heard: Sequence[Heard]) -> None:
        """Change the screen; what was written before, in the same breath, is heard like anything else."""
        conversation = leased.conversation
        upto = max(one.row.id for one in heard)
        ready = [one for one in await self.hearing.read(heard, talk) if not one.unread]
        understood = understand(conversation, talk, ready)
        effects = [Effect(COVER)]
        if any(one.act == SECOND_WORD for one in heard):
            effects.append(Effect(TAKEOVER))
        if any(one.act == DANGER for one in heard):
            effects.append(Effect(RAISE_DANGER))
        talk = replace(understood.talk, cover_upto=upto, awaits="").with_known(understood.codes)
        reply = Reply(effects=tuple(effects))
        act = heard[-1].act
        await self.committer.commit(leased, Decision(tuple(ready), talk, reply, act, understood.language, understood))

    async def _in_cover(self, leased: Leased, talk: Talk, heard: Sequence[Heard]) -> bool:
        part = _up_to_return(talk, heard)
        read = await self.hearing.read(part.heard, talk)
        unread = [one for one in read if one.unread and one.row.attempts < GIVE_UP_AFTER]
        ready = [one for one in read if one not in unread]
        if unread:
            part = replace(part, unread=unread, engine_is_well=await self.engine.is_well())
        part = replace(part, heard=ready)
        await self._commit(leased, talk, part)
        return True

    async def _commit(self, leased: Leased, talk: Talk, part: _Part) -> None:
        """Write the turn in one transaction, if nobody changed the conversation meanwhile; else raise Stale."""
        now = self.clock.now()
        async with self.records.begin() as tx:
            current = await tx.conversations.get(leased.conversation.id)
            if current is None or current.version != leased.conversation.version:
                raise Stale
            changed = _change(current, talk, part, now)
            conversation = changed.conversation
            await self._keep_typed(tx, conversation, part)
            await tx.inbox.commit([one.row.id for one in part.heard], conversation.turn)
            await self._try_again_later(tx, conversation, part, now)
            await tx.inbox.release(conversation.id, leased.token)
            secret = [one.remote for one in part.heard if one.act in SECRET and one.remote]
            await self.screen.take_off(tx, conversation, secret, now)
            talk = await self._show(tx, current, conversation, talk, part, now)
            for kind, level in changed.alerts:
                await tx.casework.add_alert(conversation.id, conversation.code, kind, level, now)
            for act, codes in changed.audit:
                await tx.casework.add_audit(AuditEntry(now, "person", act, conversation.id, dict(codes)))
            sealed = seal_talk(self.vault, conversation.id, talk)
            await tx.conversations.save(replace(conversation, state_sealed=sealed))
        self._ring(conversation.id)

    async def _show(
        self, tx: Transaction, before: Conversation, after: Conversation, talk: Talk, part: _Part, now: datetime
    ) -> Talk:
        """Show the next line of the theme, once for each burst; or, after the right word, the talk again."""
        upto = max(talk.cover_upto, part.upto)
        is_new = part.upto > talk.cover_upto
        talk = replace(talk, cover_upto=upto)
        if part.back:
            await tx.outbox.wake(after.id, now)
            empty, practice = before.opened_at is None, self.committer.practice
            say = cover.come_back(after.own.state.value, empty=empty, practice=practice).say
            return await self.screen.speaker.announce(tx, after, talk, say, now, clears=True)
        if not after.flags.covered or not is_new or after.flags.unreachable:
            return talk
        if not before.flags.covered:
            return await self.screen.begin(tx, after, talk, now)
        typed = next((one.text for one in reversed(part.heard) if one.kind == "text"), "")
        return await self.screen.show(tx, after, talk, now, typed)

    async def _keep_typed(self, tx: Transaction, conversation: Conversation, part: _Part) -> None:
        """Keep what was typed, marked as written in cover; a word of their own is never kept."""
        for one in part.heard:
            if one.kind != "text" or one.act in SECRET:
                continue
            await tx.messages.add(
                Message(
                    id=new_message_id(),
                    conversation=conversation.id,
                    turn=conversation.turn,
                    author="person",
                    sealed=self.vault.seal_to(conversation.public_key, one.text.encode()),
                    at=one.row.received_at,
                    read=not one.wants_reading,
                    covered=True,
                    remote=one.remote,
                )
            )

    async def _try_again_later(self, tx: Transaction, conversation: Conversation, part: _Part, now: datetime) -> None:
        """Let what could not be read wait, and call staff without text: danger in it would go unseen."""
        if not part.unread:
            return
        kind = "message_not_read" if part.engine_is_well else "engine"
        await tx.casework.add_alert(None, None, kind, conversation.level, now)
        attempts = max(one.row.attempts for one in part.unread)
        waited = now - min(one.row.received_at for one in part.unread)
        wait = RETRY_AFTER[min(attempts, len(RETRY_AFTER) - 1)] if part.engine_is_well else waited / 2
        wait = min(max(wait, RETRY_AFTER[0]), RETRY_AFTER[-1])
        await tx.inbox.retry([one.row.id for one in part.unread], now + wait, counted=part.engine_is_well)

    def _ring(self, conversation: ConversationId) -> None:
        for topic in ("outbox", "screen", f"conversation:{conversation}", "queue"):
            self.signals.publish(topic)


def _up_to_return(talk: Talk, heard: Sequence[Heard]) -> _Part:
    """Give everything up to the first message that ends cover; the phrase does so only while no own word is set."""
    for at, one in enumerate(heard):
        if one.act == OWN_WORD or (one.act == WAY_BACK and not talk.word):
            return _Part(heard[: at + 1], back=True, upto=one.row.id)
    return _Part(heard, back=False, upto=max(one.row.id for one in heard))


def _opens_in_cover(conversation: Conversation, talk: Talk, heard: Sequence[Heard]) -> bool:
    """Tell whether they come back after hours and chose a word of their own: the word comes first then (S12)."""
    last = conversation.last_inbound
    if not talk.word or last is None or all(one.kind == "blocked" for one in heard):
        return False
    away = newest(heard) - last >= timedelta(seconds=RETURN_AFTER)
    # An answer to a knock may be anybody's who holds the phone (S12).
    return away or is_knock_open(conversation.plan, last)


def _change(current: Conversation, talk: Talk, part: _Part, now: datetime) -> Changed:
    """Work out the conversation after the turn. What is typed in cover never moves `last_inbound`."""
    heard = part.heard
    left_chat = bool(heard) and all(one.kind == "blocked" for one in heard)
    flags = replace(current.flags, paused=False, unreachable=left_chat)
    conversation = replace(current, turn=current.turn + 1)
    if part.back:
        opened_at = current.opened_at or now
        conversation = replace(conversation, covered_at=None, last_inbound=newest(heard), opened_at=opened_at)
        if current.opened_at is None:
            conversation = replace(conversation, keep_until=None)
        conversation = after_they_wrote(conversation, now)
        flags = replace(flags, covered=False)
    elif part.upto > talk.cover_upto and not current.flags.covered:
        conversation = replace(conversation, covered_at=now)
        flags = replace(flags, covered=True)
    changed = Changed(replace(conversation, flags=flags))
    if left_chat and not current.flags.unreachable:
        changed = replace(changed, alerts=(*changed.alerts, ("unreachable", current.level)))
    return _with_danger(changed, heard)


def _with_danger(changed: Changed, heard: Sequence[Heard]) -> Changed:
    """Call staff for what was said or read; nothing of it is seen on the screen."""
    if any(one.act == DANGER for one in heard):
        changed = raise_level(replace(changed, audit=(*changed.audit, ("danger_said", {}))), "P0", "danger")
    if any(one.act == SECOND_WORD for one in heard):
        changed = raise_takeover(changed)
    for one in heard:
        level = level_of((), one.reading.urgency) if one.reading is not None else "P4"
        if level in ALERTING:
            # Each time: who is marked already may be in danger once more, and cannot say it openly.
            changed = raise_level(changed, level, "danger_read")
            changed = replace(changed, alerts=(*changed.alerts, ("danger_read", level)))
        if one.unread:
            changed = replace(changed, alerts=(*changed.alerts, ("set_aside", changed.conversation.level)))
    return changed


def case_fields(
    clearing: frozenset[tuple[str, str]], conversation: Conversation, talk: Talk, heard: Sequence[Heard]
) -> dict[str, Any]:
    """Give what the rules may know of the other screen; `clearing` names the bots whose messenger lets us clear."""
    return {
        "theme": talk.theme,
        "has_word": bool(talk.word),
        "can_clear": (conversation.channel, conversation.bot) in clearing,
        "clears": conversation.clears,
        "awaits": talk.awaits,
        "word_problem": next((one.word_problem for one in reversed(heard) if one.act == WORD_GIVEN), ""),
    }


def keep_words(talk: Talk, effects: Iterable[Effect], heard: Sequence[Heard]) -> Talk:
    """Keep the keyed hash of a word that was set; the word itself is in nothing that is written."""
    hashed = next((one.word for one in reversed(heard) if one.act == WORD_GIVEN), "")
    kinds = {effect.kind for effect in effects}
    if SET_WORD in kinds and hashed:
        return replace(talk, word=hashed)
    if SET_SECOND in kinds and hashed:
        return replace(talk, second=hashed)
    return talk
