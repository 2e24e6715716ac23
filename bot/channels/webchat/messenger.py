"""The web chat as a messenger: a message is delivered when an open page of the person says that it showed it."""

from __future__ import annotations

from typing import Final

from bot.channels.webchat.pages import Pages
from bot.errors import TryLater
from bot.services.ports import Outgoing

CHANNEL: Final = "webchat"
BOT: Final = "web"
NO_PAGE_WAIT: Final = 30.0
"""Seconds until the outbox tries again; a page that opens wakes it sooner."""


class WebchatMessenger:
    """Hands messages to open pages. Keeps nothing for a page that may never come: the outbox does."""

    channel = CHANNEL
    bot = BOT

    def __init__(self, pages: Pages) -> None:
        """`pages` is the register that the web pages open themselves in."""
        self._pages = pages

    async def send(self, chat: str, message: Outgoing) -> str:
        """Wait until an open page showed the message and give its number; raises TryLater when none did."""
        number = await self._pages.deliver(chat, message)
        if number is None:
            raise TryLater(NO_PAGE_WAIT, until_they_come=True)
        return str(number)

    async def show_typing(self, chat: str) -> None:
        """Show it on open pages."""
        self._pages.show_typing(chat)

    async def retire_buttons(self, chat: str, remote: str) -> None:
        """Take the buttons off an earlier message where a page still shows it."""
        if remote.isdecimal():
            self._pages.retire(chat, int(remote))
