"""Writes a message as the encoder knows the language: shorthand written out, marks of Vietnamese put back.

Only the reading sees it. What is stored and shown is the text as given, and evidence points there.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.cleaning import CLEANED, Cleaned
from bot.nlu.components import Learning
from bot.nlu.marks import WORDS, Marks, reference
from bot.nlu.shorthand import written_out
from bot.nlu.written import FOLDER, ROOT, digest_of, languages_of_examples

SEEN: Final = "marks.txt"
VIETNAMESE: Final = "vi"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Spelling(Learning[Marks]):
    """Changes the text that the components behind it read. Examples are learnt from as they were written.

    Registered as a classifier, so that Rasa does not pass examples through it: the encoder's training stays apart.
    """

    @classmethod
    def opened(cls, folder: Path) -> Marks:
        """Open what was learnt."""
        return Marks((folder / SEEN).read_text(encoding="utf-8").splitlines())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, object]) -> str | None:
        """Learn anew when an example moved to another folder, or the phrases changed."""
        return digest_of(ROOT / FOLDER) + WORDS.read_text(encoding="utf-8")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the Vietnamese examples that have their marks, and from the phrases."""
        languages = languages_of_examples(ROOT / FOLDER)
        texts = {example.get(TEXT) for example in training_data.training_examples} - {None}
        examples = sorted(text for text in texts if VIETNAMESE in languages.get(text, ()))
        self._learnt = Marks([*examples, *reference()])
        with self._model_storage.write_to(self._resource) as folder:
            clauses = (" ".join(clause) for clause in self._learnt.clauses)
            (folder / SEEN).write_text("\n".join(clauses), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write each message as its language is written."""
        for message in messages:
            cleaned: Cleaned | None = message.get(CLEANED)
            if cleaned is not None:
                spelt = spell(cleaned, message.get("language"), self._learnt)
                message.set(CLEANED, spelt)
                message.set(TEXT, spelt.text, add_to_output=True)
        return messages


def spell(cleaned: Cleaned, language: str | None, marks: Marks | None) -> Cleaned:
    """Write a clean text as its language is written; places in the text as given stay known."""
    aligned = written_out(cleaned.aligned, language)
    if language == VIETNAMESE and marks is not None:
        aligned = aligned.changed(marks.restore)
    return replace(cleaned, aligned=aligned)
