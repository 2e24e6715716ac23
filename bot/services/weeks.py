"""What a turn changes for the weeks to come: plan, check-ins, remembering, wishes; and the consent each one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.domain import consent, plan, remembering
from bot.domain import effects as kinds
from bot.domain.reply import Effect, Say
from bot.services.records import Conversation

Result = tuple[Conversation, str]
"""The conversation after it, and the scope of the consent it is; empty where it is none."""

CHECK_INS_KEEP: Final = timedelta(days=30)
"""A check-in of somebody who was forgotten would come from nowhere: asking for them asks to be remembered too."""


def _plan(it: Conversation, value: str, now: datetime) -> Result:
    if value == "none":
        changed = plan.no_writing(it.plan)
    elif value == "today":
        changed = plan.any_time_today(it.plan, now)
    else:
        changed = plan.certain_hours(it.plan, value)
    return replace(it, plan=changed), f"{consent.WRITTEN_TO}:{value}"


def _clock(it: Conversation, value: str, now: datetime) -> Result:
    return replace(it, plan=plan.with_offset(it.plan, int(value))), ""


def _check_ins(it: Conversation, value: str, now: datetime) -> Result:
    if value != "yes":
        changed = replace(it, plan=replace(it.plan, check_ins=False, check_in_at=None))
        return changed, f"{consent.CHECKED_ON}:none"
    changed = replace(it, plan=plan.with_check_ins(it.plan, now))
    if not changed.plan.check_ins:
        return changed, ""
    keep = max(filter(None, (it.keep_until, now + CHECK_INS_KEEP)))
    days = max(it.remember_days or 0, CHECK_INS_KEEP.days)
    return replace(changed, keep_until=keep, remember_days=days), consent.CHECKED_ON


def _remember(it: Conversation, value: str, now: datetime) -> Result:
    days = int(value)
    keep = remembering.prolonged(it.keep_until, days, now)
    return replace(it, remember_days=days, keep_until=keep), f"{consent.REMEMBERED}:{days}"


def _wish(it: Conversation, value: str, now: datetime) -> Result:
    what, _, wished = value.partition(":")
    if what == "language":
        # Their own language needs no wish.
        return replace(it, wish_language="" if wished == it.language else wished), ""
    return replace(it, wish_gender=wished), ""


CHANGES: Final[dict[str, Callable[[Conversation, str, datetime], Result]]] = {
    kinds.PLAN: _plan,
    kinds.CLOCK: _clock,
    kinds.CHECK_INS: _check_ins,
    kinds.REMEMBER_FOR: _remember,
    kinds.WISH: _wish,
}
"""Kind of the effect, and what it does."""


def change(it: Conversation, effect: Effect, now: datetime) -> Result:
    """Apply one effect; one of another kind raises KeyError."""
    return CHANGES[effect.kind](it, effect.value, now)


def after_they_wrote(it: Conversation, now: datetime) -> Conversation:
    """A sign of life: the knock is answered, and the days of remembering begin anew."""
    return replace(
        it,
        plan=plan.they_wrote(it.plan, now),
        keep_until=remembering.prolonged(it.keep_until, it.remember_days, now),
    )


def after_it_was_asked(it: Conversation, says: tuple[Say, ...]) -> Conversation:
    """Count how often they were asked whether to remember, from what was said: no flow can forget to count."""
    asked = sum(1 for say in says if say.key == remembering.ASK)
    return replace(it, remember_asked=it.remember_asked + asked) if asked else it
