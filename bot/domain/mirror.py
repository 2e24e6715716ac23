"""The mirror: one right at a time in plain words, and whether it is like that now (design/conversation.md, `mirror`).

Only after a yes to the offer; never a quotation, never a result. What an answer says of the catalogue is decided by the
app, which holds the catalogue; here are only names of sentences.
"""

from __future__ import annotations

from typing import Final, Literal

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import OBSERVE
from bot.domain.pacing_state import Heaviness, Pacing, from_json
from bot.domain.reply import Button, Effect, Reply, Say

Answer = Literal["now", "on_the_way", "no", "leave"]

OFFER: Final = "offer"
"""The name under which pacing knows the offer; every other name is a sentence of the catalogue."""
PREFIX: Final = "mirror:"
"""Begins the id by which pacing knows a mirror question."""

ANSWERS: Final[dict[Act, Answer]] = {
    Act("mirror_now"): "now",
    Act("mirror_on_the_way"): "on_the_way",
    Act("mirror_no"): "no",
    Act("mirror_leave"): "leave",
}
OFFER_YES: Final = Act("mirror_yes")
OFFER_LATER: Final = Act("mirror_later")
ROOM: Final = frozenset({"mirror", "age", "break", "person", "information"})
"""What may follow an answer: the next sentence, or something lighter; never a question of another kind."""
ANSWERED: Final[dict[Answer, str]] = {
    "now": "mirror.heard-yes",
    "on_the_way": "mirror.heard-yes",
    "no": "mirror.heard-no",
    "leave": "mirror.left",
}

BUTTONS: Final = (
    Button(Act("mirror_now"), "mirror.yes-now"),
    Button(Act("mirror_on_the_way"), "mirror.on-the-way"),
    Button(Act("mirror_no"), "mirror.no"),
    Button(Act("mirror_leave"), "mirror.leave"),
)
OFFER_BUTTONS: Final = (Button(OFFER_YES, "mirror.offer-yes"), Button(OFFER_LATER, "mirror.offer-later"))

SILENT: Final = frozenset({"QUEUED", "RESERVED", "HELD", "TRANSFERRING"})
"""While the queue or a counsellor owns the conversation nothing is mirrored (design/handoff.md)."""


def candidates(case: Case) -> tuple[str, ...]:
    """Give what the mirror could ask next, best first: the offer until they agreed, then sentences not answered yet.

    Nothing for a child, of whom only safety, place and wishes are asked (C3); nothing for who writes for another, whose
    yes would not be that person's; nothing where what was heard opens none.
    """
    if case.state in SILENT or is_child(case) or case.about == "other":
        return ()
    pacing = from_json(case.dialogue.get("pacing"))
    left = tuple(name for name in case.mirrors if _is_open(name, pacing, case))
    if not left:
        return ()
    if agreed(pacing):
        return left
    return (OFFER,) if _is_open(OFFER, pacing, case) else ()


def ask(case: Case, name: str) -> Say:
    """Put one question with its buttons; the offer is a question too."""
    if name == OFFER:
        return Say("mirror.offer", buttons=OFFER_BUTTONS)
    return Say(f"mirror.right-{name}", buttons=BUTTONS)


def begin(case: Case) -> Reply:
    """They pressed yes to the offer; pacing puts the first sentence, or asks softly for the age before."""
    return Reply((Say("mirror.begin"),), room=ROOM)


def decline(case: Case) -> Reply:
    """Not now: nothing was lost, and it is not offered again for days."""
    return Reply((Say("mirror.later"),))


def hear(case: Case, intent: str) -> Reply:
    """Take the answer to the sentence that is open; an answer to none changes nothing."""
    name = open_name(from_json(case.dialogue.get("pacing")))
    if name is None or name == OFFER:
        return Reply((Say("escape.stale"),))
    answer = ANSWERS[Act(intent)]
    said = [Say(ANSWERED[answer])]
    if not set(candidates(case)) - {name}:
        said.append(Say("mirror.done"))
    return Reply(tuple(said), (Effect(OBSERVE, f"{name}:{answer}"),), room=ROOM)


def heaviness(name: str) -> Heaviness:
    """Say how heavy a question is: to look at one's own life is not light.

    The offer weighs as much as what it leads to, so that it is made only where a sentence could follow (C1).
    """
    return "medium"


def agreed(pacing: Pacing) -> bool:
    """Tell whether they pressed yes to the offer."""
    return pacing.answered.get(PREFIX + OFFER) == OFFER_YES


def comes_first(pacing: Pacing) -> bool:
    """Tell whether the mirror goes before the bank's questions: after one of either in this session."""
    return any(name.startswith((PREFIX, "question:")) for name in pacing.asked_in_session)


def open_name(pacing: Pacing) -> str | None:
    """Name the mirror question that is open now, if one is."""
    asked = pacing.asked
    return asked.id.removeprefix(PREFIX) if asked is not None and asked.id.startswith(PREFIX) else None


def is_child(case: Case) -> bool:
    """Tell whether something said that the person concerned is under 18 (C1: when in doubt, a child)."""
    return "child" in case.heard or "child" in case.known or case.age == "child"


def _is_open(name: str, pacing: Pacing, case: Case) -> bool:
    """Tell whether a question was neither answered (P8), nor refused for good, nor left out lately (P2)."""
    known = PREFIX + name
    until = pacing.resting.get(known)
    return known not in pacing.answered and known not in pacing.closed and (until is None or until <= case.now)
