"""Makes a text safe and uniform for every later component, and keeps where each part of it stood as given.

Three steps: what nobody sees is taken out; Burmese in Zawgyi becomes Unicode (`bot.nlu.zawgyi`); then one way of
writing is left where keyboards have several (NFC, digits, vowels of Thai, Lao and Burmese). The last component of the
pipeline, `Places`, moves evidence back into the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.alignment import Aligned
from bot.nlu.components import Unlearned
from bot.nlu.zawgyi import is_zawgyi, to_unicode, zawgyi_of

CLEANED: Final = "cleaned"
"""Where a message carries its `Cleaned`; not part of any answer."""

KEPT_CONTROLS: Final = frozenset("\n\t")
HARMLESS_SLASH: Final = "\u2044"

_UNSEEN: Final = re.compile(r"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0]")
"""Invisible, though Unicode calls them letters or marks; everything of its category Cf goes as well."""

_AM: Final = re.compile(
    r"(?<=[\u0e01-\u0e2e])([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\u0e32"
    r"|(?<=[\u0e81-\u0eae\u0edc\u0edd])([\u0ec8-\u0ecb]?)\u0ecd([\u0ec8-\u0ecb]?)\u0eb2"
)
"""The vowel am in two parts, with a tone mark before, between or not at all."""
_DOUBLE_E: Final = re.compile("\u0e40\u0e40|\u0ec0\u0ec0")
"""Two strokes of e are what hurried Thai and Lao fingers write for the vowel ae."""
_DIGIT_AS_LETTER: Final = re.compile(
    r"(?<![\u1040-\u10490-9])\u1040(?=[\u1000-\u103f])|(?<=[\u1000-\u103f])\u1040(?![\u1040-\u10490-9])"
    r"|\u1047(?=[\u102b-\u103e])"
)
"""Burmese nought and seven, typed for the letters wa and ra, which look the same."""
_LETTER_FOR_DIGIT: Final = {"\u1040": "\u101d", "\u1047": "\u101b"}


@dataclass(frozen=True)
class Cleaned:
    """A text that is ready to be read."""

    aligned: Aligned
    zawgyi: float
    """From -1 (Unicode) to 1 (Zawgyi); 0 where nothing tells."""
    was_zawgyi: bool

    @property
    def text(self) -> str:
        """Give the text that is read."""
        return self.aligned.text


def clean(text: str, zawgyi_before: float = 0.0) -> Cleaned:
    """Make a text ready; `zawgyi_before` is the sum of the Zawgyi numbers of earlier messages.

    A slash that opens the text becomes a fraction slash: Rasa would take `/restart` for an order.
    """
    seen = _without_unseen(Aligned.of(text))
    number = zawgyi_of(seen.text)
    was_zawgyi = is_zawgyi(seen.text, number, zawgyi_before)
    if was_zawgyi:
        seen = to_unicode(seen)
    return Cleaned(_without_order(_uniform(seen)), number, was_zawgyi)


def _without_unseen(text: Aligned) -> Aligned:
    """Blank controls, lone surrogates and code points without a meaning; take out what has no width."""
    if text.text.isascii() and text.text.isprintable():
        return text
    kinds = {character: _kind(character) for character in set(text.text)}
    unsafe = {ord(character): " " for character, kind in kinds.items() if kind == "unsafe"}
    if unsafe:
        text = text.changed(lambda written: written.translate(unsafe))
    unseen = "".join(character for character, kind in kinds.items() if kind == "unseen")
    return text.replaced(re.compile(f"[{re.escape(unseen)}]+"), "") if unseen else text


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or _UNSEEN.match(character):
        return "unseen"
    return "unsafe" if category[0] == "C" and character not in KEPT_CONTROLS else "seen"


def _uniform(text: Aligned) -> Aligned:
    """Leave one of several ways to write the same."""
    if text.text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text.text):
        text = text.replaced(_composing(), lambda match: unicodedata.normalize("NFC", match[0]))
    text = text.replaced(_AM, _am).replaced(_DOUBLE_E, lambda match: chr(ord(match[0][0]) + 1))
    text = text.replaced(_DIGIT_AS_LETTER, lambda match: _LETTER_FOR_DIGIT[match[0]])
    digits = {ord(c): str(unicodedata.decimal(c)) for c in set(text.text) if c > "\x7f" and c.isdecimal()}
    return text.changed(lambda written: written.translate(digits)) if digits else text


def _am(match: re.Match[str]) -> str:
    tone = "".join(part for part in match.groups() if part)
    return tone + ("\u0e33" if match[0][-1] == "\u0e32" else "\u0eb3")


@lru_cache(maxsize=1)
def _composing() -> re.Pattern[str]:
    """Give the pattern of a code point and all that may join or change places behind it."""
    joining = {chr(code) for code in [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]}
    for code in range(0x30000):
        character = chr(code)
        if unicodedata.combining(character):
            joining.add(character)
        parts = unicodedata.decomposition(character).split()
        if len(parts) == 2 and not parts[0].startswith("<"):  # noqa: PLR2004 - a letter and what joins it
            joining.add(chr(int(parts[1], 16)))
    return re.compile(f".[{re.escape(''.join(sorted(joining)))}]*", re.DOTALL)


def _without_order(text: Aligned) -> Aligned:
    start = len(text.text) - len(text.text.lstrip())
    return text.rewritten([(start, start + 1, HARMLESS_SLASH)]) if text.text.startswith("/", start) else text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Cleaning(Unlearned):
    """Cleans the text of every message; what earlier messages were written in travels in the metadata."""

    @staticmethod
    def required_packages() -> list[str]:
        """Name what tells Zawgyi; ICU's binding cannot stand here, for its module and its package differ in name."""
        return ["myanmartools"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Clean what a person wrote."""
        for message in messages:
            if message.get(TEXT) is not None:
                hints = message.get("metadata") or {}
                cleaned = clean(message.get(TEXT), float(hints.get("zawgyi") or 0.0))
                message.set(CLEANED, cleaned)
                message.set("zawgyi", cleaned.zawgyi, add_to_output=True)
                message.set(TEXT, cleaned.text, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Clean examples the same way, so that what is learnt is what is read."""
        for example in training_data.training_examples:
            if example.get(TEXT) is not None:
                example.set(TEXT, clean(example.get(TEXT)).text, add_to_output=True)
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Places(Unlearned):
    """Moves the evidence of indicators from the cleaned text into the text as given; stands last."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Move the evidence of each message."""
        for message in messages:
            cleaned: Cleaned | None = message.get(CLEANED)
            if cleaned is not None:
                moved = [
                    {**found, "evidence": list(cleaned.aligned.given((found["evidence"][0], found["evidence"][1])))}
                    for found in message.get("indicators") or []
                ]
                message.set("indicators", moved, add_to_output=True)
        return messages
