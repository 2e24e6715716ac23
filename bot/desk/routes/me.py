"""What is one's own: where one is signed in, and the conversations one took over."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import STAFF, form_of, services_of, session_of, to


@get("/me", opt=to("session.own"))
async def show_me(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show one's own sessions and conversations."""
    here, session = services_of(request).working_here, session_of(request)
    return pages.page(
        request,
        "me.html",
        sessions=await here.sessions_of(session, session.member.id),
        taken=await here.taken(session),
        shift=await here.shift(session),
    )


@get("/here", opt=STAFF, status_code=204)
async def say_here(request: Request[Any, Any, Any]) -> None:
    """Answer a live page that asks whether its browser is still there: like every request, this counts as seen."""
    session_of(request)


@post("/sessions/{handle:str}/end", opt=to("session.own"))
async def end_session(request: Request[Any, Any, Any], handle: FromPath[str]) -> Response[Any]:
    """End a session, one's own or that of a member whom one leads."""
    member = (await form_of(request)).get("member", "")
    await services_of(request).working_here.end_session(session_of(request), handle)
    return pages.go_to(f"/people/{member}" if member.isalnum() else "/me")
