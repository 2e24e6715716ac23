"""The pace of a conversation: what the bot may ask of its own accord, and when (design/conversation.md, *Pacing*).

This is the one place that decides it. A rule of a topic answers the person and says by `Reply.room` whether one next
step may follow; here the step is chosen, put, and remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from bot.domain import child, mirror, remembering
from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.pacing_hearing import (
    AGE,
    ASK_ME,
    INFORMATION,
    MIRROR,
    MOST_SHOWN,
    PERSON,
    SESSION_ENDS_AFTER,
    TOPIC,
    hear,
)
from bot.domain.pacing_state import HEAVY_ONES, Asked, Heaviness, Pacing, from_json, to_json
from bot.domain.questions import ALWAYS_OPEN, FOR_CHILDREN, HEAVINESS, LATER, PREFIX, WARNING, Bank, Question
from bot.domain.reply import Button, Reply, Say

__all__ = [
    "Asked",
    "Heaviness",
    "Pacing",
    "Step",
    "from_json",
    "hear",
    "next_step",
    "pacing_of",
    "settle",
    "show_again",
    "to_json",
]

Kind = Literal["nothing", "question", "mirror", "age", "remember", "person", "information", "break"]
ANY_STEP: Final = frozenset({"question", "mirror", "age", "remember", "person", "information", "break"})
GOODBYE: Final = frozenset({"remember"})
ASKING: Final = frozenset({"question", "mirror", "age", "remember", "person", "information"})
"""Steps that ask something; a break only names choices."""

MOST_IN_A_ROW: Final = 3
MOST_HEAVY: Final = 5
MOST_HEAVY_AFTER_DISTRESS: Final = 2
A_DAY: Final = timedelta(hours=24)
KEPT_FOR: Final = timedelta(days=3)
"""How long it is known when a heavy question was asked: longer than a day, for a clock may be put back."""
QUIET_TURNS: Final = 4
"""Turns after distress in which no factual question is asked unless the person opens it."""
TOLD_BEFORE: Final[dict[Heaviness, int]] = {"light": 2, "medium": 3, "heavy": 5}
"""How often something has to be told in a session before a question of this heaviness is asked."""
TOLD_BEFORE_INFORMATION: Final = 3
TALKING: Final = frozenset({"BOT", "OFFERED", "PROMISED", "CLOSED"})
"""States in which the bot may ask; in the queue there are waiting words only (design/handoff.md)."""
PERSON_ANSWERS: Final = (Button(Act("person"), "listening.offer-yes"), Button(Act("later"), "listening.offer-later"))
INFORMATION_ANSWERS: Final = (Button(Act("about_help"), "listening.offer-yes"), PERSON_ANSWERS[1])
BREAK_CHOICES: Final = (
    Button(ASK_ME, "listening.ask-me"),
    Button(LATER, "listening.rest-now"),
    Button(Act("information"), "opening.just-information"),
)
CALM_CHOICES: Final = (
    Button(Act("ground"), "grounding.label"),
    Button(LATER, "listening.rest-now"),
)


@dataclass(frozen=True)
class Step:
    """What the bot does of its own accord after hearing something, and why."""

    kind: Kind
    id: str = ""
    """Question of the bank, or sentence of the mirror."""
    why: str = ""


def pacing_of(case: Case) -> Pacing:
    """Give the pace as the last turn left it."""
    return from_json(case.dialogue.get("pacing"))


def show_again(key: str, asked: Asked | None) -> Say:
    """Say a sentence with the buttons of the open question, as long as they were not shown often enough."""
    if asked is None or asked.shown >= MOST_SHOWN:
        return Say(key)
    return Say(key, buttons=asked.buttons)


def settle(case: Case, intent: str, heard: Pacing, reply: Reply, bank: Bank) -> Reply:
    """Add the one next step that the answer leaves room for, and give the answer with the pace after it.

    `heard` is the pace after what the person did; a step is put as the last message, so that its buttons count.
    """
    pacing = heard if reply.pacing is None else reply.pacing
    after = replace(case, dialogue={**case.dialogue, "pacing": to_json(pacing)})
    step = _choose(after, intent, pacing, reply.room, bank)
    said = _say(step, after, bank)
    # Who asked to be asked is answered by the question itself.
    before = () if intent == ASK_ME and said else reply.say
    pacing = _with_buttons(pacing, (*before, *said)) if not said else _put(step, said[-1], pacing, case, bank)
    return replace(
        reply,
        say=(*before, *said),
        pacing=replace(
            pacing,
            row=pacing.row + 1 if step.kind in ASKING else 0,
            fault_lifted=pacing.fault_lifted or any(say.key in LIFTS_FAULT for say in reply.say),
            child_told=pacing.child_told or any(say.key == child.ONLY for say in reply.say),
            decided=f"{step.kind}:{step.id or step.why}",
        ),
    )


def _choose(case: Case, intent: str, pacing: Pacing, room: frozenset[str], bank: Bank) -> Step:
    if not room:
        return Step("nothing", why="answered")
    if room <= GOODBYE:
        return _at_goodbye(case, pacing)
    step = next_step(case, pacing, bank, opened=intent == ASK_ME)
    return step if step.kind in room or step.kind == "nothing" else Step("nothing", why="no_room")


def _at_goodbye(case: Case, pacing: Pacing) -> Step:
    """Who leaves is asked one thing at most, whether to be remembered; not in distress, not as a fourth question."""
    may_ask = not _is_distressed(pacing) and pacing.row < MOST_IN_A_ROW
    if may_ask and remembering.is_due_at_goodbye(case):
        return Step("remember")
    return Step("nothing", why="goodbye")


def _put(step: Step, said: Say, pacing: Pacing, case: Case, bank: Bank) -> Pacing:
    """Remember what is asked now, and how heavy it is."""
    name = {"question": PREFIX, "mirror": MIRROR}.get(step.kind, "") + (step.id or step.kind)
    asked = Asked(name if step.kind in ASKING else said.key, said.key, dict(said.args), said.buttons)
    heavy = _heaviness_of(step, bank) in HEAVY_ONES
    kept = tuple(moment for moment in pacing.heavy_at if case.now - moment < KEPT_FOR)
    return replace(
        pacing,
        asked=asked,
        asked_in_session=(*pacing.asked_in_session, name) if step.kind in ASKING else pacing.asked_in_session,
        heavy_at=(*kept, case.now) if heavy else kept,
    )


def _heaviness_of(step: Step, bank: Bank) -> Heaviness:
    if step.kind == "mirror":
        return mirror.heaviness(step.id)
    question = bank.get(PREFIX + step.id) if step.kind == "question" else None
    return "light" if question is None else question.heaviness


def _with_buttons(pacing: Pacing, said: tuple[Say, ...]) -> Pacing:
    """Let what the answer itself asks be the open question: the newest message has the only buttons that count."""
    last = said[-1] if said else Say("")
    if pacing.asked is not None and last.buttons == pacing.asked.buttons:
        return replace(pacing, asked=replace(pacing.asked, shown=pacing.asked.shown + 1))
    return replace(pacing, asked=asked_by(last))


def asked_by(newest: Say) -> Asked | None:
    """Give the question that a message with buttons puts; None where it has none."""
    return Asked(newest.key, newest.key, dict(newest.args), newest.buttons) if newest.buttons else None


LIFTS_FAULT: Final = frozenset({"listening.need-fear", "listening.need-trust"})
"""Sentences that say once in a session that what others did is not their fault (L7)."""


def is_fault_lifted(case: Case) -> bool:
    """Tell whether it was said in this session that it is not their fault (L7)."""
    goes_on = case.silent_for is not None and case.silent_for < SESSION_ENDS_AFTER
    return goes_on and pacing_of(case).fault_lifted


def next_step(case: Case, pacing: Pacing, bank: Bank, *, opened: bool = False) -> Step:
    """Choose what to offer after hearing something; `opened`: the person wants to be asked.

    `case.dialogue` holds the same pace, for the topics that are asked what they have.
    """
    if case.state not in TALKING:
        return Step("nothing", why="waiting")
    if _is_distressed(pacing) and not opened:
        return _after_distress(case, pacing)
    if opened:
        return _first(_questions(case, pacing, bank, opened=True), case, pacing) or Step("nothing", why="nothing_open")
    if pacing.quiet:
        return Step("nothing", why="quiet")
    if pacing.row >= MOST_IN_A_ROW:
        return Step("break", why="three_in_a_row")
    return _offer(case, pacing) or _ask(case, pacing, bank) or _inform(case, pacing) or Step("nothing", why="no_need")


def _is_distressed(pacing: Pacing) -> bool:
    return pacing.distress_at is not None and pacing.turns_since_distress <= QUIET_TURNS


def _after_distress(case: Case, pacing: Pacing) -> Step:
    """No fact is asked: something to calm at once, a person a little later (S14)."""
    if pacing.turns_since_distress == 0:
        return Step("break", "calm")
    if _may_offer_person(case, pacing):
        return Step("person")
    return Step("nothing", why="distress")


def _offer(case: Case, pacing: Pacing) -> Step | None:
    if remembering.is_due(case):
        return Step("remember")
    if _may_offer_person(case, pacing) and pacing.told >= TOLD_BEFORE["light"]:
        return Step("person")
    return None


def _may_offer_person(case: Case, pacing: Pacing) -> bool:
    told = bool(case.heard or case.known)
    return told and not case.offered_today and _is_free(PERSON, pacing, case)


def _inform(case: Case, pacing: Pacing) -> Step | None:
    if pacing.told >= TOLD_BEFORE_INFORMATION and _is_free(INFORMATION, pacing, case):
        return Step("information")
    return None


def _ask(case: Case, pacing: Pacing, bank: Bank) -> Step | None:
    """Choose among the questions of the bank and the mirror: what is light comes first."""
    light, *heavier = (
        [one for one in _questions(case, pacing, bank) if one[0] == heaviness] for heaviness in HEAVINESS
    )
    mirrored = [(mirror.heaviness(name), Step("mirror", name)) for name in mirror.candidates(case)]
    mirrored = [one for one in mirrored if pacing.told >= TOLD_BEFORE[one[0]]]
    first, second = (mirrored, light) if mirror.comes_first(pacing) else (light, mirrored)
    return _first([*first, *second, *heavier[0], *heavier[1]], case, pacing)


def _first(found: list[tuple[Heaviness, Step]], case: Case, pacing: Pacing) -> Step | None:
    for heaviness, step in found:
        if heaviness in HEAVY_ONES and not _may_be_heavy(case, pacing):
            continue
        if heaviness in HEAVY_ONES and not _is_known_adult(case):
            if child.age_is_due(case, heaviness) and _is_free(AGE, pacing, case):
                return Step("age")
            continue
        return step
    return None


def _is_known_adult(case: Case) -> bool:
    """Unknown age, and an age left unsaid, means light questions only (C1); so does a child."""
    return case.age == "adult" or (case.about == "other" and not child.is_child(case))


def _may_be_heavy(case: Case, pacing: Pacing) -> bool:
    """Five in 24 hours, two in the 24 hours after distress; a clock that went back lets none through."""
    recent = _recent(pacing, case)
    if len(recent) >= MOST_HEAVY:
        return False
    distress = pacing.distress_at
    if distress is None or case.now - distress >= A_DAY:
        return True
    return sum(1 for moment in recent if moment >= distress) < MOST_HEAVY_AFTER_DISTRESS


def _questions(case: Case, pacing: Pacing, bank: Bank, *, opened: bool = False) -> list[tuple[Heaviness, Step]]:
    """Give the questions that may be asked now: lightest first, then those of what was told just now."""
    young = child.is_child(case)
    spared = {"child"} if young else set()
    spared |= {"other"} if case.about == "other" else set()
    found = [
        one
        for one in bank.fitting({*case.heard, *case.known}, pacing, spared)
        if _is_free(PREFIX + one.id, pacing, case)
        and any(_is_open(topic, pacing, case) for topic in one.topics)
        and (not young or one.about in FOR_CHILDREN)
        and _is_told_enough(one, pacing, opened=opened)
    ]
    found.sort(key=lambda one: (HEAVINESS.index(one.heaviness), not set(one.topics) & set(case.heard)))
    return [(one.heaviness, Step("question", one.id)) for one in found]


def _is_told_enough(question: Question, pacing: Pacing, *, opened: bool) -> bool:
    """A heavy one needs a topic that they came to in this session, and is left alone while distress is near (P10)."""
    if _is_distressed(pacing) and question.heaviness in HEAVY_ONES:
        return False
    if question.heaviness == "heavy" and not set(question.topics) & set(pacing.opened_in_session):
        return False
    return opened or pacing.told >= TOLD_BEFORE[question.heaviness]


def _is_open(topic: str, pacing: Pacing, case: Case) -> bool:
    return (topic == ALWAYS_OPEN or topic in pacing.opened) and _is_free(TOPIC + topic, pacing, case)


def _is_free(name: str, pacing: Pacing, case: Case) -> bool:
    """Neither answered, nor refused for good, nor resting."""
    until = pacing.resting.get(name)
    return name not in pacing.answered and name not in pacing.closed and (until is None or until <= case.now)


def _recent(pacing: Pacing, case: Case) -> tuple[datetime, ...]:
    return tuple(moment for moment in pacing.heavy_at if case.now - moment < A_DAY)


def _say(step: Step, case: Case, bank: Bank) -> tuple[Say, ...]:
    if step.kind == "question":
        question = bank.get(PREFIX + step.id)
        if question is None:
            return ()
        warned = (Say(WARNING),) if question.heaviness == "heavy" else ()
        return (*warned, question.say())
    if step.kind == "mirror":
        return (mirror.ask(case, step.id),)
    if step.kind == "age":
        return (child.ask_age(case),)
    if step.kind == "remember":
        return (remembering.ask(case),)
    return _PLAIN.get((step.kind, step.id), ())


_PLAIN: Final[dict[tuple[str, str], tuple[Say, ...]]] = {
    ("person", ""): (Say("listening.offer", buttons=PERSON_ANSWERS),),
    ("information", ""): (Say("listening.offer-information", buttons=INFORMATION_ANSWERS),),
    ("break", ""): (Say("listening.break", buttons=BREAK_CHOICES),),
    ("break", "calm"): (Say("listening.calm", buttons=CALM_CHOICES),),
}
