"""What the services need to make a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Row:
    """One line of a document: what it is, and what stands there."""

    label: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Printed:
    """A document in words: nothing in it is looked up while it is drawn."""

    title: str
    language: str
    """Of its labels; what stands beside them may be in any."""
    blocks: tuple[tuple[str, tuple[Row, ...]], ...]
    watermark: str
    """Who made it, when and for whom; stands on every page."""
    note: str
    """What the reader must know first."""


class Documents(Protocol):
    """Draws documents. Asks nothing of any other machine, and writes nothing to disk."""

    async def pdf(self, printed: Printed) -> bytes:
        """Draw as PDF, each script shaped as its readers write it."""
