"""How the bot answers when a person tells: to the feeling or the need, without detail, without "why".

What it may offer or ask after that is decided in `bot.domain.pacing`; here `Reply.room` only says that it may.
"""

from __future__ import annotations

from typing import Any, Final

from bot.domain import handoff, pacing, someone
from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import REMEMBER
from bot.domain.questions import Bank
from bot.domain.reply import Button, Effect, Reply, Say

NEEDS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("young", frozenset({"child"})),
    ("fear", frozenset({"violence", "threats", "restriction_of_movement", "sold", "forced_criminality"})),
    ("respect", frozenset({"sexual_exploitation", "forced_begging", "forced_marriage"})),
    ("alone", frozenset({"isolation"})),
    ("tired", frozenset({"excessive_overtime", "abusive_conditions"})),
    ("money", frozenset({"withheld_wages"})),
    ("debt", frozenset({"debt_bondage"})),
    ("papers", frozenset({"document_retention"})),
    ("trust", frozenset({"deception", "abuse_of_vulnerability"})),
)
"""Which need an answer speaks to; the first that a turn's codes touch is answered."""

PLAIN: Final = ("listening.heard-1", "listening.heard-2", "listening.heard-3")
TAKEN: Final = ("listening.taken-1", "listening.taken-2")
"""What is said to the answer of a gentle question."""
ASKED_FOR: Final = frozenset({"question", "age"})

OFFER_ANSWERS: Final = (
    Button(Act("person"), "listening.offer-yes"),
    Button(Act("later"), "listening.offer-later"),
)

CHOICES: Final = (
    Button(Act("information"), "opening.just-information"),
    Button(Act("about_help"), "about.help-label"),
)
"""What can be done here beside telling; a person is among the ways out below every message."""


def hear(case: Case) -> Reply:
    """Answer to the need that was told; what may follow is pacing's to choose."""
    if case.about == "other":
        return someone.hear(case)
    key = _answer(case)
    return Reply((Say(key),), (Effect(REMEMBER, key),), room=pacing.ANY_STEP)


def _answer(case: Case) -> str:
    """Choose a sentence that was not the last one said; the need's own sentence once, then a plain one."""
    said: list[Any] = case.dialogue.get("said") or []
    spent = {*said, *(pacing.LIFTS_FAULT if pacing.is_fault_lifted(case) else ())}
    for need, codes in NEEDS:
        key = f"listening.need-{need}"
        if codes & set(case.heard) and key not in spent:
            return key
    return next(key for key in PLAIN if key not in said[-2:])


def hear_answer(case: Case) -> Reply:
    """Take the answer to a gentle question as it is: no echo, no doubt (L3, L4), and the floor stays theirs."""
    said: list[Any] = case.dialogue.get("said") or []
    key = next(key for key in TAKEN if key not in said[-1:])
    return Reply((Say(key),), (Effect(REMEMBER, key),), room=pacing.ANY_STEP)


def tell_purpose(case: Case, bank: Bank) -> Reply:
    """Say what the open question is for (D1); its buttons come with it, once."""
    asked = pacing.pacing_of(case).asked
    question = None if asked is None else bank.get(asked.id)
    if question is None:
        return Reply((Say("listening.go-on"),))
    return Reply((pacing.show_again(question.purpose, asked),))


def ask_me(case: Case) -> Reply:
    """They want to be asked: one question is the answer; where there is none, the floor is theirs."""
    return Reply((Say("listening.go-on"),), room=ASKED_FOR)


def hear_thanks(case: Case) -> Reply:
    """Take thanks calmly; the talk stays open."""
    return Reply((Say("listening.thanks"),), room=pacing.GOODBYE)


def greet(case: Case) -> Reply:
    """A greeting gets a greeting and the floor."""
    return Reply((Say("listening.greeting"),))


def name_choices(case: Case) -> Reply:
    """Something else was asked: it is not judged, and what can be done here is named."""
    return Reply((Say("listening.off-topic"),))


def leave_out(case: Case) -> Reply:
    """They would rather not say that: it is left out, and nothing is made of it (P2)."""
    return Reply((Say("listening.left-out"),))


def hear_not_sure(case: Case) -> Reply:
    """Not knowing is an answer too."""
    return Reply((Say("listening.not-sure"),))


def hear_test(case: Case) -> Reply:
    """They try whether this works: it does, and what it is stays plain (T1)."""
    return Reply((Say("listening.testing", buttons=CHOICES),))


def hear_insult(case: Case) -> Reply:
    """Anger is no fault and is not answered with a lesson; the choices stay (S21)."""
    return Reply((Say("listening.insult", buttons=CHOICES),))


def hear_complaint(case: Case) -> Reply:
    """A complaint is thanked for and can go to a person (H7)."""
    return Reply((Say("listening.complaint", buttons=(OFFER_ANSWERS[0],)),))


def let_rest(case: Case) -> Reply:
    """They do not want to go on, or not now: that is fine, and nothing is asked again."""
    return Reply((Say("listening.rest"),))


def hear_yes(case: Case) -> Reply:
    """A typed yes gives nothing away: where something was offered its buttons come again."""
    if case.state == "OFFERED":
        return handoff.offer_again(case)
    return Reply((Say("listening.go-on"),))
