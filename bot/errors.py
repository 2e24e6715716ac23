"""The error tree.

SaphanError
├── SettingError          a setting, file or port is wrong; the start stops with exit status 2
├── RecordsError          the database is not ours, newer, or out of reach
├── EngineFailure         the engine gave no usable answer
├── ChannelFailure        a messenger refused or did not answer
│   ├── TryLater          wait `seconds`, then try again; concerns one chat only
│   ├── Blocked           the person blocked the bot
│   └── Refused           never try this message again
├── CannotOpen            a seal does not open with the key at hand
├── SaysWhy               what was asked for is not done, for a `reason` that the desk has words for
│   ├── NotAllowed        (bot.services.door) something is missing
│   ├── Refused           (bot.services.staff) something about staff is not possible
│   ├── Barred            (bot.domain.access) a reading without a yes is not possible
│   └── NotWeights        (bot.domain.weights) what was typed is no file of weights
└── NotPossible           (bot.domain.ownership) the state does not allow the deed

No message of any of them holds a text, a name, a token or a chat id.
"""

from __future__ import annotations


class SaphanError(Exception):
    """Root of everything that Saphan raises."""


class SettingError(SaphanError):
    """A setting, file or port is wrong; the sentence names it and says what to do."""


class RecordsError(SaphanError):
    """The database is not ours, is newer than this program, or cannot be reached."""


class EngineFailure(SaphanError):
    """The engine gave no usable answer: silence, a wrong status, an empty answer, another turn's."""


class ChannelFailure(SaphanError):
    """A messenger refused a message or did not answer."""


class TryLater(ChannelFailure):
    """The messenger asks for patience with one chat."""

    def __init__(self, seconds: float, *, until_they_come: bool = False) -> None:
        """Keep how many seconds to wait; `until_they_come`: or until the person opens their page."""
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds
        self.until_they_come = until_they_come


class Blocked(ChannelFailure):
    """The person blocked the bot or deleted the chat: contact has ended until they write."""


class Refused(ChannelFailure):
    """The messenger will never take this message; `code` is its status."""

    def __init__(self, code: int) -> None:
        """Keep the status, never the messenger's own words: they can hold what was sent."""
        super().__init__(f"refused with status {code}")
        self.code = code


class CannotOpen(SaphanError):
    """A seal does not open with the key at hand."""


class SaysWhy(SaphanError):
    """What was asked for is not done; `reason` is a code that the desk says in words, never a name or a text."""

    def __init__(self, reason: str) -> None:
        """Keep the code."""
        super().__init__(reason)
        self.reason = reason
