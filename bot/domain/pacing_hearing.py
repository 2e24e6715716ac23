"""What one turn of the person changes in the pace: a new session, distress, topics opened, the open question answered.

Nothing is asked here. A skip is never a no (pacing invariant 6), and what is let go is let go without a word.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.pacing_state import Asked, Pacing, from_json
from bot.domain.questions import ANSWER, HOME, LATER, NEVER, NO, PREFIX, PURPOSE, REST, SKIP, YES, Bank, Question

SESSION_ENDS_AFTER: Final = 60 * 60
"""Seconds of silence after which the next message begins a new session."""
SKIPPED_FOR: Final = timedelta(days=7)
OFFER_RESTS_FOR: Final = timedelta(hours=24)

DISTRESSING: Final = frozenset({"violence", "sexual_exploitation"})
"""Codes whose telling counts as distress."""
DISTRESS_ACTS: Final = ("danger", "urgent", "safety_unsure", "self_harm_now", "medical_now", "ground")
"""Beginnings of acts and intents that count as distress: danger said, or something to calm asked for."""

SELF_HARM_ASK: Final = "safety.self-harm-ask"
"""The direct question of rule S13."""
MEDICAL_ASK: Final = "safety.medical"
SELF_HARM: Final = "self_harm"
MEDICAL: Final = "medical"
DANGER: Final = "danger"
ASKS_OF: Final = {SELF_HARM_ASK: SELF_HARM, MEDICAL_ASK: MEDICAL}
"""Questions of the safety path, and of what a no to them is a no."""
DECLINES: Final = frozenset({"safety_no", "safety_unsure"})
"""Answers that end the safety path, for what was asked."""

OPENS: Final[dict[str, str]] = {"ask_wages": "withheld_wages", "ask_papers": "document_retention", "ask_home": HOME}
"""Questions of the person that open a topic."""
ASK_ME: Final = Act("ask_me")
"""The person opens it: they want to be asked something now."""
TELLING: Final = "tell"
PLEASE_PRESS: Final = "please_press"
SHOWS_AGAIN: Final = frozenset({PLEASE_PRESS, PURPOSE})
"""Intents after which the open question stays open, with its buttons once more."""
MOST_SHOWN: Final = 2
"""How often the buttons of a question are shown; without an answer it is let go then."""

TOPIC: Final = "topic:"
"""Begins the name of a topic that rests or is closed."""
MIRROR: Final = "mirror:"
AGE: Final = "age"
PERSON: Final = "person"
INFORMATION: Final = "information"
ONCE: Final = frozenset({AGE})
"""Asked once, whatever comes of it."""
OFFERS: Final = frozenset({PERSON, INFORMATION})
SAID: Final = "said"
"""The answer to a question that was answered in words of their own."""

SKIPS: Final = frozenset({SKIP, "skip", "not_talk"})
LATERS: Final = frozenset({LATER, "later", "no"})
"""Answers after which nothing is asked until the next session."""
LEFT_OUT: Final = ("_skip", "_leave", "_later")
"""Endings of acts by which any question is left out."""


def hear(case: Case, intent: str, bank: Bank) -> Pacing:
    """Give the pace after what the person did, before anything is answered."""
    pacing = _session(case, from_json(case.dialogue.get("pacing")))
    pacing = _distress(case, intent, pacing)
    pacing = _topics(case, intent, pacing)
    return _open_question(case, intent, pacing, bank)


def is_distress(case: Case, intent: str) -> bool:
    """Tell whether this turn shows distress (S14): danger read or said, calm asked for, violence told."""
    read = case.urgency != "none" or case.urgency_maybe != "none"
    return (
        read
        or bool(DISTRESSING & set(case.heard))
        or any(act.startswith(DISTRESS_ACTS) for act in (intent, str(case.pressed or "")))
    )


def _session(case: Case, pacing: Pacing) -> Pacing:
    if case.silent_for is not None and case.silent_for < SESSION_ENDS_AFTER:
        return pacing
    fresh = replace(pacing, row=0, told=0, quiet=False, asked_in_session=(), opened_in_session=(), declined=())
    return replace(fresh, fault_lifted=False)


def _distress(case: Case, intent: str, pacing: Pacing) -> Pacing:
    if is_distress(case, intent):
        return replace(pacing, distress_at=case.now, turns_since_distress=0)
    if pacing.distress_at is None:
        return pacing
    return replace(pacing, turns_since_distress=pacing.turns_since_distress + 1)


def _topics(case: Case, intent: str, pacing: Pacing) -> Pacing:
    """Open what the person told or asked about; a topic that rests is open again when they come to it themselves."""
    now_opened = {*case.heard, *([OPENS[intent]] if intent in OPENS else [])}
    resting = {name: until for name, until in pacing.resting.items() if name.removeprefix(TOPIC) not in now_opened}
    return replace(
        pacing,
        told=pacing.told + bool(case.heard),
        resting=resting,
        opened=tuple(sorted({*pacing.opened, *case.known, *now_opened})),
        opened_in_session=tuple(sorted({*pacing.opened_in_session, *now_opened})),
    )


def _open_question(case: Case, intent: str, pacing: Pacing, bank: Bank) -> Pacing:
    asked = pacing.asked
    act = intent if case.pressed is None else str(case.pressed)
    if act in DECLINES:
        of = DANGER if asked is None else ASKS_OF.get(asked.key, DANGER)
        pacing = replace(pacing, declined=tuple(sorted({*pacing.declined, of})))
    if act == LATER:
        pacing = replace(pacing, quiet=True)
    if act == ASK_ME:
        pacing = replace(pacing, quiet=False, row=0)
    if asked is None or (intent in SHOWS_AGAIN and asked.shown < MOST_SHOWN):
        return pacing
    pacing = replace(pacing, asked=None)
    question = bank.get(asked.id)
    if question is not None:
        return _answered(question, act, pacing, case)
    if asked.id.startswith(PREFIX):
        return _rest(pacing, asked.id, case)
    return _answered_elsewhere(asked, act, pacing, case)


def _answered(question: Question, act: str, pacing: Pacing, case: Case) -> Pacing:
    known = PREFIX + question.id
    if act == NEVER:
        return replace(pacing, closed=tuple(sorted({*pacing.closed, known, *_own_topic(question)})))
    if act in SKIPS:
        for name in (known, *_own_topic(question)):
            pacing = _rest(pacing, name, case)
        return pacing
    answer = _answer_of(question, act)
    if answer:
        quiet = pacing.quiet or question.lead(act) == REST
        return replace(pacing, quiet=quiet, answered={**pacing.answered, known: answer})
    return _rest(replace(pacing, quiet=pacing.quiet or act in LATERS), known, case)


def _own_topic(question: Question) -> tuple[str, ...]:
    """Give the topic that is left out with a question: its only one."""
    return (TOPIC + question.topics[0],) if len(question.topics) == 1 else ()


def _answer_of(question: Question, act: str) -> str:
    """Give what an act answers, empty where it is no answer: a digression, or a no that the question does not offer."""
    place = act.removeprefix(ANSWER)
    if act != place and place.isdigit() and 0 < int(place) <= len(question.answers):
        return question.answers[int(place) - 1].partition(".")[2]
    worded = {"yes": YES, "no": NO}.get(act)
    if worded in question.answers:
        return act
    return {"not_sure": "unsure", TELLING: SAID}.get(act, "")


def _answered_elsewhere(asked: Asked, act: str, pacing: Pacing, case: Case) -> Pacing:
    """Take the answer to what is not of the bank; its meaning is its own topic's."""
    if asked.id in OFFERS:
        return _rest(pacing, asked.id, case, OFFER_RESTS_FOR)
    if asked.id not in ONCE and not asked.id.startswith(MIRROR):
        return pacing
    if asked.is_answered_by(act) and not act.endswith(LEFT_OUT):
        return replace(pacing, answered={**pacing.answered, asked.id: act})
    if asked.id in ONCE:
        return replace(pacing, closed=tuple(sorted({*pacing.closed, asked.id})))
    return _rest(pacing, asked.id, case)


def _rest(pacing: Pacing, name: str, case: Case, span: timedelta = SKIPPED_FOR) -> Pacing:
    return replace(pacing, resting={**pacing.resting, name: case.now + span})
