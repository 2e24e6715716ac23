"""Who did what, when and why."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery, QueryParameter

from bot.desk import pages
from bot.desk.security import at_desk, services_of, session_of, to


@get("/audit", opt=to("audit.read"))
async def show_audit(
    request: Request[Any, Any, Any],
    conversation: FromQuery[str] = "",
    before: Annotated[int | None, QueryParameter(ge=1)] = None,
) -> Response[Any]:
    """Show the newest acts, or those before a number; with a case code those of one conversation."""
    audit = await services_of(request).audit.look(session_of(request), conversation, before)
    return pages.page(request, "audit.html", audit=audit, checked=False, broken=None)


@post("/audit/verify", opt=to("audit.read"))
async def verify_audit(request: Request[Any, Any, Any]) -> Response[Any]:
    """Check the whole chain, and say whether it holds."""
    services, session = at_desk(request)
    broken = await services.audit.first_broken(session)
    audit = await services.audit.look(session)
    return pages.page(request, "audit.html", audit=audit, checked=True, broken=broken)
