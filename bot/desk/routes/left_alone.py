"""Contacts that were closed as abusive: who is left with the program, for how long, and who agreed to more."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import COUNSELLORS, at_desk, services_of, session_of, to
from bot.services.left_alone import LONG, SHORT


@get("/left-alone", opt=COUNSELLORS)
async def show_left_alone(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the list; no text."""
    services, session = at_desk(request)
    lines = await services.left_alone.listed(session)
    names = {each.member.id: each.member.name for each in await services.vettings.everybody(session)}
    return pages.page(request, "left_alone.html", lines=lines, names=names, short=SHORT.days, long=LONG.days)


@post("/left-alone/{code:str}/ask", opt=COUNSELLORS)
async def ask_longer(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Ask that it lasts longer."""
    await services_of(request).left_alone.ask(session_of(request), code)
    return pages.go_to("/left-alone")


@post("/left-alone/{code:str}/confirm", opt=to("contact.block"))
async def confirm_longer(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Agree, as the second member of staff."""
    await services_of(request).left_alone.confirm(session_of(request), code)
    return pages.go_to("/left-alone")


@post("/left-alone/{code:str}/lift", opt=to("contact.block"))
async def lift(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Let them be offered a person again."""
    await services_of(request).left_alone.lift(session_of(request), code)
    return pages.go_to("/left-alone")
