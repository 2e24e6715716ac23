"""Whether new example sentences may be written from what somebody told: asked, given and taken back by button (D4).

A yes of its own, beside the one to be looked at: it opens nothing to anybody. The default is no, and a child is not
asked (C7).
"""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import END_LEARN, LET_LEARN
from bot.domain.mirror import is_child
from bot.domain.reply import Button, Effect, Reply, Say

ASK: Final = Button(Act("learn"), "learn.label")
"""Under *More*, once something was told."""
YES: Final = Button(Act("learn_yes"), "learn.yes")
NO: Final = Button(Act("learn_no"), "learn.no")
END: Final = Button(Act("learn_end"), "learn.end-label")
"""Under *More*, while it may be done; it gives nothing away."""


def menu_button(case: Case) -> tuple[Button, ...]:
    """Give what stands under *More*: take it back where it was given, offer it after a talk, to a child never."""
    if case.learns:
        return (END,)
    return () if is_child(case) or not case.told else (ASK,)


def ask(case: Case) -> Reply:
    """Say what it is, then ask."""
    if is_child(case):
        return decline(case)
    return Reply((Say("learn.about"), Say("learn.ask", buttons=(YES, NO))))


def give(case: Case) -> Reply:
    """They pressed yes; who said meanwhile that they are under 18 is not taken at their word (C7)."""
    if is_child(case):
        return decline(case)
    return Reply((Say("learn.given"),), (Effect(LET_LEARN, "yes"),))


def decline(case: Case) -> Reply:
    """No is a sound decision; what was given before is taken back with it."""
    return end(case) if case.learns else Reply((Say("learn.declined"),))


def end(case: Case) -> Reply:
    """Nothing is written from it any more."""
    return Reply((Say("learn.ended"),), (Effect(END_LEARN),))


_ANSWERS: Final = {ASK.act: ask, YES.act: give, NO.act: decline, END.act: end}


def is_mine(act: Act) -> bool:
    """Tell whether a button belongs here."""
    return act in _ANSWERS


def answer(act: Act, case: Case) -> Reply:
    """Answer one of the buttons; another raises KeyError."""
    return _ANSWERS[act](case)
