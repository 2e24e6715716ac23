"""What personas answer in training to questions that simple rules can tell: `flows/rehearsal/answers.yml`.

Nothing here understands anything. What no rule tells is not answered, and the persona tells on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import yaml

FILE: Final = "answers.yml"


class Says(Protocol):
    """Sentences by key and language."""

    def say(self, key: str, language: str, **args: str) -> str:
        """Give the sentence of a key in a language."""


@dataclass(frozen=True)
class Question:
    """One thing that may be asked."""

    phrases: Sequence[str]
    """Keys of sentences that counsellors start from."""
    words: Mapping[str, Sequence[str]]
    """By language: what a message that asks holds."""
    says: Mapping[str, str]
    """The name of the answer, by story, by persona, and of `all` others."""


@dataclass(frozen=True)
class Answers:
    """All of them, as they stand in the file."""

    asks: Mapping[str, Sequence[str]]
    """By language, and of `all`: what makes a message a question."""
    questions: Sequence[Question]
    answers: Mapping[str, Mapping[str, str]]
    phrases: Says

    def to(self, story: str, language: str, text: str) -> str | None:
        """Give what the person of a story answers to a message; None: no rule tells what it asks."""
        heard = text.casefold()
        found = next((it for it in self.questions if self._is_asked(it, language, heard)), None)
        if found is None:
            return None
        names = (found.says.get(name) for name in (story, story.partition("/")[0], "all"))
        return self.answers[next(filter(None, names))][language]

    def _is_asked(self, question: Question, language: str, heard: str) -> bool:
        if any(self.phrases.say(key, language).casefold() in heard for key in question.phrases):
            return True
        asks = (*self.asks["all"], *self.asks.get(language, ()))
        return _holds(heard, asks) and _holds(heard, question.words.get(language, ()))


def _holds(heard: str, words: Sequence[str]) -> bool:
    return any(word in heard for word in words)


def read_answers(folder: Path, phrases: Says) -> Answers:
    """Read the file that stands beside the stories."""
    data: dict[str, Any] = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    questions = [Question(it.get("phrases", ()), it.get("words", {}), it["says"]) for it in data["questions"]]
    return Answers(data["asks"], questions, data["answers"], phrases)
