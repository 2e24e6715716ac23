"""Notes from one shift to the next."""

from __future__ import annotations

import secrets
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from bot.desk import pages
from bot.desk.security import COUNSELLORS, at_desk, form_of, services_of, session_of
from bot.services.handover import LONGEST


@get("/handover", opt=COUNSELLORS)
async def show_handover(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show what was left for whoever comes next."""
    services, session = at_desk(request)
    notes = await services.handovers.read(session)
    shift = await services.working_here.shift(session)
    form = secrets.token_urlsafe(9)
    return pages.page(request, "handover.html", notes=notes, shift=shift, longest_note=LONGEST, form=form)


@post("/handover", opt=COUNSELLORS)
async def write_handover(request: Request[Any, Any, Any]) -> Response[Any]:
    """Keep a note; the same form sent twice keeps it once."""
    services, session = at_desk(request)
    form = await form_of(request)
    with session.once(form.get("form", "")) as first:
        if first:
            await services.handovers.write(session, form.get("text", ""))
    return pages.go_to("/handover")


@post("/handover/{note:int}/done", opt=COUNSELLORS)
async def end_handover(request: Request[Any, Any, Any], note: FromPath[int]) -> Response[Any]:
    """Take a note away that is done with."""
    await services_of(request).handovers.take_away(session_of(request), note)
    return pages.go_to("/handover")
