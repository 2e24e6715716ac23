"""Danger first (design/conversation.md, `safety`; rules S1-S4, S13): `urgency` leads here, `urgency_maybe` asks.

A human or a reviewed number within two messages. Where there is neither, the truth is said: an alarm was left, nobody
is there, and no number is known. Nobody is said to be coming (S18).
"""

from __future__ import annotations

from typing import Final

from bot.domain import calling, child, listening
from bot.domain.case import Case
from bot.domain.codes import Act, Urgency
from bot.domain.contacts import Purpose
from bot.domain.effects import DECLINE_SAFETY, RAISE_DANGER, REMEMBER, SET_COUNTRY
from bot.domain.handoff import MAY_WRITE
from bot.domain.pacing_hearing import DANGER, MEDICAL, MEDICAL_ASK, SELF_HARM, SELF_HARM_ASK
from bot.domain.pacing_state import from_json
from bot.domain.reply import Button, Effect, Reply, Say

YES: Final = Button(Act("danger"), "safety.check-yes")
UNSURE: Final = Button(Act("safety_unsure"), "safety.check-unsure")
CALM: Final = Button(Act("ground"), "grounding.label")
HIDE: Final = Button(Act("hide"), "safety.hide")

CHECK_ANSWERS: Final = (YES, Button(Act("safety_no"), "safety.check-no"), UNSURE)
SELF_HARM_ANSWERS: Final = (
    Button(Act("self_harm_now"), "safety.self-harm-yes"),
    Button(Act("safety_no"), "safety.self-harm-no"),
    UNSURE,
)
MEDICAL_ANSWERS: Final = (
    Button(Act("medical_now"), "safety.medical-yes"),
    Button(Act("safety_no"), "safety.medical-no"),
)
ASKED: Final[dict[str, str]] = {
    DANGER: "safety-asked",
    SELF_HARM: "safety-asked-self-harm",
    MEDICAL: "safety-asked-medical",
}
"""What is remembered each time the path asks, of danger, of dying and of illness apart."""
CHECK: Final = "safety.check"
ASKS: Final = {DANGER: CHECK, SELF_HARM: SELF_HARM_ASK, MEDICAL: MEDICAL_ASK}
MOST_ASKED: Final = 2
"""A question whose buttons were shown twice without an answer is let go."""

_WAITING: Final = ("QUEUED", "RESERVED")


def danger(case: Case) -> Reply:
    """They say that they are in danger now: the truth about who can help, and the way to it. Needs no engine."""
    return _alarm(case, "safety.danger" if case.on_duty else "safety.danger-nobody", "danger")


def self_harm_now(case: Case) -> Reply:
    """They say that they think of dying now: a human at once, and the lines for it (S13). Needs no engine."""
    return _alarm(case, "safety.self-harm-now" if case.on_duty else "safety.self-harm-now-nobody", "self_harm")


def medical_now(case: Case) -> Reply:
    """They say that it cannot wait. Needs no engine."""
    return _alarm(case, "safety.medical-now" if case.on_duty else "safety.medical-now-nobody", "medical")


def _alarm(case: Case, key: str, purpose: Purpose) -> Reply:
    """Raise the alarm, say the truth, then the first number: two messages at most lie before it (S3)."""
    found = calling.numbers(case, purpose)
    which = None if found else calling.which_country(case)
    said = (Say(key), *found) if which is None else (Say(key), which)
    if which is None:
        elsewhere = (calling.ELSEWHERE,) if found and calling.is_guessed(case) else ()
        said = _ending(said, (*_a_person(case), *elsewhere, CALM, HIDE))
    return Reply(said, (Effect(RAISE_DANGER, purpose),))


def _ending(said: tuple[Say, ...], buttons: tuple[Button, ...]) -> tuple[Say, ...]:
    last = said[-1]
    return (*said[:-1], Say(last.key, last.args, buttons))


def _a_person(case: Case) -> tuple[Button, ...]:
    """Give the one button that lets a person write; who waits already has pressed it."""
    return () if case.state in _WAITING else (MAY_WRITE,)


def name_country(country: str, case: Case) -> Reply:
    """Say the verified lines of the country they named, or that there is none. Needs no engine."""
    said = calling.numbers(case, "danger", country) or (Say("contacts.none"),)
    return Reply(_ending(said, (*_a_person(case), CALM, HIDE)), (Effect(SET_COUNTRY, country),))


def ask_country(case: Case) -> Reply:
    """They are elsewhere: ask where, if any country has a line. Needs no engine."""
    which = calling.which_country(case) or Say("contacts.none", buttons=(*_a_person(case), CALM, HIDE))
    return Reply((which,))


def urgent(case: Case) -> Reply:
    """Something urgent was read: one direct question, and one button that lets a person write (S3, S13)."""
    of, asked = _of(case.urgency), _open_question(case)
    if case.urgency == "none" or asked == ASKS[of]:
        # A yes in words, or the same danger told again, is as good as the button: nobody is screened further (S3).
        return _NOW.get(asked, danger)(case)
    if is_declined(case, case.urgency) or _times_asked(case, of) >= MOST_ASKED:
        return Reply((_still_here(case),))
    said = _first(case)
    return Reply(_ending(said, (*said[-1].buttons, *_a_person(case))), (Effect(REMEMBER, ASKED[of]),))


def _first(case: Case) -> tuple[Say, ...]:
    if case.urgency == "self_harm":
        return Say("safety.self-harm"), Say(SELF_HARM_ASK, buttons=SELF_HARM_ANSWERS)
    if case.urgency == "medical":
        return (Say(MEDICAL_ASK, buttons=MEDICAL_ANSWERS),)
    check = Say(CHECK, buttons=CHECK_ANSWERS)
    if case.urgency == "child_at_risk":
        # What must be reported is said before anything is asked (C2).
        return *child.duty(case), Say("safety.child"), check
    return (check,)


def soft_check(case: Case) -> Reply:
    """It may have been danger: one soft question, never an alarm; asked once it is not asked again.

    A person is offered to who tells on while it is open, and for words about dying, which it does not settle.
    """
    of = _of(case.urgency_maybe)
    if _open_question(case) == CHECK:
        return Reply((_still_here(case),))
    if not _times_asked(case, DANGER) and DANGER not in _declined(case):
        return Reply((Say(CHECK, buttons=CHECK_ANSWERS),), (Effect(REMEMBER, ASKED[DANGER]),))
    if of == SELF_HARM and not _times_asked(case, of):
        return Reply((_still_here(case),), (Effect(REMEMBER, ASKED[of]),))
    return listening.hear(case)


def _open_question(case: Case) -> str:
    asked = from_json(case.dialogue.get("pacing")).asked
    return "" if asked is None else asked.key


_NOW: Final = {SELF_HARM_ASK: self_harm_now, MEDICAL_ASK: medical_now}
"""Questions of the path whose yes is another than that of danger."""


def _still_here(case: Case) -> Say:
    return Say("safety.still-here", buttons=(*_a_person(case), YES, CALM, HIDE))


def _of(urgency: Urgency) -> str:
    return urgency if urgency in (SELF_HARM, MEDICAL) else DANGER


def _times_asked(case: Case, of: str) -> int:
    return list(case.dialogue.get("said") or ()).count(ASKED[of])


def _declined(case: Case) -> tuple[str, ...]:
    """Give of what they said in this talk that it is not so now."""
    if not case.safety_declined:
        return ()
    return from_json(case.dialogue.get("pacing")).declined or (DANGER,)


def is_urgent(case: Case) -> bool:
    """Tell whether danger goes before everything else in this turn.

    Who said no is asked nothing more in this talk; who writes of dying again hears that a person can come.
    """
    return case.urgency == "self_harm" or (case.urgency != "none" and not is_declined(case, case.urgency))


def is_declined(case: Case, urgency: Urgency) -> bool:
    """Tell whether their own no ends the path for this in this talk: a no to danger is none to dying (S13)."""
    return _of(urgency) in _declined(case)


def declined(case: Case) -> Reply:
    """The person's own no ends the safety path for this talk; the mark at the desk stays."""
    return Reply((Say("safety.no-said"),), (Effect(DECLINE_SAFETY),))


def unsure(case: Case) -> Reply:
    """They cannot say: nothing is pressed, and a person can be let in by one button."""
    buttons = (*_a_person(case), CALM, HIDE)
    return Reply((Say("safety.unsure", buttons=buttons),), (Effect(DECLINE_SAFETY),))


WITHOUT_ENGINE: Final = {
    Act("danger"): danger,
    Act("self_harm_now"): self_harm_now,
    Act("medical_now"): medical_now,
    calling.ELSEWHERE.act: ask_country,
}
"""Answers that are ways out: they need nothing but the case."""


def answer(act: Act, case: Case) -> Reply | None:
    """Answer an act of the safety path that needs no engine; None when it is not one."""
    if act.startswith(calling.COUNTRY):
        return name_country(act.removeprefix(calling.COUNTRY), case)
    found = WITHOUT_ENGINE.get(act)
    return None if found is None else found(case)


def is_answered_here(act: Act) -> bool:
    """Tell whether `answer` answers the act."""
    return act in WITHOUT_ENGINE or act.startswith(calling.COUNTRY)
