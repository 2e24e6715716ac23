"""What the services need for training: invented people and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Persona:
    """An invented person with a story."""

    name: str
    """`<persona>/<story>`."""
    title: str
    """What the story is about, for staff."""
    language: str
    lines: tuple[str, ...] = field(repr=False)
    """What they say, in order."""

    @property
    def kind(self) -> str:
        """Who is played, as a code."""
        return self.name.partition("/")[0]


class Personas(Protocol):
    """The invented people that can be played. Never a word of a real person."""

    def all(self) -> Sequence[Persona]:
        """Give all of them."""

    def answer(self, persona: Persona, text: str) -> str | None:
        """Give what a persona answers to a question that simple rules can tell, or None."""
