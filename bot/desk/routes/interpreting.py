"""An interpreter beside the counsellor: asked for and ended by the holder; reading, writing lines, leaving."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, HeaderParameter
from litestar.response import ServerSentEvent

from bot.desk import pages
from bot.desk.live_reading import follow_reading
from bot.desk.security import COUNSELLORS, at_desk, form_of, to
from bot.services.interpreters import INTERPRETS, LONGEST_LINE, TO_SAY

INTERPRETERS: Final = to(INTERPRETS)


@post("/conversations/{code:str}/interpreter", opt=COUNSELLORS)
async def invite(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Ask the person whether the chosen interpreter may read."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    chosen = (await form_of(request)).get("interpreter", "")
    await services.interpreters.invite(session, conversation, chosen)
    return pages.go_to(f"/conversations/{code}#interpreter")


@post("/conversations/{code:str}/interpreter/end", opt=COUNSELLORS)
async def dismiss(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Go on without the interpreter, or take the question back."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    await services.interpreters.end(session, conversation)
    return pages.go_to(f"/conversations/{code}#interpreter")


@get("/interpreting/{code:str}", opt=INTERPRETERS)
async def show_interpreting(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Show what was written since the person agreed."""
    services, session = at_desk(request)
    conversation = await services.interpreters.find(session, code)
    return pages.page(
        request,
        "interpreting.html",
        seen=await services.interpreters.read(session, conversation),
        longest=LONGEST_LINE,
        form=secrets.token_urlsafe(9),
    )


@get("/interpreting/{code:str}/live", opt=INTERPRETERS)
async def follow_interpreting(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    after: FromQuery[int],
    last: Annotated[str, HeaderParameter(name="last-event-id")] = "",
) -> ServerSentEvent:
    """Send what is new, until the conversation is not theirs any more."""
    services, session = at_desk(request)
    conversation = await services.interpreters.find(session, code)
    read, part = services.interpreters.read_messages, "interpreted_message"
    return ServerSentEvent(follow_reading(request, conversation, after, last, read, "gone", part))


@post("/interpreting/{code:str}/lines", opt=INTERPRETERS)
async def add_line(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Keep a line beside a message, or for the counsellor to send; the same form sent twice keeps it once."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.interpreters.find(session, code)
    place = form.get("beside", "")
    beside = int(place) if place.isascii() and place.isdigit() else TO_SAY
    with session.once(form.get("form", "")) as first:
        if first:
            await services.interpreters.write(session, conversation, form.get("text", ""), beside)
    return pages.go_to(f"/interpreting/{code}#lines")


@post("/interpreting/{code:str}/leave", opt=INTERPRETERS)
async def leave(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Leave, or say no to being asked; the person and the counsellor are told."""
    services, session = at_desk(request)
    await services.interpreters.end(session, await services.interpreters.find(session, code))
    return pages.go_to("/")
