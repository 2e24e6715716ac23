"""Writes a message as the encoder knows the language: shorthand written out, marks and scripts put back.

Only the reading sees it. What is stored and shown is the text as given, and evidence points there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import marks, romanised
from bot.nlu.alignment import Aligned
from bot.nlu.calibration import OWN_SCRIPT, way_of
from bot.nlu.cleaning import CLEANED, Cleaned
from bot.nlu.components import Learning
from bot.nlu.marks import Marks
from bot.nlu.romanised import Script
from bot.nlu.shorthand import written_out
from bot.nlu.understanding import TYPED
from bot.nlu.written import FOLDER, ROOT, digest_of, languages_of_examples

VIETNAMESE: Final = "vi"
SUFFIX: Final = ".txt"


@dataclass(frozen=True)
class Spelt:
    """A text as its language is written, and how it was typed, if that was in other letters."""

    text: Aligned
    typed: str


@dataclass(frozen=True)
class Spellings:
    """How each language is written: its marks, or its script."""

    marks: Marks
    scripts: Mapping[str, Script]

    @classmethod
    def learnt_from(cls, languages: Mapping[str, Sequence[str]]) -> Spellings:
        """Learn from texts, of each of which the languages are given."""
        texts: dict[str, list[str]] = {language: [] for language in (VIETNAMESE, *sorted(OWN_SCRIPT))}
        for text in sorted(languages):
            for language in languages[text]:
                if language == VIETNAMESE or (language in texts and way_of(text, language) == "own"):
                    texts[language].append(text)
        own = {language: Script.learnt_from(language, texts[language]) for language in sorted(OWN_SCRIPT)}
        return cls(Marks.learnt_from([*texts[VIETNAMESE], *marks.reference()]), own)

    def spell(self, text: Aligned, language: str | None) -> Spelt:
        """Write a clean text as its language is written; places in the text as given stay known."""
        full = written_out(text, language)
        if language == VIETNAMESE:
            return Spelt(full.changed(self.marks.restore), "")
        script = self.scripts.get(language or "")
        if script is not None and way_of(full.text, language) == "romanised":
            return Spelt(script.written(full), full.text)
        return Spelt(full, "")

    def save(self, folder: Path) -> None:
        """Write the clauses that were counted into a folder."""
        counted = {VIETNAMESE: self.marks.clauses, **{name: script.clauses for name, script in self.scripts.items()}}
        for language, clauses in counted.items():
            lines = (" ".join(clause) for clause in clauses)
            (folder / language).with_suffix(SUFFIX).write_text("\n".join(lines), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Spellings:
        """Read what `save` wrote."""
        clauses = {
            file.stem: [line.split(" ") for line in file.read_text(encoding="utf-8").splitlines()]
            for file in folder.glob(f"*{SUFFIX}")
        }
        scripts = {language: Script(language, clauses[language]) for language in sorted(OWN_SCRIPT)}
        return cls(Marks(clauses[VIETNAMESE]), scripts)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class Spelling(Learning[Spellings]):
    """Changes the text that the components behind it read, of messages and examples alike."""

    learns_with = ("spelling.py", "shorthand.py", "marks.py", "romanised.py", "following.py", "written.py")

    @classmethod
    def opened(cls, folder: Path) -> Spellings:
        """Open what was learnt."""
        return Spellings.load(folder)

    @classmethod
    def learns_from(cls) -> str:
        """Learn anew when an example moved to another folder, or the phrases or spellings changed."""
        return digest_of(ROOT / FOLDER) + marks.WORDS.read_text(encoding="utf-8") + romanised.digest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples in each language's own script, and from the phrases."""
        languages = languages_of_examples(ROOT / FOLDER)
        texts = {example.get(TEXT) for example in training_data.training_examples} - {None}
        self._learnt = Spellings.learnt_from({text: languages.get(text, ()) for text in texts})
        with self._model_storage.write_to(self._resource) as folder:
            self._learnt.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write each message as its language is written."""
        for message in messages:
            cleaned: Cleaned | None = message.get(CLEANED)
            if cleaned is not None and self._learnt is not None:
                spelt = self._learnt.spell(cleaned.aligned, message.get("language"))
                message.set(CLEANED, replace(cleaned, aligned=spelt.text))
                message.set(TEXT, spelt.text.text, add_to_output=True)
                message.set(TYPED, spelt.typed)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Write the examples as messages are written."""
        if self._learnt is None:
            return training_data
        return spell_examples(training_data, languages_of_examples(ROOT / FOLDER), self._learnt)


def spell_examples(
    training_data: TrainingData, languages: Mapping[str, Sequence[str]], spellings: Spellings
) -> TrainingData:
    """Write examples as messages are written, so that what is learnt is what is read; `languages` of each text."""
    for example in training_data.training_examples:
        text = example.get(TEXT)
        if text is not None:
            spelt = spellings.spell(Aligned.of(text), next(iter(languages.get(text, ())), None))
            example.set(TEXT, spelt.text.text, add_to_output=True)
            if spelt.typed:
                example.set(TYPED, spelt.typed)
    return training_data
