"""Says which indicator codes a message carries, with the words that carry them.

What it gives is `heard`, never a verdict (design/conversation.md, *Indicators*).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.domain.codes import INDICATOR_CODES, UNDETERMINED
from bot.nlu.calibration import Way, calibrations, likeliest_from, way_of
from bot.nlu.components import Unlearned
from bot.nlu.encoder import Scores
from bot.nlu.evidence import span_of
from bot.nlu.scripts import UNWRITTEN, script_of
from bot.nlu.second_view import BY_LETTERS
from bot.nlu.understanding import ANY_CODE, TYPED, scores_of

INDICATORS: Final = "indicators"
PROBABILITIES: Final = "scores"
"""Where a message carries the probability of every label, for urgency and the evaluation; not part of any answer."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Indicators(Unlearned):
    """Sets `indicators` on each message; none where there is no letter or the language is none of ours."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Say the codes of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            scores = scores_of(message)
            found: list[dict[str, Any]] = []
            if scores is not None:
                way: Way = "romanised" if message.get(TYPED) else way_of(text, message.get("language"))
                chances = probabilities(scores, message.get(BY_LETTERS), way)
                message.set(PROBABILITIES, chances)
                if can_be_read(text, message.get("language")):
                    found = _found(text, scores, chances)
            message.set(INDICATORS, found, add_to_output=True)
        return messages


def probabilities(scores: Scores, letters: Mapping[str, float], way: Way) -> dict[str, float]:
    """Give the probability of each label, by what the encoder and the letters say."""
    known = calibrations()
    return {label: known[label].probability(score, letters[label], way) for label, score in scores.labels.items()}


def can_be_read(text: str, language: str | None) -> bool:
    """Tell whether codes may be read from a text: it has letters, and is in one of our languages."""
    return language != UNDETERMINED and script_of(text) != UNWRITTEN


def said_by(chances: Mapping[str, float]) -> tuple[str, ...]:
    """Give the codes that are said: each by its own limit, none where hardly any is likely.

    Where it is likely that something is said and no code reaches its limit, the likeliest one is: of messages of
    strangers that were left out 0.94 of those that say something were noticed with it, 0.905 without; of those that say
    nothing 0.94 stayed without a code instead of 0.95; codes F1 0.885 instead of 0.886.
    """
    known = calibrations()
    if chances[ANY_CODE] < known[ANY_CODE].said:
        return ()
    said = tuple(code for code in INDICATOR_CODES if chances[code] >= known[code].said)
    if said or chances[ANY_CODE] < likeliest_from():
        return said
    return (max(INDICATOR_CODES, key=lambda code: chances[code] / known[code].said),)


def _found(text: str, scores: Scores, chances: dict[str, float]) -> list[dict[str, Any]]:
    rows = {label: row for row, label in enumerate(scores.labels)}
    return [
        {
            "code": code,
            "confidence": round(chances[code], 4),
            "evidence": list(span_of(text, scores.cut, scores.looked[rows[code]])),
        }
        for code in said_by(chances)
    ]
