"""One conversation: claim, read and write live, give back, close."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, HeaderParameter, QueryParameter
from litestar.response import ServerSentEvent

from bot.desk import pages
from bot.desk.live_talk import TalkPage
from bot.desk.security import COUNSELLORS, at_desk, form_of, services_of, session_of
from bot.domain.ownership import NotPossible
from bot.services.case_notes import LONGEST_NOTE
from bot.services.door import NoSuchConversation
from bot.services.duty import spoken_with
from bot.services.holding import Free, Held
from bot.services.marks import lower_than
from bot.services.transcript import place_before
from bot.services.transfer import Receivers

NOTHING_HELD: Final = Held((), (), (), Free(Receivers((), ()), ()))
"""What the page of somebody who does not hold the conversation shows of what only its holder sees."""


@get("/conversations/{code:str}", opt=COUNSELLORS)
async def show_conversation(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    after: Annotated[int | None, QueryParameter(ge=0)] = None,
    phrase: FromQuery[str] = "",
    line: Annotated[int | None, QueryParameter(ge=0)] = None,
) -> Response[Any]:
    """Show a conversation: before the claim without its text; `after` shows an earlier part, not live.

    `phrase` puts a phrase into the box to write in, `line` what an interpreter wrote; nothing is sent by that.
    """
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    case = await services.counsel.look(session, conversation)
    language = spoken_with(case.conversation)
    held = await services.holding.page(session, conversation, after) if case.is_mine else NOTHING_HELD
    return pages.page(
        request,
        "conversation.html",
        case=case,
        conversation=case.conversation,
        messages=held.messages,
        lines=held.lines,
        notes=held.notes,
        free=held.free,
        language_of_talk=language,
        phrases=services.phrases.in_language(language),
        draft=next((each.text for each in held.lines if each.id == line), services.phrases.say(phrase, language)),
        longest_note=LONGEST_NOTE,
        lower=lower_than(case.conversation.level),
        texts={each.seq: each.text for each in held.messages},
        earlier=place_before(held.messages),
        is_part=after is not None,
        form=secrets.token_urlsafe(9),
    )


@get("/conversations/{code:str}/live", opt=COUNSELLORS)
async def follow_conversation(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    after: FromQuery[int],
    since: FromQuery[int] = 0,
    last: Annotated[str, HeaderParameter(name="last-event-id")] = "",
) -> ServerSentEvent:
    """Send what is new: each message once, in order, also after the connection was cut."""
    conversation = await services_of(request).counsel.find(session_of(request), code)
    if last.isascii() and last.isdigit():
        after = max(after, int(last))
    return ServerSentEvent(TalkPage(request, conversation, after, since).follow())


@post("/conversations/{code:str}/claim", opt=COUNSELLORS)
async def claim(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Take a waiting conversation over; a second press of the same person just opens it."""
    services, session = at_desk(request)
    conversation = await services.counsel.find(session, code)
    try:
        await services.counsel.claim(session, conversation)
    except NotPossible:
        if not (await services.counsel.look(session, conversation)).is_mine:
            raise
    return pages.go_to(f"/conversations/{code}")


@post("/conversations/{code:str}/messages", opt=COUNSELLORS)
async def write(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Send a counsellor's words; the same form sent twice sends them once."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.counsel.find(session, code)
    with session.once(form.get("form", "")) as first:
        if first:
            await services.counsel.write(session, conversation, form.get("text", ""))
    if pages.is_live(request):
        return pages.page(request, "parts/write.html", case_code=code, draft="", form=secrets.token_urlsafe(9))
    return pages.go_to(f"/conversations/{code}#write")


@post("/conversations/{code:str}/typing", opt=COUNSELLORS, status_code=204)
async def show_typing(request: Request[Any, Any, Any], code: FromPath[str]) -> None:
    """Let the person see that the counsellor writes, where a message could leave now."""
    services, session = at_desk(request)
    await services.typing.counsellor_writes(session, await services.counsel.find(session, code))


@post("/conversations/{code:str}/notes", opt=COUNSELLORS)
async def note(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Keep a note; the same form sent twice keeps it once."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.counsel.find(session, code)
    with session.once(form.get("form", "")) as first:
        if first:
            await services.case_notes.add(session, conversation, form.get("text", ""))
    return pages.go_to(f"/conversations/{code}#notes")


@post("/conversations/{code:str}/mark", opt=COUNSELLORS)
async def lower_mark(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Lower how urgent it is; the same form sent twice does it once."""
    services, session = at_desk(request)
    form = await form_of(request)
    conversation = await services.counsel.find(session, code)
    with session.once(form.get("form", "")) as first:
        if first:
            await services.marks.lower(session, conversation, form.get("level", ""))
    return pages.go_to(f"/conversations/{code}")


@post("/conversations/{code:str}/return", opt=COUNSELLORS)
async def give_back(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """Return the conversation to the program."""
    return await _leave(request, code, "reason")


@post("/conversations/{code:str}/close", opt=COUNSELLORS)
async def close(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[Any]:
    """End the counselling with an outcome."""
    return await _leave(request, code, "outcome")


async def _leave(request: Request[Any, Any, Any], code: str, field: str) -> Response[Any]:
    services, session = at_desk(request)
    form = await form_of(request)
    with session.once(form.get("form", "")) as first:
        # The second of a double click finds the conversation gone, and has nothing to say about it.
        if first:
            conversation = await services.counsel.find(session, code)
            if conversation not in session.opened:
                raise NoSuchConversation
            leave = services.counsel.give_back if field == "reason" else services.counsel.close
            await leave(session, conversation, form.get(field, ""))
    return pages.go_to("/")
