"""The first page: alerts, own conversations, who waits."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import ServerSentEvent

from bot.desk import pages
from bot.desk.live import follow_queue as follow
from bot.desk.security import STAFF, services_of, session_of


@get("/", opt=STAFF)
async def show_queue(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the queue; who only receives what is passed on comes to that."""
    services = services_of(request)
    session = session_of(request)
    if session.may("refer.receive") and not session.may("refer.send"):
        return pages.go_to("/referrals")
    desk = await services.counsel.queue(session)
    written = await services.staff.recovery_is_written()
    offered = await services.transfers.offered(session)
    interpreted = await services.interpreters.mine(session)
    shift = await services.working_here.shift(session)
    return pages.page(
        request,
        "queue.html",
        desk=desk,
        offered=offered,
        interpreted=interpreted,
        left=await services.handovers.how_many(session),
        recovery_is_written=written,
        shift=shift,
        lead=await services.duty_leads.now(session),
    )


@get("/queue/live", opt=STAFF)
async def follow_queue(request: Request[Any, Any, Any]) -> ServerSentEvent:
    """Send the queue again whenever it changes."""
    return ServerSentEvent(follow(request))


@post("/alerts/{alert:int}/seen", opt=STAFF)
async def see_alert(request: Request[Any, Any, Any], alert: FromPath[int]) -> Response[Any]:
    """Note who answered an alert."""
    await services_of(request).counsel.see_alert(session_of(request), alert)
    return pages.go_to("/")
