"""How the bot answers when a person tells: to the feeling or the need, without detail, without "why".

A first pacing: one answer and at most one offer in a turn. The conversation issue grows `bot.domain.pacing` from it.
"""

from __future__ import annotations

from typing import Any, Final

from bot.domain import handoff
from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import REMEMBER
from bot.domain.reply import Button, Effect, Reply, Say

NEEDS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("young", frozenset({"child"})),
    ("fear", frozenset({"violence", "threats", "restriction_of_movement", "sold", "forced_criminality"})),
    ("respect", frozenset({"sexual_exploitation", "forced_begging", "forced_marriage"})),
    ("alone", frozenset({"isolation"})),
    ("tired", frozenset({"excessive_overtime", "abusive_conditions"})),
    ("money", frozenset({"withheld_wages", "debt_bondage"})),
    ("papers", frozenset({"document_retention"})),
    ("trust", frozenset({"deception", "abuse_of_vulnerability"})),
)
"""Which need an answer speaks to; the first that a turn's codes touch is answered."""

PLAIN: Final = ("listening.heard-1", "listening.heard-2", "listening.heard-3")
OFFER_AFTER: Final = 2
"""A person is offered once something was told this many times, and at most once a day."""

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
    """Answer to the need that was told, and offer a person when it is time."""
    key, remember = _answer(case)
    said = [Say(key)]
    effects = [Effect(REMEMBER, key)] if remember else []
    if _may_offer(case):
        said.append(Say("listening.offer", buttons=OFFER_ANSWERS))
        effects.append(Effect(REMEMBER, "offered"))
    return Reply(tuple(said), tuple(effects))


def _answer(case: Case) -> tuple[str, bool]:
    """Choose a sentence that was not the last one said; the need's own sentence once, then a plain one."""
    said: list[Any] = case.dialogue.get("said") or []
    for need, codes in NEEDS:
        key = f"listening.need-{need}"
        if codes & set(case.heard) and key not in said:
            return key, True
    plain = [key for key in PLAIN if key not in said[-2:]]
    return plain[0], True


def _may_offer(case: Case) -> bool:
    told_enough = case.told + 1 >= OFFER_AFTER and bool(case.heard or case.known)
    return told_enough and not case.offered_today and "offered" not in (case.dialogue.get("said") or [])


def hear_thanks(case: Case) -> Reply:
    """Take thanks calmly; the talk stays open."""
    return Reply((Say("listening.thanks"),))


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


def name_help(case: Case) -> Reply:
    """They ask for help with one thing: what there can be, with gains and costs in one breath (L14)."""
    return Reply((Say("about.help", buttons=OFFER_ANSWERS),))


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
