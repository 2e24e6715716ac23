"""What is kept of content: rows of contacts and sentences that the desk changed, and who tried and read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.contact_rows import Overlay, TrialCall
from bot.domain.word_reviews import Wording, WordReview


class ContentRows(Protocol):
    """What stands above the content files. Holds nothing of a person."""

    async def contacts(self) -> Sequence[Overlay]:
        """Give every change of the rows of contacts, oldest first."""

    async def set_contact(self, overlay: Overlay) -> None:
        """Let a change stand for a row; one of the same name is replaced."""

    async def drop_contact(self, name: str) -> None:
        """Let the file's row count again."""

    async def add_call(self, call: TrialCall) -> None:
        """Store that a line was called."""

    async def calls(self) -> Sequence[TrialCall]:
        """Give every test call, oldest first."""

    async def wordings(self) -> Sequence[Wording]:
        """Give proposed wordings and those in use, oldest first."""

    async def set_wording(self, wording: Wording) -> None:
        """Store a wording; of a sentence there is one proposed and one in use at most."""

    async def drop_wording(self, language: str, key: str, *, in_use: bool) -> None:
        """Take a wording away: the one in use, or the proposed one."""

    async def sign_words(self, reviews: Sequence[WordReview]) -> None:
        """Store that sentences were read; a second signature of the same person changes nothing."""

    async def word_reviews(self) -> Sequence[WordReview]:
        """Give every signature, oldest first, whether its sentence still stands or not."""
