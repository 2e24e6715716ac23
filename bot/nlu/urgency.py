"""Says whether somebody is in danger: `urgency` where it is sure, `urgency_maybe` where a soft check should be made.

Stands behind `bot.nlu.indicators`, which reckons the probabilities. The model and the danger words of each language
speak; a danger word alone is never an alarm, only a reason to ask, but beside it the model need be less sure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.domain.codes import Urgency
from bot.nlu.calibration import alarm
from bot.nlu.components import Unlearned
from bot.nlu.danger import danger_in
from bot.nlu.indicators import PROBABILITIES, can_be_read
from bot.nlu.scripts import UNWRITTEN, script_of
from bot.nlu.understanding import ANY_DANGER, TYPED, URGENT

URGENCY: Final = "urgency"
URGENCY_MAYBE: Final = "urgency_maybe"
TINY: Final = 1e-6
"""So that nothing is certain: certainty has no odds."""
ALIKE: Final = 0.7
"""Share of the likeliest kind's chance from which another kind is as likely."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UrgencyReader(Unlearned):
    """Sets `urgency` and `urgency_maybe` on each message."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Say the urgency of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            chances = message.get(PROBABILITIES)
            sure: Urgency = "none"
            maybe: Urgency = "none"
            if chances is not None and script_of(text) != UNWRITTEN:
                word = word_in(text, message.get(TYPED) or "")
                sure, maybe = judge(chances, word, readable=can_be_read(text, message.get("language")))
            message.set(URGENCY, sure, add_to_output=True)
            message.set(URGENCY_MAYBE, maybe, add_to_output=True)
        return messages


def judge(chances: dict[str, float], word: Urgency, *, readable: bool) -> tuple[Urgency, Urgency]:
    """Give `urgency` and `urgency_maybe` from the probabilities and the danger word in the text.

    In a language that is none of ours nothing is sure, and what would be sure elsewhere is asked about.
    """
    limits = alarm()
    chance = danger_of(chances)
    kind = _kind_of(chances)
    sure = kind if chance >= (limits.sure if word == "none" else limits.with_word) else "none"
    if not readable:
        return "none", sure
    asked = kind if chance >= limits.maybe else "none"
    return sure, gravest(sure, word, asked)


def word_in(text: str, typed: str) -> Urgency:
    """Give what the danger words of a text speak of; `typed` is how it was typed, where that was in other letters."""
    return gravest(danger_in(text), danger_in(typed))


def gravest(*urgencies: Urgency) -> Urgency:
    """Give the gravest of some, in the contract's order."""
    return next((urgency for urgency in URGENT if urgency in urgencies), "none")


def danger_of(chances: Mapping[str, float]) -> float:
    """Give the chance that somebody is in danger: between that of the likeliest kind and that of any, by their odds.

    On messages that were left out it found 0.48 of danger at one false alarm in a hundred; the likeliest kind 0.43, any
    danger alone 0.42.
    """
    likeliest, any_danger = (
        min(max(chance, TINY), 1 - TINY) for chance in (max(chances[kind] for kind in URGENT), chances[ANY_DANGER])
    )
    odds = math.sqrt(likeliest / (1 - likeliest) * any_danger / (1 - any_danger))
    return odds / (1 + odds)


def _kind_of(chances: Mapping[str, float]) -> Urgency:
    """Give the gravest of the kinds that are nearly as likely as the likeliest, in the contract's order."""
    likeliest = max(chances[urgency] for urgency in URGENT)
    return next(urgency for urgency in URGENT if chances[urgency] >= ALIKE * likeliest)
