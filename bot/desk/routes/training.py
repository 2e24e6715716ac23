"""Training: choose an invented person, who then waits in the queue."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from bot.desk import pages
from bot.desk.security import COUNSELLORS, at_desk, form_of, services_of, session_of


@get("/training", opt=COUNSELLORS)
async def show_training(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show who can be played."""
    personas = services_of(request).training.choices(session_of(request))
    return pages.page(request, "training.html", personas=personas)


@post("/training", opt=COUNSELLORS)
async def start_training(request: Request[Any, Any, Any]) -> Response[Any]:
    """Let the chosen persona wait; the same form sent twice starts one."""
    services, session = at_desk(request)
    form = await form_of(request)
    await services.training.start(session, form.get("persona", ""))
    return pages.go_to("/")
