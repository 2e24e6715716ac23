"""Says whether somebody is in danger: `urgency` where it is sure, `urgency_maybe` where a soft check should be made.

Stands behind `bot.nlu.indicators`, which reckons the probabilities. The model and the danger words of each language
speak; a danger word alone is never an alarm, only a reason to ask, but beside it the model need be less sure.
"""

from __future__ import annotations

from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.domain.codes import URGENCIES, Urgency
from bot.nlu.calibration import calibrations
from bot.nlu.components import Unlearned
from bot.nlu.danger import danger_in
from bot.nlu.indicators import PROBABILITIES, can_be_read
from bot.nlu.scripts import UNWRITTEN, script_of

URGENCY: Final = "urgency"
URGENCY_MAYBE: Final = "urgency_maybe"


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
                sure, maybe = judge(chances, danger_in(text), readable=can_be_read(text, message.get("language")))
            message.set(URGENCY, sure, add_to_output=True)
            message.set(URGENCY_MAYBE, maybe, add_to_output=True)
        return messages


def judge(chances: dict[str, float], word: Urgency, *, readable: bool) -> tuple[Urgency, Urgency]:
    """Give `urgency` and `urgency_maybe` from the probabilities and the danger word in the text.

    In a language that is none of ours nothing is sure, and what would be sure elsewhere is asked about.
    """
    known = calibrations()
    enough = {u: known[u].sure if word == "none" else known[u].with_word for u in URGENCIES if u != "none"}
    sure = _first(u for u, least in enough.items() if chances[u] >= least)
    if not readable:
        return "none", sure
    asked = [u for u in URGENCIES if u != "none" and chances[u] >= known[u].maybe]
    return sure, _first(u for u in URGENCIES if u in {sure, word, *asked} and u != "none")


def _first(urgencies: Any) -> Urgency:
    """Give the gravest of some, in the contract's order."""
    return next(iter(urgencies), "none")
