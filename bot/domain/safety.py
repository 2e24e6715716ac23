"""Danger first (design/conversation.md, `safety`; rules S1-S4, S13): `urgency` leads here, `urgency_maybe` asks."""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import DECLINE_SAFETY, RAISE_DANGER
from bot.domain.handoff import MAY_WRITE
from bot.domain.reply import Button, Effect, Reply, Say

CHECK_ANSWERS: Final = (
    Button(Act("danger"), "safety.check-yes"),
    Button(Act("safety_no"), "safety.check-no"),
    Button(Act("safety_unsure"), "safety.check-unsure"),
)


def danger(case: Case) -> Reply:
    """The person says they are in danger now: the truth about who can help, and one button to let a person write.

    The sentence needs no engine. No number is said, for none is verified yet.
    """
    key = "safety.danger" if case.on_duty else "safety.danger-nobody"
    buttons = () if case.state in ("QUEUED", "RESERVED") else (MAY_WRITE,)
    return Reply((Say(key, buttons=buttons),), (Effect(RAISE_DANGER),))


def urgent(case: Case) -> Reply:
    """Something urgent was read: speak to that, then let a person in by one button."""
    first = {
        "self_harm": "safety.self-harm",
        "medical": "safety.medical",
        "child_at_risk": "safety.child",
    }.get(case.urgency, "safety.check")
    if first == "safety.check":
        return Reply((Say("safety.check", buttons=CHECK_ANSWERS),))
    return Reply((Say(first, buttons=(MAY_WRITE, CHECK_ANSWERS[0])),))


def soft_check(case: Case) -> Reply:
    """It may have been danger: one soft question, never an alarm."""
    return Reply((Say("safety.check", buttons=CHECK_ANSWERS),))


def declined(case: Case) -> Reply:
    """The person's own no ends the safety path for this talk."""
    return Reply((Say("safety.no-said"),), (Effect(DECLINE_SAFETY),))


def unsure(case: Case) -> Reply:
    """They cannot say: nothing is pressed, and a person can be let in by one button."""
    return Reply((Say("safety.unsure", buttons=(MAY_WRITE,)),), (Effect(DECLINE_SAFETY),))
