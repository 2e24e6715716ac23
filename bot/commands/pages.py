"""Puts the two faces together: the person's web chat and the staff's desk, each an application of its own."""

from __future__ import annotations

from collections.abc import Callable

from litestar import Litestar

from bot.bootstrap import House
from bot.channels.webchat.app import create_app as create_web_chat
from bot.channels.webchat.limits import Limits
from bot.channels.webchat.messenger import WebchatMessenger
from bot.channels.webchat.pages import Pages
from bot.channels.webchat.parts import Webchat, load_wordlist
from bot.desk.app import create_app as create_desk
from bot.services.way_back import WayBack


def web_chat_app(house: House) -> tuple[Litestar, WebchatMessenger, Callable[[], None]]:
    """Make the web chat, the messenger that hands messages to its open pages, and what closes those pages."""
    pages = Pages()
    escape_words = house.content.escape_words
    web = Webchat(
        store=house.receive.store,
        wake=house.wake,
        way_back=WayBack(house.records, house.vault, house.clock, load_wordlist()),
        words=house.content.words,
        hash_token=house.vault.hash_token,
        is_way_out=lambda text: escape_words.way_of(text) is not None,
        pages=pages,
        limits=Limits(),
        sound=house.content.recordings.sound,
        is_covered=house.is_covered,
        writes=house.typing.person_writes,
    )
    return create_web_chat(web), WebchatMessenger(pages), pages.close


def desk_app(house: House) -> Litestar:
    """Make the desk."""
    return create_desk(house, house.settings.desk_url)
