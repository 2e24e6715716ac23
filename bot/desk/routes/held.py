"""What counsellors hold now, as supervisors see it: without text, or with a reason; and a way to take it back."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, HeaderParameter, QueryParameter
from litestar.response import ServerSentEvent

from bot.desk import pages
from bot.desk.live_reading import follow_reading
from bot.desk.security import SUPERVISORS, at_desk, form_of, services_of, session_of
from bot.domain.access import LONGEST_REASON, SHORTEST_REASON
from bot.services.taking_back import TAKE_REASONS
from bot.services.transcript import place_before


@get("/held", opt=SUPERVISORS)
async def show_held(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show who holds what since when."""
    held = await services_of(request).taking_back.held(session_of(request))
    return pages.page(request, "held.html", held=held, take_reasons=TAKE_REASONS, form=secrets.token_urlsafe(9))


@get("/held/{code:str}", opt=SUPERVISORS)
async def show_supervised(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    after: Annotated[int | None, QueryParameter(ge=0)] = None,
) -> Response[Any]:
    """Show what a colleague holds, once this session gave a reason; before that ask for it. `after` shows a part."""
    services, session = at_desk(request)
    conversation = await services.taking_back.find(session, code)
    reads = conversation in session.reasons
    messages = await services.supervising.read(session, conversation, after) if reads else ()
    return pages.page(
        request,
        "held_talk.html",
        code_of_case=code,
        reads=reads,
        messages=messages,
        earlier=place_before(messages),
        is_part=after is not None,
        shortest=SHORTEST_REASON,
        longest=LONGEST_REASON,
        form=secrets.token_urlsafe(9),
    )


@get("/held/{code:str}/live", opt=SUPERVISORS)
async def follow_supervised(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    after: FromQuery[int],
    last: Annotated[str, HeaderParameter(name="last-event-id")] = "",
) -> ServerSentEvent:
    """Send what is new while a colleague holds it, each message once; and say when it may be read no more."""
    services, session = at_desk(request)
    conversation = await services.taking_back.find(session, code)
    return ServerSentEvent(follow_reading(request, conversation, after, last, services.supervising.read, "gone"))


@post("/held/{code:str}/read", opt=SUPERVISORS)
async def read_with_reason(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Write the reason down; the same form sent twice does it once."""
    services, session = at_desk(request)
    form = await form_of(request)
    with session.once(form.get("form", "")) as first:
        if first:
            conversation = await services.taking_back.find(session, code)
            await services.supervising.begin(session, conversation, form.get("reason", ""))
    return pages.go_to(f"/held/{code}")


@post("/held/{code:str}/take-back", opt=SUPERVISORS)
async def take_back(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Let the person wait for somebody else; the same form sent twice does it once."""
    services, session = at_desk(request)
    form = await form_of(request)
    with session.once(form.get("form", "")) as first:
        if first:
            conversation = await services.taking_back.find(session, code)
            await services.taking_back.take_back(session, conversation, form.get("reason", ""))
    return pages.go_to("/held")
