"""Which move a turn asks for, and how its answer is paced: the intents that the rules in `flows/rules` answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from bot.domain import child, pacing, safety
from bot.domain.case import Case
from bot.domain.effects import BUTTONS_ONLY
from bot.domain.opening import SAFE_ANSWERS, is_return
from bot.domain.pacing_hearing import MOST_SHOWN, PERSON, PLEASE_PRESS, TELLING
from bot.domain.pacing_state import Asked
from bot.domain.questions import NO, PREFIX, YES, Bank, answer_act
from bot.domain.reply import Reply
from bot.domain.safety import CHECK_ANSWERS

URGENT: Final = "urgent"
MAYBE_URGENT: Final = "maybe_urgent"
START: Final = "start"
WELCOME_BACK: Final = "welcome_back"
WAITING: Final = "waiting"
TELL: Final = TELLING

Rule = Callable[[Case, str], Reply]

_GIVING: Final = frozenset().union(*BUTTONS_ONLY.values())
_ANSWERS_IN_WORDS: Final = frozenset({"yes", "no", "not_sure", "later", "skip", "not_talk"})
_TO_SAFE_NOW: Final = {"yes": "safe_yes", "no": "safe_no", "later": "safe_no", "not_talk": "safe_no", "skip": "safe_no"}
_TO_CHECK: Final = {
    "yes": URGENT,
    "no": "safety_no",
    "not_sure": "safety_unsure",
    "skip": "safety_unsure",
    "not_talk": "safety_unsure",
}
_TO_OFFER: Final = {"yes": "person", "no": "later"}


def choose_intent(case: Case, read: Sequence[str], *, started: bool) -> str:
    """Give the one intent of a turn: danger first, then the opening, then what was pressed or said.

    `read` holds the intents of the burst's messages, oldest first; `started` is true when one of them is `/start`.
    """
    if safety.is_urgent(case):
        return URGENT
    if is_return(case):
        return WELCOME_BACK
    if started or not case.opened:
        return START
    if case.pressed is not None:
        return str(case.pressed)
    return _by_words(case, read)


def answer(case: Case, intent: str, rule: Rule, bank: Bank) -> Reply:
    """Answer a turn at its pace: hear what it changes, ask the rule, then add the one next step there is room for.

    The rule sees the pace as it was before, with the question that was open.
    """
    heard = pacing.hear(case, intent, bank)
    return pacing.settle(case, intent, heard, rule(case, intent), bank)


def please_press(case: Case) -> Reply:
    """A typed yes is no consent: the buttons of the open question come once more.

    Where nothing would be given by a yes, it is only a word in passing, and they go on as they like.
    """
    asked = pacing.pacing_of(case).asked
    gives = asked is not None and any(button.act in _GIVING or button.act.endswith("_yes") for button in asked.buttons)
    return Reply((pacing.show_again("handoff.please-press" if gives else "listening.go-on", asked),))


def hear_stale_press(case: Case) -> Reply:
    """A button from before changes nothing."""
    return say_beside(case, "escape.stale")


def say_beside(case: Case, key: str) -> Reply:
    """Say what answers no question, and take no answer away: the buttons of the open question stay in reach."""
    before = pacing.pacing_of(case)
    said = pacing.show_again(key, before.asked)
    if before.asked is None or not said.buttons:
        return Reply((said,))
    return Reply((said,), pacing=replace(before, asked=replace(before.asked, shown=before.asked.shown + 1)))


def _by_words(case: Case, read: Sequence[str]) -> str:
    if case.urgency_maybe != "none" and not safety.is_declined(case, case.urgency_maybe):
        return MAYBE_URGENT
    if case.state in ("QUEUED", "RESERVED"):
        return WAITING
    said = next((intent for intent in reversed(read) if intent != TELL), TELL)
    if child.is_new_sign(case) and (case.heard or said == TELL):
        return child.SIGN
    if case.heard:
        return TELL
    asked = pacing.pacing_of(case).asked
    if asked is not None and said in _ANSWERS_IN_WORDS and case.state != "OFFERED":
        return _answer_in_words(said, asked)
    return said


def _answer_in_words(said: str, asked: Asked) -> str:
    """Give the intent of yes, no or not now, typed where a question with buttons is open.

    A gentle question is answered by words; what gives something away, or sets something for good, needs its button.
    """
    if asked.id.startswith(PREFIX):
        wanted = {"yes": YES, "no": NO}.get(said, "")
        return str(answer_act((button.label for button in asked.buttons), wanted) or said)
    if _offers(asked, SAFE_ANSWERS[0].act):
        return _TO_SAFE_NOW.get(said, said)
    if _offers(asked, CHECK_ANSWERS[1].act):
        return _TO_CHECK.get(said, said)
    if asked.id == PERSON:
        return _TO_OFFER.get(said, said)
    if said == "yes" and asked.shown < MOST_SHOWN:
        return PLEASE_PRESS
    return said


def _offers(asked: Asked, act: str) -> bool:
    return any(act == button.act for button in asked.buttons)
