"""Calls to staff: what wants an answer on every page, who was called, what was missed, and how a member is called."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import ServerSentEvent

from bot.desk import pages
from bot.desk.live import follow_urgent as follow
from bot.desk.security import STAFF, at_desk, form_of, services_of, session_of


@get("/alerts", opt=STAFF)
async def show_alerts(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show open alerts, who answered earlier ones, and how this member is called."""
    return await _show(request)


@get("/alerts/live", opt=STAFF)
async def follow_urgent(request: Request[Any, Any, Any]) -> ServerSentEvent:
    """Send what wants an answer now, whenever it changes."""
    return ServerSentEvent(follow(request))


@post("/alerts/telegram", opt=STAFF)
async def link_telegram(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show a one-time code for the bot of the staff, once."""
    language = pages.speech_of(request).language
    code = await services_of(request).reaches.new_code(session_of(request), language)
    return await _show(request, code)


@post("/alerts/telegram/end", opt=STAFF)
async def unlink_telegram(request: Request[Any, Any, Any]) -> Response[Any]:
    """Be called by the bot of the staff no more."""
    await services_of(request).reaches.unlink(session_of(request))
    return pages.go_to("/alerts")


@post("/alerts/mail", opt=STAFF)
async def set_mail(request: Request[Any, Any, Any]) -> Response[Any]:
    """Have a code sent to an address, or be called by mail no more."""
    address = (await form_of(request)).get("mail", "")
    language = pages.speech_of(request).language
    await services_of(request).reaches.set_mail(session_of(request), address, language)
    return pages.go_to("/alerts")


@post("/alerts/mail/confirm", opt=STAFF)
async def confirm_mail(request: Request[Any, Any, Any]) -> Response[Any]:
    """Be called at the address to which the code was sent."""
    await services_of(request).reaches.confirm_mail(session_of(request), (await form_of(request)).get("code", ""))
    return pages.go_to("/alerts")


async def _show(request: Request[Any, Any, Any], code: str = "") -> Response[Any]:
    services, session = at_desk(request)
    view, reach = await services.alerts.view(session), await services.reaches.look(session)
    return pages.page(request, "alerts.html", view=view, reach=reach, code_to_send=code)
