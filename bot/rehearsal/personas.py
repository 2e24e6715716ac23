"""The personas of rehearsals as people to train with: what they say in their stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from bot.domain.escape import Words
from bot.rehearsal.answers import Answers, Says, read_answers
from bot.rehearsal.stories import Story, read_stories
from bot.services.ports.training import Persona

FEWEST_LINES: Final = 3
MOST_OF_A_TELLING: Final = 4
"""Of a step that tells until a button comes so many messages: the rest says the same again."""


@dataclass(frozen=True)
class StoryPersonas:
    """Body of `Personas`: reads the stories when they are first asked for."""

    folder: Path
    words: Words
    """The words of the ways out: whoever says them in a story leaves it, or has its screen changed."""
    phrases: Says
    """Sentences that counsellors start from."""

    def all(self) -> Sequence[Persona]:
        """Give every story that holds enough to talk about."""
        return self._all

    def answer(self, persona: Persona, text: str) -> str | None:
        """Give what a persona answers to a question that simple rules can tell, or None."""
        return self._answers.to(persona.name, persona.language, text)

    @cached_property
    def _answers(self) -> Answers:
        return read_answers(self.folder, self.phrases)

    @cached_property
    def _all(self) -> Sequence[Persona]:
        found = [_persona(story, self.words) for story in read_stories(self.folder)]
        return [persona for persona in found if len(persona.lines) >= FEWEST_LINES]


def _persona(story: Story, words: Words) -> Persona:
    said: list[str] = []
    for step in story.steps:
        if step.does == "writes":
            said += step.texts
        elif step.does == "tells":
            said += [str(text) for text in step.what[:MOST_OF_A_TELLING]]
    lines = tuple(text for text in dict.fromkeys(said) if words.way_of(text) is None and not text.startswith("/"))
    return Persona(story.name, story.title, story.language, lines)
