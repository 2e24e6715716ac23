"""Lets the effects of a turn change the conversation: ownership, consents, flags, language, the mark at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from bot.domain import effects as kinds
from bot.domain.codes import Act, Level, MemberId
from bot.domain.consent import INTERPRETED, LEARNT_FROM, READS_ALL, REVIEW_ENDED, REVIEWED, SCOPES
from bot.domain.ownership import HUMAN_OWNS, Deed, Does, NotPossible, Ownership, State, step
from bot.domain.remembering import KEPT_AFTER_HANDOFF
from bot.domain.reply import Effect
from bot.domain.triage import ALERTING, higher
from bot.services import weeks
from bot.services.records import Conversation

KEPT_AFTER: Final = KEPT_AFTER_HANDOFF
CONSENT_TO_READ: Final = READS_ALL


@dataclass(frozen=True)
class Changed:
    """The conversation after a turn, and what has to be written beside it."""

    conversation: Conversation
    consent: str | None = None
    alerts: tuple[tuple[str, Level], ...] = ()
    """Kind and level of each alert to raise."""
    audit: tuple[tuple[str, dict[str, str]], ...] = ()
    """Act and codes of each audit entry, all by the person."""
    paused: bool = False
    erased: bool = False
    left: MemberId | None = None
    """The counsellor with whom they would rather not write."""
    promised: datetime | None = None
    """By when they were told that somebody aims to write."""
    refused: tuple[str, ...] = field(default=())
    """Effects that were not allowed in this turn or state; nothing of them happened."""


def apply_effects(conversation: Conversation, wanted: Iterable[Effect], pressed: Act | None, now: datetime) -> Changed:
    """Apply what the turn may have; an effect that gives something away needs its own button."""
    changed = Changed(conversation)
    for effect in wanted:
        if not kinds.is_allowed(effect, pressed):
            changed = replace(changed, refused=(*changed.refused, effect.kind))
            continue
        try:
            changed = _apply(changed, effect, now)
        except NotPossible:
            changed = replace(changed, refused=(*changed.refused, effect.kind))
    return changed


def leave_offer(conversation: Conversation, handled: Iterable[Effect], now: datetime) -> Conversation:
    """Whatever else a person writes while something is offered, or after the end, brings them back to the program."""
    own = conversation.own
    about_handoff = {kinds.OFFER_HANDOFF, kinds.QUEUE, kinds.PROMISE, kinds.DECLINE_HANDOFF}
    if any(effect.kind in about_handoff for effect in handled):
        return conversation
    if own.state in (State.OFFERED, State.CLOSED):
        return replace(conversation, own=step(own, Deed(Does.WRITE), now))
    return conversation


def raise_level(changed: Changed, level: Level, kind: str) -> Changed:
    """Raise the mark; a P0 or P1 that is new calls staff, and so does every danger the person says themselves."""
    before = changed.conversation.level
    after = higher(before, level)
    changed = replace(changed, conversation=replace(changed.conversation, level=after))
    if level in ALERTING and (after != before or kind == "danger"):
        changed = replace(changed, alerts=(*changed.alerts, (kind, level)))
    return changed


def _apply(changed: Changed, effect: Effect, now: datetime) -> Changed:
    does = DEEDS.get(effect.kind)
    return _CHANGES[effect.kind](changed, effect, now) if does is None else _move(changed, effect, does, now)


def _with(changed: Changed, **fields: Any) -> Changed:
    return replace(changed, conversation=replace(changed.conversation, **fields))


def _opened(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return _with(changed, opened_at=changed.conversation.opened_at or now)


def _set_language(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return _with(changed, language=effect.value, language_chosen=True)


def _decline_safety(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return _with(changed, safety_declined_at=now)


def _raise_danger(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return raise_level(replace(changed, audit=(*changed.audit, ("danger_said", {}))), "P0", "danger")


def _pause(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return replace(_with(changed, flags=replace(changed.conversation.flags, paused=True)), paused=True)


def _erase(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return replace(changed, erased=True)


def raise_takeover(changed: Changed) -> Changed:
    """Somebody else has the phone: staff are told each time, without text (S10)."""
    level = higher(changed.conversation.level, "P1")
    changed = replace(changed, conversation=replace(changed.conversation, level=level))
    audit = (*changed.audit, ("takeover_said", {}))
    return replace(changed, alerts=(*changed.alerts, ("takeover", "P1")), audit=audit)


def _takeover(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return raise_takeover(changed)


def _cover(changed: Changed, effect: Effect, now: datetime) -> Changed:
    flags = replace(changed.conversation.flags, covered=True)
    return _with(changed, flags=flags, covered_at=now)


def _clear(changed: Changed, effect: Effect, now: datetime) -> Changed:
    return _with(changed, clears=effect.kind == kinds.CLEAR_ON)


def _complain(changed: Changed, effect: Effect, now: datetime) -> Changed:
    alert = ("complaint", changed.conversation.level)
    return replace(changed, alerts=(*changed.alerts, alert), audit=(*changed.audit, ("complained", {})))


def _erase_last(changed: Changed, effect: Effect, now: datetime) -> Changed:
    """Only write down that it was done; `bot.services.screen` deletes it."""
    return replace(changed, audit=(*changed.audit, ("message_erased", {})))


def _let_review(changed: Changed, effect: Effect, now: datetime) -> Changed:
    """Reviewers may look, or may not any more; the talk keeps it too, for its menu."""
    scope = REVIEWED if effect.kind == kinds.LET_REVIEW else REVIEW_ENDED
    return replace(changed, consent=scope, audit=(*changed.audit, (effect.kind, {})))


def _let_learn(changed: Changed, effect: Effect, now: datetime) -> Changed:
    """New example sentences may be written, or may not any more; the talk keeps it too, for its menu."""
    scope = LEARNT_FROM if effect.kind == kinds.LET_LEARN else f"{LEARNT_FROM}:none"
    return replace(changed, consent=scope, audit=(*changed.audit, (effect.kind, {})))


def _kept_in_talk(changed: Changed, effect: Effect, now: datetime) -> Changed:
    """Change nothing here: `Talk.after` keeps it, sealed, for the clock never asks for it."""
    return changed


def _observed(changed: Changed, effect: Effect, now: datetime) -> Changed:
    """Change nothing here: it becomes an observation beside the message that was pressed (`bot.services.observe`)."""
    return changed


def _in_weeks(changed: Changed, effect: Effect, now: datetime) -> Changed:
    conversation, scope = weeks.change(changed.conversation, effect, now)
    return replace(changed, conversation=conversation, consent=scope or changed.consent)


_CHANGES: Final = {
    **dict.fromkeys(weeks.CHANGES, _in_weeks),
    kinds.OPENED: _opened,
    kinds.SET_LANGUAGE: _set_language,
    kinds.DECLINE_SAFETY: _decline_safety,
    kinds.RAISE_DANGER: _raise_danger,
    kinds.PAUSE: _pause,
    kinds.ERASE: _erase,
    kinds.ERASE_LAST: _erase_last,
    kinds.COMPLAIN: _complain,
    kinds.COVER: _cover,
    kinds.TAKEOVER: _takeover,
    kinds.CLEAR_ON: _clear,
    kinds.CLEAR_OFF: _clear,
    kinds.LET_REVIEW: _let_review,
    kinds.END_REVIEW: _let_review,
    kinds.LET_LEARN: _let_learn,
    kinds.END_LEARN: _let_learn,
    kinds.SET_THEME: _kept_in_talk,
    kinds.SET_ALOUD: _kept_in_talk,
    kinds.AWAIT: _kept_in_talk,
    kinds.SET_WORD: _kept_in_talk,
    kinds.SET_SECOND: _kept_in_talk,
    kinds.SET_AGE: _kept_in_talk,
    kinds.SET_ABOUT: _kept_in_talk,
    kinds.SET_COUNTRY: _kept_in_talk,
    kinds.OBSERVE: _observed,
    # Written by `bot.services.referral.answers`, in the same transaction.
    kinds.REFER: _kept_in_talk,
    kinds.REFER_STOP: _kept_in_talk,
}

DEEDS: Final = {
    kinds.OFFER_HANDOFF: Does.OFFER,
    kinds.DECLINE_HANDOFF: Does.DECLINE,
    kinds.QUEUE: Does.QUEUE,
    kinds.PROMISE: Does.PROMISE,
    kinds.CANCEL_HANDOFF: Does.CANCEL,
    kinds.BACK_TO_PROGRAM: Does.BACK,
    kinds.REFUSE_TRANSFER: Does.REFUSE,
    kinds.CHANGE_COUNSELLOR: Does.CHANGE,
    kinds.ADMIT_INTERPRETER: Does.ADMIT_INTERPRETER,
    kinds.END_INTERPRETER: Does.END_INTERPRETER,
}
"""What the person does by an effect to who owns the conversation; each is an act of the audit by its own name."""

_NOTHING_TO_DO: Final = {
    (State.OFFERED, Does.OFFER),
    (State.QUEUED, Does.QUEUE),
    (State.BOT, Does.DECLINE),
    (State.BOT, Does.CANCEL),
    (State.BOT, Does.BACK),
}
"""Where the wish is already so: a second press, or one that crossed with somebody else's act."""


def _move(changed: Changed, effect: Effect, does: Does, now: datetime) -> Changed:
    conversation = changed.conversation
    own: Ownership = conversation.own
    if (own.state, does) in _NOTHING_TO_DO:
        return changed
    if own.state in HUMAN_OWNS:
        conversation = replace(conversation, keep_until=max(filter(None, (conversation.keep_until, now + KEPT_AFTER))))
    left, was_read = own.counsellor, own.interpreting is not None and own.interpreting.agreed
    due = datetime.fromisoformat(effect.value) if does is Does.PROMISE else None
    own = step(own, Deed(does, due=due), now)
    conversation = replace(conversation, own=own)
    if does in (Does.OFFER, Does.DECLINE):
        conversation = replace(conversation, offered_at=now)
    audit = (*changed.audit, (effect.kind, {"state": own.state.value}))
    changed = replace(changed, conversation=conversation, audit=audit)
    if does is Does.ADMIT_INTERPRETER or (does is Does.END_INTERPRETER and was_read):
        return replace(changed, consent=INTERPRETED if does is Does.ADMIT_INTERPRETER else f"{INTERPRETED}:none")
    if does is Does.CHANGE:
        changed = replace(changed, left=left)
        return replace(changed, alerts=(*changed.alerts, ("waiting", conversation.level)))
    if does is Does.PROMISE:
        changed = replace(changed, consent=CONSENT_TO_READ, promised=due)
        return replace(changed, conversation=replace(conversation, level=higher(conversation.level, "P3")))
    if does is Does.QUEUE:
        changed = replace(changed, consent=SCOPES.get(effect.value, CONSENT_TO_READ))
        changed = replace(changed, conversation=replace(conversation, level=higher(conversation.level, "P3")))
        return replace(changed, alerts=(*changed.alerts, ("waiting", changed.conversation.level)))
    return changed
