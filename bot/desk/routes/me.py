"""What is one's own: where one is signed in, and the conversations one took over."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import FRAMED, STAFF, form_of, services_of, session_of, to
from bot.domain.presence import PRESENT_FOR


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


@get("/here/frame", opt={**STAFF, **FRAMED})
async def show_here(request: Request[Any, Any, Any]) -> Response[Any]:
    """Ask again and again in a page within the page, where no script does: what is typed around it stays."""
    return pages.page(request, "here.html", every=int(PRESENT_FOR.total_seconds() / 3))


@post("/sessions/{handle:str}/end", opt=to("session.own"))
async def end_session(request: Request[Any, Any, Any], handle: FromPath[str]) -> Response[Any]:
    """End a session, one's own or that of a member whom one leads."""
    member = (await form_of(request)).get("member", "")
    await services_of(request).working_here.end_session(session_of(request), handle)
    return pages.go_to(f"/people/{member}" if member.isalnum() else "/me")
