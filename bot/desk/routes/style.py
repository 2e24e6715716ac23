"""The style page: every component of the desk beside its name, with invented content."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from bot.desk import pages
from bot.desk.security import STAFF, services_of
from bot.domain.codes import LEVELS
from bot.services.transcript import MessageView


@get("/style", opt=STAFF)
async def show_style(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the components."""
    now = services_of(request).clock.now()
    say = pages.speech_of(request).say
    person = MessageView(1, "person", "", say("style.from-person"), now, "", is_final=True, unread=False)
    program = MessageView(2, "bot", "", say("style.from-program"), now, "accepted", is_final=True, unread=False)
    mine = MessageView(3, "counsellor", "", say("style.from-counsellor"), now, "waiting", is_final=True, unread=False)
    unclear = MessageView(4, "person", "", "", now, "", is_final=True, unread=True, covered=True, damaged=True)
    return pages.page(request, "style.html", messages=(person, program, mine, unclear), marks=LEVELS)
