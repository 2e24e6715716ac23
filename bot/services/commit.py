"""Commits a turn: everything of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain.assessment import CHILD_CONCERN, is_child_protection_concern
from bot.domain.attachments import KEEP
from bot.domain.codes import Act, ConversationId, Level, MemberId, MessageId, OrganisationId
from bot.domain.cover import SECRET
from bot.domain.effects import ERASE, PAUSE
from bot.domain.escape import ERASING
from bot.domain.indicators import Catalogue
from bot.domain.mirror import ANSWERS
from bot.domain.observations import Observed
from bot.domain.reply import Effect, Reply, Say
from bot.domain.triage import level_of
from bot.logs import get_logger
from bot.services.access.told import told_first
from bot.services.effects import Changed, apply_effects, leave_offer, raise_level
from bot.services.forget import forget
from bot.services.hearing import Heard, Understood, newest
from bot.services.observe import answered_by, heard_in, seal
from bot.services.ports import Clock, Leased, Records, Signals, Stale, Transaction, Vault
from bot.services.records import AuditEntry, Consent, Conversation, Message
from bot.services.referral.answers import hear
from bot.services.review.flagging import Flagging
from bot.services.screen import Screen
from bot.services.speak import Speaker, new_message_id
from bot.services.talk import Talk, open_talk, seal_talk
from bot.services.weeks import after_it_was_asked, after_they_wrote

logger = get_logger(__name__)

TROUBLE_AGAIN_AFTER: Final = timedelta(minutes=10)
NOT_KEPT: Final = frozenset({"blocked", "edited"})
"""Kinds of which only the fact is known; nothing of them is kept."""
BY_THE_PERSON: Final = MemberId("person")
"""Who wrote down that a counsellor must not be given the conversation again."""
NOT_SAID: Final = SECRET | ERASING
"""Words of their own, and the way to deleting: who deletes their last message means what they told."""


@dataclass(frozen=True)
class Decision:
    """One turn, worked out: what was heard, what is answered, what is remembered."""

    heard: tuple[Heard, ...]
    talk: Talk
    reply: Reply
    pressed: Act | None
    language: str
    understood: Understood | None = None
    set_aside: bool = False
    kept: tuple[bytes, ...] = field(default=(), repr=False)
    """What the person sent beside text and wished to be kept, as it was fetched."""


class Committer:
    """Writes turns. `practice` is true until the installation is live."""

    def __init__(
        self,
        records: Records,
        vault: Vault,
        clock: Clock,
        signals: Signals,
        speaker: Speaker,
        home: OrganisationId,
        label: Callable[[str, str], str],
        catalogue: Catalogue,
        screen: Screen,
        flagging: Flagging,
    ) -> None:
        """`label` gives the words of a button's key in a language: what was pressed is shown at the desk."""
        self._records = records
        self._vault = vault
        self._clock = clock
        self._signals = signals
        self._speaker = speaker
        self._home = home
        self._label = label
        self._catalogue = catalogue
        self._screen = screen
        self._flagging = flagging
        self.practice = True

    async def commit(self, leased: Leased, decision: Decision) -> list[tuple[Heard, MessageId]]:
        """Write the turn and give the lease back, if nobody changed the conversation meanwhile; else raise Stale."""
        seen = leased.conversation
        now = self._clock.now()
        async with self._records.begin() as tx:
            current = await tx.conversations.get(seen.id)
            if current is None or current.version != seen.version:
                raise Stale
            changed = self._change(current, decision, now)
            for kind in changed.refused:
                logger.warning("effect_refused", conversation=seen.id, turn=seen.turn, kind=kind)
            rows = [one.row.id for one in decision.heard]
            await tx.inbox.commit(rows, current.turn + 1)
            await tx.inbox.release(seen.id, leased.token)
            if changed.erased:
                await self._erase(tx, changed.conversation, decision.reply, now)
                stored = []
            else:
                stored = await self._write(tx, changed, decision, now)
        if changed.erased:
            await self._records.scrub()
        changed_there = changed.erased or bool(changed.alerts) or _looks_other(current, changed.conversation)
        self._ring(seen.id, queue=changed_there)
        return stored

    def _change(self, current: Conversation, decision: Decision, now: datetime) -> Changed:
        """Work out the conversation after the turn: they wrote, so contact is open; then effects and marks."""
        heard = decision.heard
        wrote = any(h.kind != "blocked" for h in heard)
        flags = replace(current.flags, paused=False, unreachable=False) if wrote else current.flags
        conversation = replace(
            current,
            turn=current.turn + 1,
            flags=flags,
            language=decision.language,
            last_inbound=newest(heard) if wrote else current.last_inbound,
        )
        if wrote:
            conversation = after_they_wrote(conversation, now)
            conversation = leave_offer(conversation, decision.reply.effects, now)
        changed = apply_effects(conversation, decision.reply.effects, decision.pressed, now)
        changed = replace(changed, conversation=after_it_was_asked(changed.conversation, decision.reply.say))
        changed = _with_child(_with_level(changed, decision.understood), decision)
        if not wrote:
            changed = _unreachable(changed)
        if decision.set_aside:
            changed = replace(changed, alerts=(*changed.alerts, ("set_aside", changed.conversation.level)))
        return changed

    async def _write(
        self, tx: Transaction, changed: Changed, decision: Decision, now: datetime
    ) -> list[tuple[Heard, MessageId]]:
        conversation = changed.conversation
        stored = await self._keep_heard(tx, conversation, decision, now)
        await tx.outbox.wake(conversation.id, now)
        talk = await self._answer(tx, conversation, decision, now)
        secret = [one.remote for one in decision.heard if one.act in SECRET and one.remote]
        await self._screen.take_off(tx, conversation, secret, now)
        talk = await self._screen.after(tx, conversation, talk, decision.reply.effects, decision.pressed, now)
        await self._write_beside(tx, changed, decision, now)
        conversation = await hear(tx, self._vault, conversation, decision.reply.effects, decision.pressed, now)
        sealed = seal_talk(self._vault, conversation.id, talk)
        saved = await tx.conversations.save(replace(conversation, state_sealed=sealed))
        kinds = [effect.kind for effect in decision.reply.effects]
        await self._flagging.after_turn(tx, saved, _codes(decision.heard), kinds, now)
        return stored

    async def _keep_heard(
        self, tx: Transaction, conversation: Conversation, decision: Decision, now: datetime
    ) -> list[tuple[Heard, MessageId]]:
        stored = []
        for one in decision.heard:
            text = self._text_to_keep(conversation, decision.talk, one)
            if text is None:
                continue
            message = Message(
                id=new_message_id(),
                conversation=conversation.id,
                turn=conversation.turn,
                author="person",
                sealed=self._vault.seal_to(conversation.public_key, text.encode()),
                at=one.row.received_at,
                read=not one.wants_reading,
                remote=one.remote,
            )
            await tx.messages.add(message)
            observed = self._observed(conversation, decision, one)
            await tx.messages.add_observations(seal(self._vault, conversation.id, message.id, observed, now))
            stored.append((one, message.id))
            if one.act == KEEP:
                for thing in decision.kept:
                    sealed = self._vault.seal_to(conversation.public_key, thing)
                    await tx.casework.add_attachment(conversation.id, message.id, sealed, now)
        return stored

    def _text_to_keep(self, conversation: Conversation, talk: Talk, one: Heard) -> str | None:
        # A counsellor who reads along sees that something came, and that it is not here.
        sent = f"▸ {self._label('attachments.sent-label', conversation.language)}"
        if one.kind == "other":
            return sent
        if one.kind in NOT_KEPT or one.kind == "start" or one.act in NOT_SAID:
            return None
        if one.kind == "press":
            label = talk.labels.get(str(one.act)) if one.act is not None else None
            return None if label is None else f"▸ {self._label(label, conversation.language)}"
        # Below the words, so that the places of what was read in them stay.
        return f"{one.text}\n{sent}" if one.sent else one.text

    def _observed(self, conversation: Conversation, decision: Decision, one: Heard) -> list[Observed]:
        """Give what a message says of indicators; an answer to the mirror belongs to the press that gave it."""
        if one.act is None or one.act != decision.pressed or one.act not in ANSWERS:
            return heard_in(one.reading)
        before = open_talk(self._vault, conversation.id, conversation.state_sealed)
        return answered_by(self._catalogue, before, one.act, decision.reply.effects)

    async def _answer(self, tx: Transaction, conversation: Conversation, decision: Decision, now: datetime) -> Talk:
        """Put the answer on its way. The answer to "stop" is the last thing that leaves, so it goes by itself."""
        if any(effect.kind == PAUSE for effect in decision.reply.effects):
            for say in decision.reply.say:
                await self._speaker.last_words(tx, conversation, say, now)
            return decision.talk
        if conversation.flags.covered:
            return await self._screen.begin(tx, conversation, decision.talk, now)
        says = (*await told_first(tx, conversation, decision.reply, now), *decision.reply.say)
        return await self._speaker.say(tx, conversation, decision.talk, says, now)

    async def _write_beside(self, tx: Transaction, changed: Changed, decision: Decision, now: datetime) -> None:
        """Write consents, alerts and audit of the turn."""
        conversation = changed.conversation
        if changed.consent is not None:
            act = str(decision.pressed)
            await tx.casework.add_consent(
                Consent(conversation.id, changed.consent, self._home, act, conversation.turn, now)
            )
        if changed.left is not None:
            await tx.staff.block(changed.left, conversation.id, BY_THE_PERSON, now)
        if changed.promised is not None:
            await tx.promises.add(conversation.id, now, changed.promised, 0)
        for kind, level in changed.alerts:
            await tx.casework.add_alert(conversation.id, conversation.code, kind, level, now)
        for act, codes in changed.audit:
            await tx.casework.add_audit(AuditEntry(now, "person", act, conversation.id, dict(codes)))

    async def _erase(self, tx: Transaction, conversation: Conversation, reply: Reply, now: datetime) -> None:
        if Effect(ERASE, "chat") in reply.effects:
            await self._screen.outlive(tx, conversation, now)
        await forget(tx, conversation, "person", now)
        for say in reply.say:
            await self._speaker.farewell(tx, conversation, say, now)

    async def add_readings(
        self, conversation: ConversationId, stored: Sequence[tuple[Heard, MessageId]], read: Sequence[Heard]
    ) -> None:
        """Add what was read of messages that were shown first: observations, and danger for staff."""
        by_row = {one.row.id: one for one in read if one.reading is not None}
        pairs = [(by_row[shown.row.id], message) for shown, message in stored if shown.row.id in by_row]
        now = self._clock.now()
        if any(one.unread for one in read):
            await self._call_about_unread(conversation, now)
        if not pairs:
            return
        async with self._records.begin() as tx:
            current = await tx.conversations.get(conversation)
            if current is None:
                return
            for one, message in pairs:
                await tx.messages.mark_read(message)
                observed = heard_in(one.reading)
                await tx.messages.add_observations(seal(self._vault, conversation, message, observed, now))
            changed = Changed(current)
            for one, _ in pairs:
                changed = raise_level(changed, _level(one), "danger_read")
            talk = open_talk(self._vault, conversation, current.state_sealed)
            codes = _codes([one for one, _ in pairs])
            sealed = seal_talk(self._vault, conversation, talk.with_known(codes))
            saved = await tx.conversations.save(replace(changed.conversation, state_sealed=sealed))
            await self._flagging.after_turn(tx, saved, codes, (), now)
            for kind, level in changed.alerts:
                await tx.casework.add_alert(current.id, current.code, kind, level, now)
        self._ring(conversation)

    async def _call_about_unread(self, conversation: ConversationId, now: datetime) -> None:
        """Who holds the talk reads for danger alone: staff know it, without text."""
        async with self._records.begin() as tx:
            current = await tx.conversations.get(conversation)
            if current is not None:
                await tx.casework.add_alert(current.id, current.code, "message_not_read", current.level, now)
        self._signals.publish("queue")

    async def say_trouble(
        self, conversation: ConversationId, wrote_at: datetime, understood: Understood | None, *, engine_is_well: bool
    ) -> None:
        """Say that the program cannot answer well now, at most once in ten minutes; call staff without text."""
        now = self._clock.now()
        async with self._records.begin() as tx:
            current = await tx.conversations.get(conversation)
            if current is None:
                return
            changed = _with_level(Changed(replace(current, last_inbound=wrote_at)), understood)
            said = current.trouble_said_at
            kept = changed.conversation
            if current.own.bot_may_speak and (said is None or now - said >= TROUBLE_AGAIN_AFTER):
                talk = open_talk(self._vault, conversation, current.state_sealed)
                talk = await self._speaker.say_beside(tx, kept, talk, Say("trouble.engine"), now)
                sealed = seal_talk(self._vault, conversation, talk)
                kept = replace(kept, trouble_said_at=now, state_sealed=sealed)
            kind = "message_not_read" if engine_is_well else "engine"
            await tx.casework.add_alert(None, None, kind, kept.level, now)
            for alert, level in changed.alerts:
                await tx.casework.add_alert(kept.id, kept.code, alert, level, now)
            await tx.conversations.save(kept)
        self._ring(conversation)

    def _ring(self, conversation: ConversationId, *, queue: bool = True) -> None:
        for topic in ("outbox", "screen", f"conversation:{conversation}", *(["queue"] if queue else [])):
            self._signals.publish(topic)


def _codes(heard: Iterable[Heard]) -> tuple[str, ...]:
    return tuple(i.code for one in heard if one.reading for i in one.reading.indicators)


def _looks_other(before: Conversation, after: Conversation) -> bool:
    """Tell whether the queue shows it otherwise. Most messages change nothing there, and every open desk would look."""
    shown = ("own", "level", "flags", "language", "wish_language", "wish_gender")
    return any(getattr(before, name) != getattr(after, name) for name in shown)


def _level(one: Heard) -> Level:
    if one.reading is None:
        return "P4"
    return level_of((i.code for i in one.reading.indicators), one.reading.urgency)


def _with_level(changed: Changed, understood: Understood | None) -> Changed:
    """Raise the mark by what was read."""
    if understood is None:
        return changed
    return raise_level(changed, level_of(understood.codes, understood.urgency), "danger_read")


def _with_child(changed: Changed, decision: Decision) -> Changed:
    """Under 18 with sexual exploitation or a sale is P1, also when the two were told weeks apart.

    Only a turn that says something of it raises the mark: what staff lowered is not raised again by an old word.
    """
    under_18 = decision.talk.age == "child"
    said = set(decision.understood.codes if decision.understood else ())
    is_new = not said.isdisjoint({"child", *CHILD_CONCERN}) or decision.pressed == Act("age_child")
    if is_new and is_child_protection_concern({*said, *decision.talk.known}, under_18=under_18):
        return raise_level(changed, "P1", "child_protection")
    return changed


def _unreachable(changed: Changed) -> Changed:
    """They left the chat: nothing is sent until they write, and staff who wait for them are told."""
    conversation = changed.conversation
    flags = replace(conversation.flags, unreachable=True)
    return replace(
        changed,
        conversation=replace(conversation, flags=flags),
        alerts=(*changed.alerts, ("unreachable", conversation.level)),
    )
