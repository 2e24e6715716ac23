"""By when people were told that somebody aims to write: due, kept, broken."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from bot.desk import pages
from bot.desk.security import COUNSELLORS, services_of, session_of


@get("/promises", opt=COUNSELLORS)
async def show_promises(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show what is due, and what became of the others."""
    book = await services_of(request).promise_book.look(session_of(request))
    return pages.page(request, "promises.html", book=book)
