"""What the reader learns from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """One text to learn from: the labels that it carries and its intent."""

    text: str
    labels: frozenset[str]
    intent: str
    typed: str = ""
    """How it was typed, where that was in Latin letters and `text` is in the script of the language."""

    @property
    def mark(self) -> int:
        """Give a number of 64 bits that tells this text with these labels and this intent from any other.

        As it was typed: how that is written in the script may change with the other examples.
        """
        written = f"{self.typed or self.text}\0{sorted(self.labels)}\0{self.intent}"
        digest = hashlib.blake2b(written.encode(), digest_size=8)
        return int.from_bytes(digest.digest(), "little")
