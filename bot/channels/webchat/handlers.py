"""The pages that a person meets. Nothing here remembers a message: it is stored by `Receive` or handed to a page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from litestar import Response, get, post
from litestar.enums import MediaType
from litestar.params import FromPath
from litestar.response import Redirect

from bot.channels.webchat.events import wait_for_answers
from bot.channels.webchat.pages import PageClosed
from bot.channels.webchat.parts import Webchat
from bot.channels.webchat.session import (
    Session,
    WebRequest,
    believe,
    comes_from_another_site,
    cookie_of,
    is_from_here,
    new_nonce,
    new_session,
    session_of,
    update_id,
)
from bot.channels.webchat.view import (
    HERE,
    Screen,
    chosen_language,
    language_of,
    page,
    plain_frame,
    show_chat,
    show_come_back,
)
from bot.errors import SaphanError
from bot.logs import get_logger
from bot.private_http import read_form
from bot.services.ports import Outgoing
from bot.services.records import InboxKind, Incoming
from bot.services.talk import WAY_PREFIX

Form = dict[str, str]
logger = get_logger(__name__)

LONGEST: Final = 4000
"""Characters of one message, as on Telegram; a longer one is stored in pieces."""

LONGEST_NUMBER: Final = 12

Text = Response[str]
Bytes = Response[bytes]


@get("/")
async def show_page(request: WebRequest) -> Text:
    """Show the chat; after a form was sent without scripts, wait for the answers first. Stores nothing."""
    web: Webchat = request.app.state.web
    chosen = chosen_language(request)
    session = session_of(request)
    if session is None and comes_from_another_site(request):
        # The browser withholds the strict cookie here, and a new one would replace it: look once more from within.
        return page(request, web, "again.html", plain_frame(request, web, chosen))
    session = session or new_session()
    started = not session.fresh and await web.way_back.knows(session.address)
    messages: tuple[Outgoing, ...] = ()
    # Also where the talk was just deleted: its last words are still to be shown.
    if not session.fresh and "more" in request.query_params:
        with suppress(PageClosed):
            messages = await wait_for_answers(request, web, session)
    covered = started and await web.is_covered(session.address)
    return page(
        request,
        web,
        "chat.html",
        show_chat(request, web, session, chosen, Screen(started, covered, messages)),
        session=session,
    )


@post("/say", status_code=303)
async def take_message(request: WebRequest) -> Text | Redirect:
    """Store what the person sent, then send the page to its answers; a page with scripts gets only a status."""
    web: Webchat = request.app.state.web
    form = await _form(request)
    session = believe(request, _field(form, "token"), web.hash_token)
    if session is None:
        return await _not_believed(request, web, form)
    said = _read(form)
    if said is None:
        return _taken(request, form)
    kind, text = said
    if not _passes(web, kind, text) and not web.limits.may_write(session.token):
        return await _not_taken(request, web, form, session, "webchat.slow", 429)
    if not (_has_script(request) and web.pages.is_open(session.token)):
        web.pages.expect(session.token)
    try:
        await _store(request, web, session, form, kind, text)
    except SaphanError as fault:
        logger.error("webchat_not_stored", error=fault)
        return await _not_taken(request, web, form, session, "webchat.not-sent", 503)
    return _taken(request, form)


@post("/way-back", status_code=200)
async def give_way_back(request: WebRequest) -> Text:
    """Show six words once, only because the person asked."""
    web: Webchat = request.app.state.web
    form = await _form(request)
    session = believe(request, _field(form, "token"), web.hash_token)
    if session is None:
        return await _not_believed(request, web, form)
    if not web.limits.may_write(session.token):
        return await _not_taken(request, web, form, session, "webchat.slow", 429)
    if await web.is_covered(session.address):
        return await _not_taken(request, web, form, session, "webchat.not-sent", 409)
    words = await web.way_back.make(session.address)
    if words is None:
        return await _not_taken(request, web, form, session, "webchat.not-sent", 409)
    chosen = chosen_language(request, _field(form, "lang"))
    said = web.words.say("webchat.way-back-words", language_of(request, chosen), words=words)
    if _has_script(request):
        return Response(said, media_type=MediaType.TEXT)
    screen = Screen(started=True, messages=(Outgoing(said),))
    return page(request, web, "chat.html", show_chat(request, web, session, chosen, screen))


@post("/typing")
async def note_typing(request: WebRequest) -> Text:
    """Let the counsellor, if one holds the talk, see that the person writes; no word of it travels."""
    web: Webchat = request.app.state.web
    session = believe(request, _field(await _form(request), "token"), web.hash_token)
    is_seen = session is not None and await web.writes(session.address)
    return Response("", status_code=204 if is_seen else 409, media_type=MediaType.TEXT)


@post("/seen", status_code=204)
async def note_seen(request: WebRequest) -> None:
    """Take a page's word that it showed a message: only then does it count as delivered."""
    web: Webchat = request.app.state.web
    form = await _form(request)
    session, number = believe(request, _field(form, "token"), web.hash_token), _field(form, "number")
    if session is not None and number.isdecimal() and len(number) <= LONGEST_NUMBER:
        web.pages.says_shown(session.token, int(number))


@get("/come-back")
async def show_come_back_form(request: WebRequest) -> Text:
    """Ask for the six words."""
    web: Webchat = request.app.state.web
    session = session_of(request) or new_session()
    context = show_come_back(request, web, session, chosen_language(request), "")
    return page(request, web, "come-back.html", context, session=session)


@post("/come-back", status_code=303)
async def come_back(request: WebRequest) -> Text | Redirect:
    """Go on with an earlier talk, in a session that is new, so that this browser's other talk stays apart."""
    web: Webchat = request.app.state.web
    form = await _form(request)
    session = believe(request, _field(form, "token"), web.hash_token)
    if session is None:
        return await _not_believed(request, web, form)
    renewed = new_session()
    chosen = chosen_language(request, _field(form, "lang"))
    if not await web.way_back.come_back(renewed.address, _field(form, "words"), session.token):
        context = show_come_back(request, web, session, chosen, "webchat.come-back-failed")
        return page(request, web, "come-back.html", context, status=403)
    web.pages.expect(renewed.token)
    await web.store(Incoming(renewed.address, new_nonce(), "start", "", language_of(request, chosen)))
    answer = Redirect(_answers_path(chosen), status_code=303)
    answer.cookies = [cookie_of(request, renewed)]
    return answer


@get("/notes")
async def show_notes(request: WebRequest) -> Text:
    """Show an empty sheet: where the quick exit leads unless the hotline chose another place."""
    web: Webchat = request.app.state.web
    return page(request, web, "notes.html", plain_frame(request, web, chosen_language(request)))


@get(["/page.css", "/page.js", "/favicon.ico"])
async def give_asset(request: WebRequest) -> Bytes:
    """Give one of the three small files of the page."""
    name = request.url.path.removeprefix("/")
    return Response((HERE / "static" / name).read_bytes(), media_type=ASSETS[name])


@get("/voice/{name:str}")
async def give_sound(request: WebRequest, name: FromPath[str]) -> Bytes:
    """Give a recorded sentence, which a page asks for only when the person presses it. It tells nothing of anybody."""
    web: Webchat = request.app.state.web
    sound = await web.sound(name)
    if sound is None:
        return Response(b"", status_code=404, media_type=MediaType.TEXT)
    return Response(sound, media_type="audio/ogg")


ASSETS: Final = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "favicon.ico": "image/x-icon",
}


def _read(form: Form) -> tuple[InboxKind, str] | None:
    """Give what was sent: a press, the first button, or text; None when it is nothing."""
    press, text = _field(form, "press"), _field(form, "text").strip()
    if press:
        return "press", press[:64]
    if text:
        return "text", text
    return ("start", "") if _field(form, "begin") else None


def _passes(web: Webchat, kind: InboxKind, text: str) -> bool:
    """Tell whether no limit may hold this: a way out always gets through (rule S21)."""
    return text.startswith(WAY_PREFIX) if kind == "press" else web.is_way_out(text)


async def _store(request: WebRequest, web: Webchat, session: Session, form: Form, kind: InboxKind, text: str) -> None:
    language = language_of(request, chosen_language(request, _field(form, "lang")))
    update = update_id(session, _field(form, "nonce"), kind, text, web.hash_token)
    for number, piece in enumerate(_pieces(text)):
        await web.store(Incoming(session.address, f"{update}.{number}", kind, piece, language))


def _pieces(text: str) -> Sequence[str]:
    return [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)] or [""]


def _taken(request: WebRequest, form: Form) -> Text | Redirect:
    if _has_script(request):
        return Response("", status_code=204, media_type=MediaType.TEXT)
    return Redirect(_answers_path(chosen_language(request, _field(form, "lang"))), status_code=303)


async def _not_believed(request: WebRequest, web: Webchat, form: Form) -> Text:
    """Let our own stale page try again, such as after the browser was restarted; another site gets nothing."""
    if not is_from_here(request):
        return Response("", status_code=403, media_type=MediaType.TEXT)
    return await _not_taken(request, web, form, session_of(request) or new_session(), "webchat.not-sent", 403)


async def _not_taken(request: WebRequest, web: Webchat, form: Form, session: Session, notice: str, status: int) -> Text:
    """Show the page again with what was written still in it."""
    if _has_script(request):
        return Response("", status_code=status, media_type=MediaType.TEXT)
    chosen = chosen_language(request, _field(form, "lang"))
    covered = not session.fresh and await web.is_covered(session.address)
    screen = Screen(started=not session.fresh, covered=covered, notice=notice, draft=_field(form, "text"))
    context = show_chat(request, web, session, chosen, screen)
    return page(request, web, "chat.html", context, session=session, status=status)


def _answers_path(chosen: str) -> str:
    return f"/?more=1&lang={chosen}" if chosen else "/?more=1"


def _has_script(request: WebRequest) -> bool:
    return request.headers.get("x-page") == "script"


async def _form(request: WebRequest) -> Form:
    """Read the form; one that cannot be read is empty, and is not believed."""
    try:
        return dict(read_form(await request.body()))
    except ValueError:
        return {}


def _field(form: Form, name: str) -> str:
    return form.get(name, "")
