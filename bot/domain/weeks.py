"""Being written to first: the questions about it, and their answers by button (rules S8, P6).

They need no engine, like everything on the way to a person (design/conversation.md, *Safe contact*).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import CHECK_INS, CLOCK, PLAN
from bot.domain.pacing_state import from_json
from bot.domain.plan import OFFSETS, PARTS
from bot.domain.reply import Button, Effect, Reply, Say

CANCEL: Final = Button(Act("handoff_cancel"), "handoff.cancel")
TODAY: Final = Button(Act("contact_today"), "weeks.today")
HOURS: Final = Button(Act("contact_hours"), "weeks.hours")
NEVER: Final = Button(Act("contact_never"), "weeks.never")
CHECK_IN: Final = Button(Act("check_in_yes"), "weeks.check-in")
NO_CHECK_IN: Final = Button(Act("check_in_no"), "weeks.check-in-no")
MENU: Final = Button(Act("contact"), "weeks.plan-label")
"""Under *More*: see, change or take back what was allowed."""

PART_ANSWERS: Final = (
    Button(Act("contact_morning"), "weeks.morning"),
    Button(Act("contact_midday"), "weeks.midday"),
    Button(Act("contact_evening"), "weeks.evening"),
    Button(Act("contact_night"), "weeks.night"),
)

OTHER_CLOCK: Final = Button(Act("clock_other"), "weeks.clock-other")
CLOCK_ACTS: Final = frozenset(Act(f"clock_{minutes}") for page in OFFSETS for minutes in page)
PART_ACTS: Final = frozenset(Act(f"contact_{part}") for part in PARTS)

CLOCK_COUNTS_FOR: Final = timedelta(minutes=10)
"""So long a clock that was shown is near enough to the time there."""

_WAITING: Final = ("QUEUED", "RESERVED", "PROMISED")


def ask_contact(case: Case, *more: Button) -> tuple[Say, ...]:
    """Ask whether we may write here later; nothing when they answered before."""
    if case.plan.may_write:
        return ()
    return (Say("weeks.may-write", buttons=(TODAY, HOURS, NEVER, *more)),)


def _menu(case: Case) -> Reply:
    buttons = [TODAY, HOURS]
    if case.plan.may_write and case.plan.parts and case.plan.offset is not None:
        buttons.append(NO_CHECK_IN if case.plan.check_ins else CHECK_IN)
    return Reply((Say("weeks.plan-ask", buttons=(*buttons, NEVER)),))


def _today(case: Case) -> Reply:
    return Reply((_kept(case),), (Effect(PLAN, "today"),))


def _ask_part(case: Case) -> Reply:
    return Reply((Say("weeks.which-hours", buttons=PART_ANSWERS),))


def _part(act: Act, case: Case) -> Reply:
    effects = (Effect(PLAN, act.removeprefix("contact_")),)
    if case.plan.offset is None:
        return Reply((_ask_clock(case.now, 0),), effects)
    return Reply((_kept(case),), effects)


def _never(case: Case) -> Reply:
    return Reply((Say("weeks.plan-none", buttons=_cancel(case)),), (Effect(PLAN, "none"),))


def _ask_clock(now: datetime, page: int) -> Say:
    """Show what clocks show now; the press tells the offset and nothing else."""
    shown = [
        Button(Act(f"clock_{minutes}"), "weeks.clock", (("time", f"{now + timedelta(minutes=minutes):%H:%M}"),))
        for minutes in OFFSETS[page]
    ]
    more = () if page else (OTHER_CLOCK,)
    return Say("weeks.clock-ask", buttons=(*shown, *more, NEVER))


def _other_clock(case: Case) -> Reply:
    return Reply((_ask_clock(case.now, 1),))


def _clock(act: Act, case: Case) -> Reply:
    if _is_old(act, case):
        return Reply((_ask_clock(case.now, next(p for p, page in enumerate(OFFSETS) if _offset(act) in page)),))
    said = [_kept(case)]
    if case.state not in _WAITING and not case.plan.check_ins:
        said = [Say("weeks.plan-kept", buttons=(CHECK_IN,))]
    return Reply(tuple(said), (Effect(CLOCK, act.removeprefix("clock_")),))


def _offset(act: Act) -> int:
    return int(act.removeprefix("clock_"))


def _is_old(act: Act, case: Case) -> bool:
    """Tell whether what stands on the pressed clock was long ago: who reads it later would be written to too late."""
    asked = from_json(case.dialogue.get("pacing")).asked
    shown = next((dict(it.args)["time"] for it in asked.buttons if it.act == act), "") if asked else ""
    if not shown:
        return False
    there = case.now + timedelta(minutes=_offset(act))
    hour, minute = map(int, shown.split(":"))
    behind = there - there.replace(hour=hour, minute=minute)
    return behind % timedelta(days=1) > CLOCK_COUNTS_FOR


def _check_in(case: Case) -> Reply:
    if not case.plan.parts or case.plan.offset is None:
        return _ask_part(case)
    return Reply((Say("weeks.check-in-kept"),), (Effect(CHECK_INS, "yes"),))


def _no_check_in(case: Case) -> Reply:
    return Reply((Say("weeks.check-in-ended"),), (Effect(CHECK_INS, "no"),))


def _kept(case: Case) -> Say:
    return Say("weeks.plan-kept", buttons=_cancel(case))


def _cancel(case: Case) -> tuple[Button, ...]:
    return (CANCEL,) if case.state in _WAITING else ()


_ANSWERS: Final[dict[Act, Callable[[Case], Reply]]] = {
    MENU.act: _menu,
    TODAY.act: _today,
    HOURS.act: _ask_part,
    NEVER.act: _never,
    OTHER_CLOCK.act: _other_clock,
    CHECK_IN.act: _check_in,
    NO_CHECK_IN.act: _no_check_in,
}


def is_about_contact(act: Act) -> bool:
    """Tell whether a button belongs here."""
    return act in _ANSWERS or act in PART_ACTS or act in CLOCK_ACTS


def answer(act: Act, case: Case) -> Reply | None:
    """Answer a button about being written to; None when it is not one."""
    if act in PART_ACTS:
        return _part(act, case)
    if act in CLOCK_ACTS:
        return _clock(act, case)
    found = _ANSWERS.get(act)
    return None if found is None else found(case)
