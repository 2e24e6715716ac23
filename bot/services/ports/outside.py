"""What the services need of the world: the time, signals, messengers, and ways to call staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable


class Clock(Protocol):
    """The time; tests move it."""

    def now(self) -> datetime:
        """Give the aware time in UTC."""


class Signals(Protocol):
    """Wakes whoever waits for a topic (`inbox`, `outbox`, `queue`, `conversation:<id>`); carries nothing else."""

    def publish(self, topic: str) -> None:
        """Wake all who wait for the topic."""

    def count(self, topic: str) -> int:
        """Give how often the topic was published."""

    async def changed(self, topic: str, seen: int, timeout: float) -> int:
        """Return the count as soon as it differs from `seen`, or after `timeout` seconds."""


@dataclass(frozen=True)
class Outgoing:
    """One message for a messenger: text and rows of buttons (label, data)."""

    text: str = field(repr=False)
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    clears: bool = False
    """What the screen shows before this message is taken off, where a channel can do that at once."""
    theme: bool = False
    """A line of the theme: nothing around it may tell of anything else."""
    line: str = ""
    """Name of the line that it tells of (`bot.domain.contacts`), which has to count when the message leaves."""
    recording: str = ""
    """Name of the recording of this sentence, for who asked to hear it; it never starts by itself."""


class Messenger(Protocol):
    """One bot on one channel. Never logs what it sends; silent, without link previews.

    Raises TryLater, Blocked, Refused or plain ChannelFailure (network: try again).
    """

    channel: str
    bot: str

    async def send(self, chat: str, message: Outgoing) -> str:
        """Deliver and give the messenger's own id of the message (may be empty)."""

    async def retire_buttons(self, chat: str, remote: str) -> None:
        """Take the buttons off an earlier message; a message that is gone is no error."""


@runtime_checkable
class Fetches(Protocol):
    """A messenger that can also fetch what a person sent beside text. Keeps nothing and logs nothing of it."""

    async def fetch(self, name: str) -> bytes:
        """Fetch by the messenger's own name; raises ChannelFailure when it cannot be had, or is too big."""


@runtime_checkable
class ShowsTyping(Protocol):
    """A messenger that can show that somebody writes, for a moment and without a sound. Raises as `send` does."""

    async def show_typing(self, chat: str) -> None:
        """Show it; a chat that is not open anywhere is no error."""


@runtime_checkable
class LetsHear(Protocol):
    """A messenger on which a recording is a message of its own. Silent like all others; logs nothing of it."""

    async def send_voice(self, chat: str, sound: bytes) -> str:
        """Put Ogg/Opus into the chat and give the messenger's own id of it. Raises as `send` does."""


@runtime_checkable
class ClearsChat(Protocol):
    """A messenger that lets a bot take messages, of both sides, off the screen for a while. Never logs a number."""

    async def take_off(self, chat: str, remotes: Sequence[str]) -> None:
        """Take many off at once, as far as it goes: what is gone or too old is passed over and not told."""

    async def take_one_off(self, chat: str, remote: str) -> bool:
        """Take one off; True when it is gone, False when the messenger will never let us. Raises as `send` does."""


class Recordings(Protocol):
    """The recordings of the bot's sentences, each of one wording in one language."""

    def has_any(self, language: str) -> bool:
        """Tell whether anything is recorded in a language."""

    def find(self, language: str, sentence: str) -> str:
        """Give the name of the recording of exactly this sentence; empty: there is none."""

    async def sound(self, name: str) -> bytes | None:
        """Give the sound of a recording; None where the name means none."""


class Notifier(Protocol):
    """A way to call a member outside the desk. Sends only what it is given, and logs nothing of it.

    Raises Blocked or Refused when it will never work, TryLater or plain ChannelFailure when it may work later.
    """

    way: str

    async def send(self, address: str, text: str) -> None:
        """Send a short text."""
