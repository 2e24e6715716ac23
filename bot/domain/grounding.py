"""Small exercises for a moment of distress (design/conversation.md, `grounding`; rules S14, S15).

Each can be done in silence, unseen and with open eyes; nothing has to be written. While it runs nothing is asked.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from bot.domain.case import Case
from bot.domain.codes import Act
from bot.domain.effects import REMEMBER
from bot.domain.reply import Button, Effect, Reply, Say

EXERCISES: Final[dict[str, tuple[str, ...]]] = {
    "ground_breath": ("grounding.breath-1", "grounding.breath-2", "grounding.breath-3"),
    "ground_senses": ("grounding.senses-1", "grounding.senses-2", "grounding.senses-3"),
}
"""Intent that begins an exercise, and its steps."""

CHOICES: Final = (
    Button(Act("ground_breath"), "grounding.breath-label"),
    Button(Act("ground_senses"), "grounding.senses-label"),
)
STEP: Final = (Button(Act("ground_next"), "grounding.next"), Button(Act("ground_enough"), "grounding.enough"))

_NEXT: Final = {step: then for steps in EXERCISES.values() for step, then in pairwise(steps)}
_STEPS: Final = frozenset(step for steps in EXERCISES.values() for step in steps)


def offer(case: Case) -> Reply:
    """Offer what may calm; nothing is asked (S14)."""
    return Reply((Say("grounding.offer", buttons=CHOICES),))


def begin(case: Case, intent: str) -> Reply:
    """Say the first step of an exercise; an intent without one raises KeyError."""
    return _step(EXERCISES[intent][0])


def go_on(case: Case) -> Reply:
    """Say the step after the last one said; after the last step of an exercise it ends."""
    said = case.dialogue.get("said") or []
    last = next((key for key in reversed(said) if key in _STEPS), None)
    if last is None:
        return offer(case)
    then = _NEXT.get(last)
    return end(case) if then is None else _step(then)


def end(case: Case) -> Reply:
    """End on a choice and a calm line; the other exercise stays one tap away."""
    return Reply((Say("grounding.end", buttons=CHOICES),))


def _step(key: str) -> Reply:
    return Reply((Say(key, buttons=STEP),), (Effect(REMEMBER, key),))
