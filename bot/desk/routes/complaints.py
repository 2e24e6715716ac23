"""Complaints: who complained by which conversation, whom it may concern, and what can be done."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from bot.desk import pages
from bot.desk.security import services_of, session_of, to


@get("/complaints", opt=to("complaint.see"))
async def show_complaints(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show complaints."""
    complaints = await services_of(request).complaints.look(session_of(request))
    return pages.page(request, "complaints.html", complaints=complaints)
