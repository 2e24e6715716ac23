"""Whether reviewers may look at what somebody told: asked, given and taken back by button, without the engine (H8).

A consent of its own: a yes to a counsellor does not cover it. A child is not asked (C7): for them there are people.
"""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import END_REVIEW, LET_REVIEW
from bot.domain.mirror import is_child
from bot.domain.reply import Button, Effect, Reply, Say

ASK: Final = Button(Act("review"), "review.label")
"""Under *More*, while nobody may look."""
YES: Final = Button(Act("review_yes"), "review.yes")
NO: Final = Button(Act("review_no"), "review.no")
END: Final = Button(Act("review_end"), "review.end-label")
"""Under *More*, while somebody may look; it works from every message, for it gives nothing away."""
PERSON: Final = Button(Act("person"), "escape.person")

ASKED_BY_STAFF: Final = Say("review.asked", buttons=(YES, NO))
"""What the person is asked when a reviewer would like to look."""


def menu_button(case: Case) -> tuple[Button, ...]:
    """Give what stands under *More*: take it back where it was given, else offer it, to a child never."""
    if case.reviewed:
        return (END,)
    return () if is_child(case) else (ASK,)


def ask(case: Case) -> Reply:
    """Say what it is, then ask; a child is offered a person in its place."""
    if is_child(case):
        return Reply((Say("review.child", buttons=(PERSON,)),))
    if case.reviewed:
        return Reply((Say("review.given", buttons=(END,)),))
    return Reply((Say("review.about"), Say("review.ask", buttons=(YES, NO))))


def give(case: Case) -> Reply:
    """They pressed yes. Who said meanwhile that they are under 18 is offered a person in its place (C7)."""
    if is_child(case):
        return ask(case)
    return Reply((Say("review.given"),), (Effect(LET_REVIEW, "yes"),))


def decline(case: Case) -> Reply:
    """No is a sound decision; what was given before is taken back with it."""
    return end(case) if case.reviewed else Reply((Say("review.declined"),))


def end(case: Case) -> Reply:
    """Nobody may look any more, and what was open is closed."""
    return Reply((Say("review.ended"),), (Effect(END_REVIEW),))


_ANSWERS: Final = {ASK.act: ask, YES.act: give, NO.act: decline, END.act: end}


def is_mine(act: Act) -> bool:
    """Tell whether a button belongs here."""
    return act in _ANSWERS


def answer(act: Act, case: Case) -> Reply:
    """Answer one of the buttons; another raises KeyError."""
    return _ANSWERS[act](case)
