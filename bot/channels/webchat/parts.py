"""What the web chat is made of; `bootstrap` fills it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.channels.webchat.limits import Limits
from bot.channels.webchat.pages import Pages
from bot.services.records import Address, Incoming


class SaysWords(Protocol):
    """The words files."""

    def say(self, key: str, language: str, **args: str) -> str:
        """Give the sentence of a key in a language."""


class ComesBack(Protocol):
    """The way back by six words."""

    async def knows(self, address: Address) -> bool:
        """Tell whether this chat has a conversation."""

    async def make(self, address: Address) -> str | None:
        """Give new words, once; None when there is no conversation."""

    async def come_back(self, address: Address, words: str, tried_by: str) -> bool:
        """Move the conversation of these words to this chat; False when they open nothing or were tried too often."""


@dataclass(frozen=True)
class Webchat:
    """Everything that the handlers use."""

    store: Callable[[Incoming], Awaitable[bool]]
    """Commits a message before it returns; False when it was stored before."""
    wake: Callable[[Address], Awaitable[None]]
    """A page opened: what waits for this chat is tried again at once."""
    way_back: ComesBack
    words: SaysWords
    hash_token: Callable[[str], bytes]
    """Keyed hash with the server key."""
    is_way_out: Callable[[str], bool]
    """Tells whether a whole message is the word of a way out: those pass every limit."""
    pages: Pages
    limits: Limits
    sound: Callable[[str], Awaitable[bytes | None]]
    """Gives the sound of a recorded sentence by its name; None where there is none."""
    is_covered: Callable[[Address], Awaitable[bool]]
    """Tells whether the screen of this chat is changed: then the page shows nothing but the theme."""
    writes: Callable[[Address], Awaitable[bool]]
    """The person is writing; False where nobody reads along, and the page need not say it again for a while."""
    leave_to: str = "/notes"
    """Where the quick exit leads; asked for only when it is pressed."""


def load_wordlist() -> tuple[str, ...]:
    """Read the words of the way back: the English list of BIP 39 (MIT), as PyPI's `mnemonic` 0.21 ships it."""
    return tuple((Path(__file__).parent / "wordlist.txt").read_text(encoding="ascii").split())
