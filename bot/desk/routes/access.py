"""Danger without consent: the list, one case, and what the duty lead and a second member of staff do there."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, HeaderParameter, QueryParameter
from litestar.response import ServerSentEvent

from bot.desk import pages
from bot.desk.live_reading import follow_reading
from bot.desk.security import at_desk, form_of, to
from bot.domain.access import GROUNDS, LONGEST_REASON, SHORTEST_REASON
from bot.services.access.openings import LOWER
from bot.services.transcript import place_before

HERE = "/access"
DECIDES = to("danger.confirm")
OPENS = to("danger.open")


@get(HERE, opt=DECIDES)
async def show_board(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show what waits for a second member of staff, what is marked, and what was read without a yes before."""
    services, session = at_desk(request)
    board = await services.access_pages.board(session)
    return pages.page(request, "access.html", board=board, lead=await services.duty_leads.now(session))


@get("/access/{code:str}", opt=DECIDES)
async def show_access(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    after: Annotated[int | None, QueryParameter(ge=0)] = None,
) -> Response[Any]:
    """Show a case; with its messages only to the duty lead who reads it. `after` shows an earlier part, not live."""
    services, session = at_desk(request)
    conversation = await services.accesses.find(session, code)
    case = await services.access_pages.look(session, conversation)
    beside = await services.access_pages.beside(session, conversation) if case.reads else None
    messages = await services.access_pages.read(session, conversation, after) if case.reads else []
    return pages.page(
        request,
        "access_case.html",
        case=case,
        conversation=case.conversation,
        beside=beside,
        messages=messages,
        texts={each.seq: each.text for each in messages},
        earlier=place_before(messages),
        is_part=after is not None,
        grounds=GROUNDS,
        shortest=SHORTEST_REASON,
        longest_reason=LONGEST_REASON,
        lower=LOWER,
        form=secrets.token_urlsafe(9),
    )


@get("/access/{code:str}/live", opt=OPENS)
async def follow_access(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    after: FromQuery[int],
    last: Annotated[str, HeaderParameter(name="last-event-id")] = "",
) -> ServerSentEvent:
    """Send what is new while it may be read, each message once; and say when it may be no more."""
    services, session = at_desk(request)
    conversation = await services.accesses.find(session, code)
    read = services.access_pages.read
    return ServerSentEvent(follow_reading(request, conversation, after, last, read, "access_gone"))


@post("/access/{code:str}/begin", opt=OPENS)
async def begin(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Write the reason down, and read at once or ask first; the same form sent twice begins once."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.accesses.find(session, code)
    with session.once(form.get("form", "")) as first:
        if first:
            ground, reason, at_once = form.get("ground", ""), form.get("reason", ""), form.get("when") == "now"
            await services.accesses.begin(session, conversation, ground, reason, at_once=at_once)
    return pages.go_to(f"/access/{code}")


@post("/access/{code:str}/open", opt=OPENS)
async def open_access(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Read what was asked for before."""
    services, session = at_desk(request)
    access = (await form_of(request)).get("access", "")
    conversation = await services.accesses.find(session, code)
    await services.accesses.open(session, conversation, access)
    return pages.go_to(f"/access/{code}")


@post("/access/{code:str}/answer", opt=DECIDES)
async def answer(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Answer as the second member of staff."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.accesses.find(session, code)
    yes = {"yes": True, "no": False}.get(form.get("answer", ""))
    with session.once(form.get("form", "")) as first:
        if first and yes is not None:
            await services.accesses.answer(session, conversation, form.get("access", ""), yes=yes)
    return pages.go_to(HERE)


@post("/access/{code:str}/end", opt=OPENS)
async def end(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Read no more."""
    services, session = at_desk(request)
    await services.accesses.end(session, await services.accesses.find(session, code))
    return pages.go_to(f"/access/{code}")


@post("/access/{code:str}/mark", opt=OPENS)
async def lower_mark(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Lower the mark: the danger has passed. Reading ends with it."""
    services, session = at_desk(request)
    level = (await form_of(request)).get("level", "")
    await services.accesses.lower(session, await services.accesses.find(session, code), level)
    return pages.go_to(HERE)
