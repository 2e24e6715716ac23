"""What counsellors hold now, as supervisors see it: no text, and a way to take it back."""

from __future__ import annotations

import secrets
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import SUPERVISORS, at_desk, form_of, services_of, session_of
from bot.services.taking_back import TAKE_REASONS


@get("/held", opt=SUPERVISORS)
async def show_held(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show who holds what since when."""
    held = await services_of(request).taking_back.held(session_of(request))
    return pages.page(request, "held.html", held=held, take_reasons=TAKE_REASONS, form=secrets.token_urlsafe(9))


@post("/held/{code:str}/take-back", opt=SUPERVISORS)
async def take_back(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Let the person wait for somebody else; the same form sent twice does it once."""
    services, session = at_desk(request)
    form = await form_of(request)
    with session.once(form.get("form", "")) as first:
        if first:
            conversation = await services.taking_back.find(session, code)
            await services.taking_back.take_back(session, conversation, form.get("reason", ""))
    return pages.go_to("/held")
