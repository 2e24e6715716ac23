"""The web chat's own small server application: its routes, its headers, and nothing of the desk."""

from __future__ import annotations

from typing import Final

from litestar import Litestar
from litestar.datastructures import MutableScopeHeaders, State
from litestar.types import ControllerRouterHandler, Message, Scope

from bot.channels.webchat.events import stream_events
from bot.channels.webchat.handlers import (
    come_back,
    give_asset,
    give_sound,
    give_way_back,
    note_seen,
    note_typing,
    show_come_back_form,
    show_notes,
    show_page,
    take_message,
)
from bot.channels.webchat.parts import Webchat

ROUTES: Final[list[ControllerRouterHandler]] = [
    show_page,
    take_message,
    stream_events,
    give_way_back,
    note_seen,
    note_typing,
    show_come_back_form,
    come_back,
    show_notes,
    give_asset,
    give_sound,
]

LARGEST_BODY: Final = 256 * 1024
"""Bytes of one form: 4,000 letters of any script take 36,000 when they are sent as a form."""

HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(web: Webchat) -> Litestar:
    """Make the application that serves people, for its own listener."""
    return Litestar(
        route_handlers=ROUTES,
        state=State({"web": web}),
        before_send=[add_headers],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=LARGEST_BODY,
    )


async def add_headers(message: Message, scope: Scope) -> None:
    """Put the safe headers on every answer, also on streams and errors."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS.items():
            headers[name] = value
