"""When the writer is under 18, or may be (design/conversation.md, `child`; rules C1-C7).

A sign, or "younger" to the one soft question, brings the whole of it: the duty to report is said first, then only
safety, place and wishes; nobody of the family is told by the program. Unknown age keeps child-safe words everywhere.
"""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import REMEMBER, SET_AGE
from bot.domain.pacing_state import from_json
from bot.domain.reply import Button, Effect, Reply, Say

SIGN: Final = "child_sign"
"""The intent of a turn in which a first sign was read."""
TOPICS: Final = frozenset({"safety", "place", "wishes"})
"""All that the program asks a child about (C3)."""
ONLY: Final = "child.only"
TOLD: Final = "child.duty"
"""Remembered once the duty was said."""

AGE_ANSWERS: Final = (
    Button(Act("age_adult"), "child.age-adult"),
    Button(Act("age_child"), "child.age-child"),
    Button(Act("age_skip"), "child.age-skip"),
)
CHOICES: Final = (
    Button(Act("danger"), "escape.danger"),
    Button(Act("person"), "escape.person"),
    Button(Act("ground"), "grounding.label"),
)

_AGES: Final = {"age_adult": "adult", "age_child": "child", "age_skip": "unsaid"}
_HEAVIER: Final = frozenset({"medium", "heavy"})


def is_child(case: Case) -> bool:
    """Tell whether the writer is to be treated as under 18: they said so, or a sign was read and no "18 or older"."""
    if case.age in ("adult", "child"):
        return case.age == "child"
    return case.about == "self" and "child" in (*case.heard, *case.known)


def age_is_due(case: Case, heaviness: str) -> bool:
    """Tell whether the age is to be asked before a question of this heaviness: once, and never again after a skip."""
    return heaviness in _HEAVIER and case.age == "unknown" and case.about == "self" and not is_child(case)


def ask_age(case: Case) -> Say:
    """Ask softly, and let it be left out (C1)."""
    return Say("child.age", buttons=AGE_ANSWERS)


def may_ask(case: Case, topic: str) -> bool:
    """Tell whether the program may ask about this topic at all (C3)."""
    return not is_child(case) or topic in TOPICS


def is_new_sign(case: Case) -> bool:
    """Tell whether a sign was read, now or in a turn that danger took, and a child was not told yet what is due."""
    told = from_json(case.dialogue.get("pacing")).child_told
    return "child" in (*case.heard, *case.known) and is_child(case) and not told


def duty(case: Case) -> tuple[Say, ...]:
    """Say what may have to be reported, in the sentence of the country where one is written; once in a talk (C2)."""
    if TOLD in (case.dialogue.get("said") or ()):
        return ()
    return (Say(case.here("child.duty")),)


def begin(case: Case) -> Reply:
    """Say the duty first, then what will and will not be asked, then that the family is not told (C2, C3, C6)."""
    said = (*duty(case), Say(ONLY), Say("child.parents", buttons=CHOICES))
    return Reply(said, (Effect(REMEMBER, TOLD),))


def hear_age(case: Case, intent: str) -> Reply:
    """Take the answer as it is; "younger" brings everything that is due to a child."""
    age = Effect(SET_AGE, _AGES[intent])
    if intent == "age_child":
        begun = begin(case)
        return Reply(begun.say, (age, *begun.effects))
    return Reply((Say("child.age-heard"),), (age,))
