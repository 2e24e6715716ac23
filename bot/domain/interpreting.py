"""An interpreter in a talk with a counsellor: asked for by the counsellor, let in by the person's own button.

The counsellor stays the one who writes. Silence is no consent, and the person ends it with one press at any moment.
"""

from __future__ import annotations

from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import ADMIT_INTERPRETER, END_INTERPRETER
from bot.domain.reply import Button, Effect, Reply, Say

YES: Final = Button(Act("interpreter_yes"), "interpreter.yes")
NO: Final = Button(Act("interpreter_no"), "interpreter.no")
END: Final = Button(Act("interpreter_end"), "interpreter.end")
BACK: Final = Button(Act("back"), "handoff.back")
CHANGE: Final = Button(Act("handoff_change"), "handoff.change")

ASK: Final = Say("interpreter.ask", buttons=(YES, NO, BACK))
LEFT: Final = Say("interpreter.left", buttons=(CHANGE, BACK))
_LATE: Final = Reply((Say("interpreter.late"),))


def admit(case: Case) -> Reply:
    """Let the interpreter in from now on; a question that has ended lets nobody in."""
    if case.interpreter != "asked":
        return _LATE
    return Reply((Say("interpreter.here", buttons=(END, CHANGE, BACK)),), (Effect(ADMIT_INTERPRETER),))


def decline(case: Case) -> Reply:
    """No is a sound decision: nothing changes."""
    if case.interpreter != "asked":
        return _LATE
    return Reply((Say("interpreter.declined", buttons=(CHANGE, BACK)),), (Effect(END_INTERPRETER),))


def end(case: Case) -> Reply:
    """From now on nobody but the counsellor reads; pressed twice it is said again."""
    effects = (Effect(END_INTERPRETER),) if case.interpreter else ()
    return Reply((LEFT,), effects)


_ANSWERS: Final = {YES.act: admit, NO.act: decline, END.act: end}
ACTS: Final = frozenset(_ANSWERS)


def is_mine(act: Act) -> bool:
    """Tell whether a button belongs here."""
    return act in ACTS


def answer(act: Act, case: Case) -> Reply:
    """Answer a button about the interpreter; an act of elsewhere raises KeyError."""
    return _ANSWERS[act](case)
