"""The way from practice to live: the list, signatures, and the press of two supervisors."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from bot.desk import pages
from bot.desk.security import at_desk, form_of, services_of, session_of, to
from bot.services.going_live import SECOND_WITHIN

NOTHING = "-"
"""What a form sends for a point that is about nothing in particular."""


@get("/going-live", opt=to("installation.see"))
async def show_going_live(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show what is missing, and what to do about it."""
    services, session = at_desk(request)
    checklist = await services.going_live.look()
    names = {each.member.id: each.member.name for each in await services.vettings.everybody(session)}
    days = SECOND_WITHIN.days
    return pages.page(request, "going_live.html", checklist=checklist, names=names, nothing=NOTHING, days=days)


@post("/going-live/sign", opt=to("installation.sign"))
async def sign(request: Request[Any, Any, Any]) -> Response[Any]:
    """Sign a statement."""
    form = await form_of(request)
    about = ["" if each == NOTHING else each for each in form.get("about", "").split(",") if each]
    point = form.get("point", "")
    await services_of(request).going_live.sign(session_of(request), point, about)
    return pages.go_to("/going-live")


@post("/going-live/withdraw", opt=to("installation.sign"))
async def withdraw(request: Request[Any, Any, Any]) -> Response[Any]:
    """Take a signature back."""
    point, _, about = (await form_of(request)).get("signed", "").partition(":")
    about = "" if about == NOTHING else about
    await services_of(request).going_live.withdraw(session_of(request), point, about)
    return pages.go_to("/going-live")


@post("/going-live/press", opt=to("installation.sign"))
async def press(request: Request[Any, Any, Any]) -> Response[Any]:
    """Press *Go live*; the second supervisor's press does it."""
    await services_of(request).going_live.press(session_of(request))
    return pages.go_to("/going-live")
